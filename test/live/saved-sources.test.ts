import path from 'node:path';
import { expect, it } from 'vitest';
import { Strata } from '../kit/command-line/strata.ts';
import { withDovecot } from '../kit/dovecot/use-dovecot.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { plainMessage } from '../kit/test-messages.ts';

interface Saved {
  readonly id: string;
  readonly name: string;
  readonly items: number;
  readonly newestMs: number | null;
  readonly isHere: boolean;
}

withDovecot('a source that only a storage remembers', (dovecot) => {
  /** A computer that saved a mailbox and is lost since; the mailbox is empty by now. */
  const afterTheLoss = async () => {
    const root = temporaryFolder();
    const user = dovecot().newUser();
    const mailbox = await dovecot().mailbox(user);
    const anonymous = Buffer.from('Subject: no id\r\n\r\nbody\r\n');
    for (const bytes of [plainMessage(1), plainMessage(2), anonymous]) await mailbox.append('INBOX', bytes, ['\\Seen']);
    const secret = { STRATA_SECRET: dovecot().password };
    const key = path.join(root, 'key');
    const storage = path.join(root, 'storage');
    const old = new Strata(path.join(root, 'old'), secret);
    await old.ok('storage', 'create', storage, '--name', 'S', '--recovery-key', key);
    const server = ['--host', '127.0.0.1', '--port', String(dovecot().imapPort), '--tls', 'none', '--user', user];
    await old.ok('source', 'add', 'imap', 'Mail', ...server);
    await old.ok('job', 'create', 'J', '--source', 'Mail', '--storage', 'S');
    await old.ok('job', 'run', 'J');
    const before = await mailbox.messages('INBOX');
    await mailbox.expunge('INBOX', '1:*');
    const fresh = new Strata(path.join(root, 'new'), secret);
    return { old, fresh, mailbox, before, key, storage };
  };
  const saved = async (strata: Strata): Promise<readonly Saved[]> =>
    (await strata.ok('source', 'saved', 'S', '--json')).json<readonly Saved[]>();
  const facts = (messages: readonly { bytes: Uint8Array; flags: readonly string[]; date: string }[]): string[] =>
    messages.map(({ bytes, flags, date }) => `${date} ${flags.join(' ')} ${Buffer.from(bytes).toString('base64')}`).sort();

  it('is set up again with its password alone, and gets its messages back to where they were, once', {
    timeout: 120_000,
  }, async () => {
    const { old, fresh, mailbox, before, key, storage } = await afterTheLoss();
    await fresh.ok('storage', 'attach', storage, '--name', 'S', '--recovery-key', key, '--read-only');
    const [mail] = await saved(old);
    expect(mail).toMatchObject({ name: 'Mail', isHere: true });
    expect(await saved(fresh)).toEqual([{ ...mail, isHere: false }]);
    expect(mail?.newestMs).toBeGreaterThan(0);
    expect(mail?.items).toBeGreaterThanOrEqual(3);
    // Nobody knows the password of a source that is not set up.
    expect(await fresh.run(['restore', 'S', '--to', 'original'])).toMatchObject({ code: 1 });

    const { out, err } = await fresh.ok('source', 'set-up', 'S', 'Mail', '--as', 'Old mail');
    expect(`${out}${err}`).toContain(`127.0.0.1:${dovecot().imapPort}`);
    expect(`${out}${err}`).not.toContain(dovecot().password);
    expect(await saved(fresh)).toEqual([{ ...mail, isHere: true }]);
    const restore = ['restore', 'S', '--to', 'original', '--verify', '--json'];
    expect((await fresh.ok(...restore)).json()).toMatchObject({ created: 3, skipped: 0 });
    expect(facts(await mailbox.messages('INBOX'))).toEqual(facts(before));
    expect((await fresh.ok(...restore)).json()).toMatchObject({ created: 0, skipped: 3 });
    await mailbox.close();
  });

  it('is there once only, and never under the name of another', { timeout: 120_000 }, async () => {
    const { old, fresh, mailbox, key, storage } = await afterTheLoss();
    const again = await old.run(['source', 'set-up', 'S', 'Mail', '--as', 'Twice']);
    expect(again).toMatchObject({ code: 4 });
    expect(again.err).toContain('“Mail”');
    await fresh.ok('storage', 'attach', storage, '--name', 'S', '--recovery-key', key, '--read-only');
    await fresh.ok('source', 'add', 'files', 'mail', '--path', path.dirname(storage));
    expect((await fresh.run(['source', 'set-up', 'S', 'Mail'])).err).toContain('[name.taken]');
    expect((await fresh.run(['source', 'set-up', 'S', 'Nobody'])).err).toContain('[name.unknown]');
    expect((await fresh.ok('source', 'list', '--json')).json<unknown[]>()).toHaveLength(1);
    await mailbox.close();
  });

  it('goes on with its history under the computer that takes the storage over', { timeout: 120_000 }, async () => {
    const { fresh, mailbox, key, storage } = await afterTheLoss();
    await fresh.ok('storage', 'attach', storage, '--name', 'S', '--recovery-key', key, '--adopt');
    await fresh.ok('source', 'set-up', 'S', 'Mail');
    await fresh.ok('restore', 'S', '--to', 'original');
    await fresh.ok('job', 'create', 'J', '--source', 'Mail', '--storage', 'S');
    const { counts } = (await fresh.ok('job', 'run', 'J', '--json')).json<{ counts: object }>();
    // What was restored is what was there before; nothing is a second item, and nothing vanished.
    expect(counts).toMatchObject({ seen: 3, vanished: 0 });
    const items = (await fresh.ok('ls', 'S', 'Mail', '--recursive', '--json')).json<{ item: string; kind: string }[]>();
    const messages = items.filter(({ kind }) => kind === 'message');
    expect(messages).toHaveLength(3);
    for (const { item } of messages) {
      const history = (await fresh.ok('history', 'S', item, '--json')).json<{ change: string }[]>();
      expect(history[0]?.change).toBe('created');
      expect(history.length).toBeGreaterThan(1);
    }
    expect(await mailbox.messages('INBOX')).toHaveLength(3);
    await mailbox.close();
  });
});
