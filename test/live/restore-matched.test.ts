import path from 'node:path';
import { expect, it } from 'vitest';
import { Strata } from '../kit/command-line/strata.ts';
import { withDovecot } from '../kit/dovecot/use-dovecot.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { plainMessage } from '../kit/test-messages.ts';

withDovecot('several accounts that go to several others', (dovecot) => {
  it('arrive each at its own by one restore, and none of them where nobody said; a second time nothing is made, and an undo empties them', {
    timeout: 180_000,
  }, async () => {
    const root = temporaryFolder();
    const strata = new Strata(path.join(root, 'profile'), { STRATA_SECRET: dovecot().password });
    await strata.ok('storage', 'create', path.join(root, 'storage'), '--name', 'S', '--recovery-key', path.join(root, 'key'));
    const account = async (name: string, messages: readonly number[] = []) => {
      const user = dovecot().newUser();
      const mailbox = await dovecot().mailbox(user);
      for (const n of messages) await mailbox.append('INBOX', plainMessage(n), ['\\Flagged']);
      const server = ['--host', '127.0.0.1', '--port', String(dovecot().imapPort), '--tls', 'none', '--user', user];
      await strata.ok('source', 'add', 'imap', name, ...server);
      const subjects = async (): Promise<string[]> =>
        (await mailbox.messages('INBOX')).map(({ bytes }) => /Subject: (.*)\r/.exec(Buffer.from(bytes).toString())?.[1] ?? '');
      return { subjects, close: () => mailbox.close() };
    };
    const accounts = [
      await account('Ada', [1, 2]),
      await account('Ada=old', [3]),
      await account('New Ada'),
      await account('New'),
    ];
    const [, , newAda, other] = accounts as [never, never, (typeof accounts)[0], (typeof accounts)[0]];
    await strata.ok('job', 'create', 'J', '--source', 'Ada', 'Ada=old', '--storage', 'S');
    await strata.ok('job', 'run', 'J');

    const half = await strata.run(['restore', 'S', '--match', 'Ada=New Ada']);
    expect(half).toMatchObject({ code: 1 });
    expect(half.err).toContain('“Ada=old”');
    expect(half.err).toContain('[restore.no-match]');
    expect(await strata.run(['restore', 'S', '--to', 'original', '--match', 'Ada=New Ada'])).toMatchObject({ code: 2 });
    expect((await strata.run(['restore', 'S', '--match', 'Nobody=New'])).err).toContain('[name.unknown]');
    expect(await newAda.subjects()).toEqual([]);

    const words = ['restore', 'S', '--match', 'Ada=New Ada', 'Ada=old=New', '--verify', '--json'];
    expect((await strata.ok(...words)).json()).toMatchObject({ created: 3, failed: [] });
    expect(await newAda.subjects()).toEqual(['Message 1', 'Message 2']);
    expect(await other.subjects()).toEqual(['Message 3']);
    expect((await strata.ok(...words)).json()).toMatchObject({ created: 0, skipped: 3 });

    const runs = (await strata.ok('run', 'list', '--kind', 'restore', '--json')).json<readonly { id: string }[]>();
    await strata.ok('restore', 'undo', runs.at(-1)?.id ?? '', '--yes');
    expect([await newAda.subjects(), await other.subjects()]).toEqual([[], []]);
    for (const { close } of accounts) await close();
  });
});
