import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Strata } from '../kit/command-line/strata.ts';
import type { TestMailbox } from '../kit/dovecot/mailbox.ts';
import { withDovecot } from '../kit/dovecot/use-dovecot.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { plainMessage } from '../kit/test-messages.ts';

interface Restored {
  readonly created: number;
  readonly skipped: number;
}

withDovecot('what was restored', (dovecot) => {
  const saved = async (messages: readonly Uint8Array[]) => {
    const root = temporaryFolder();
    const user = dovecot().newUser();
    const mailbox = await dovecot().mailbox(user);
    for (const bytes of messages) await mailbox.append('INBOX', bytes, ['\\Seen']);
    const strata = new Strata(path.join(root, 'profile'), { STRATA_SECRET: dovecot().password });
    await strata.ok('storage', 'create', path.join(root, 'storage'), '--name', 'S', '--recovery-key', path.join(root, 'key'));
    const server = ['--host', '127.0.0.1', '--port', String(dovecot().imapPort), '--tls', 'none', '--user', user];
    await strata.ok('source', 'add', 'imap', 'Mail', ...server);
    await strata.ok('job', 'create', 'J', '--source', 'Mail', '--storage', 'S');
    await strata.ok('job', 'run', 'J');
    return { mailbox, strata };
  };
  const restore = async (strata: Strata, ...words: string[]): Promise<Restored> =>
    (await strata.ok('restore', 'S', '--to', 'original', '--json', ...words)).json<Restored>();
  const count = async (mailbox: TestMailbox): Promise<number> => (await mailbox.messages('INBOX')).length;

  it('is the same item afterwards, and is never made twice', { timeout: 120_000 }, async () => {
    const anonymous = Buffer.from('Subject: no id\r\n\r\nbody\r\n');
    const { mailbox, strata } = await saved([plainMessage(1), plainMessage(2), anonymous, plainMessage(4)]);
    const rows = async (): Promise<{ item: string }[]> =>
      (await strata.ok('ls', 'S', 'Mail', '--recursive', '--json')).json<{ item: string }[]>();
    const before = (await rows()).map(({ item }) => item).sort();
    await mailbox.expunge('INBOX', '1:3');
    await strata.ok('job', 'run', 'J');
    const left = new Set((await rows()).map(({ item }) => item));
    const { id } = (await strata.ok('run', 'list', '--kind', 'backup', '--json')).json<{ id: string }[]>()[1] ?? { id: '' };

    expect(await restore(strata, '--run', id)).toMatchObject({ created: 3, skipped: 1 });
    expect(await restore(strata, '--run', id)).toMatchObject({ created: 0, skipped: 4 });
    const counts = (await strata.ok('job', 'run', 'J', '--json')).json<{ counts: object }>().counts;
    expect(counts).toMatchObject({ seen: 4, new: 3, vanished: 0 });
    expect((await rows()).map(({ item }) => item).sort()).toEqual(before);
    for (const item of before.filter((one) => !left.has(one))) {
      const history = (await strata.ok('history', 'S', item, '--json')).json<{ change: string }[]>();
      expect(history.map(({ change }) => change)).toEqual(['created', 'deleted', 'restored']);
    }
    expect(await count(mailbox)).toBe(4);
    await mailbox.close();
  });

  it('is the same item also when nobody saved in between, and one that is still there has no second', {
    timeout: 120_000,
  }, async () => {
    const { mailbox, strata } = await saved([plainMessage(1), plainMessage(2)]);
    await mailbox.expunge('INBOX', '1');
    expect(await restore(strata)).toMatchObject({ created: 1, skipped: 1 });
    const { counts } = (await strata.ok('job', 'run', 'J', '--json')).json<{ counts: Record<string, number> }>();
    expect(counts).toMatchObject({ seen: 2, new: 0, vanished: 0 });
    await mailbox.close();
  });

  it.each(['skip', 'keep-both', 'replace'])(
    'stands in no other’s place that has its Message-ID (%s)',
    {
      timeout: 120_000,
    },
    async (rule) => {
      const message = (n: number, body: string) => plainMessage(n, `${body}\r\n`);
      const all = [message(1, 'a draft'), message(1, 'the letter'), message(2, 'a draft'), message(2, 'the letter')];
      const { mailbox, strata } = await saved(all);
      // Once the earlier one is gone and once the later: whichever comes first in a restore, one of them meets the other.
      await mailbox.expunge('INBOX', '1,4');
      expect(await restore(strata, '--conflict', rule)).toMatchObject({ created: 2, replaced: 0, skipped: 2 });
      const bytes = (await mailbox.messages('INBOX')).map((one) => Buffer.from(one.bytes).toString());
      expect(bytes.sort()).toEqual(all.map((one) => Buffer.from(one).toString()).sort());
      await mailbox.close();
    },
  );

  it('is there once, however often the restore is killed', { timeout: 300_000 }, async () => {
    const messages = Array.from({ length: 400 }, (_, n) => Buffer.from(`Subject: ${n}\r\n\r\nbody ${n}\r\n`));
    const { mailbox, strata } = await saved(messages);
    await mailbox.expunge('INBOX', '1:400');
    let killed = 0;
    for (const delayMs of [0, 30, 90, 200]) {
      const before = await count(mailbox);
      const going = strata.start(['restore', 'S', '--to', 'original']);
      const answered = going.answer.then(() => true);
      while ((await count(mailbox)) === before && !(await Promise.race([answered, wait(2, false)])));
      await wait(delayMs);
      going.kill('SIGKILL');
      if ((await going.answer).code === null) killed += 1;
    }
    expect(killed).toBeGreaterThanOrEqual(2);
    await strata.ok('restore', 'S', '--to', 'original');
    const subjects = (await mailbox.messages('INBOX')).map(({ bytes }) => Buffer.from(bytes).toString());
    expect(subjects.length).toBe(400);
    expect(new Set(subjects).size).toBe(400);
    await mailbox.close();
  });
});
