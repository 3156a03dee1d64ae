import path from 'node:path';
import { expect, it } from 'vitest';
import { Strata } from '../kit/command-line/strata.ts';
import { withDovecot } from '../kit/dovecot/use-dovecot.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { plainMessage } from '../kit/test-messages.ts';

interface Restored {
  readonly created: number;
  readonly skipped: number;
  readonly failedSources: readonly string[];
}

withDovecot('accounts that are restored side by side', (dovecot) => {
  const server = (user: string): string[] => [
    ...['--host', '127.0.0.1', '--port', String(dovecot().imapPort)],
    ...['--tls', 'none', '--user', user],
  ];
  const count = async (user: string): Promise<number> => {
    const mailbox = await dovecot().mailbox(user);
    const messages = await mailbox.messages('INBOX');
    await mailbox.close();
    return messages.length;
  };

  /** Accounts with so many messages each, saved; and as many that are empty. */
  const saved = async (names: readonly string[], messages: number) => {
    const root = temporaryFolder();
    const strata = new Strata(path.join(root, 'profile'), { STRATA_SECRET: dovecot().password });
    await strata.ok('storage', 'create', path.join(root, 'storage'), '--name', 'S', '--recovery-key', path.join(root, 'key'));
    const users: string[] = [];
    for (const name of names) {
      const [from, to] = [dovecot().newUser(), dovecot().newUser()];
      const mailbox = await dovecot().mailbox(from);
      for (let n = 0; n < messages; n += 1) await mailbox.append('INBOX', plainMessage(n, `${name} ${n}\r\n`));
      await mailbox.close();
      await strata.ok('source', 'add', 'imap', name, ...server(from));
      await strata.ok('source', 'add', 'imap', `New ${name}`, ...server(to));
      users.push(to);
    }
    await strata.ok('job', 'create', 'J', '--source', ...names, '--storage', 'S');
    await strata.ok('job', 'run', 'J');
    const words = ['restore', 'S', '--match', ...names.map((name) => `${name}=New ${name}`), '--json'];
    return { strata, users, words };
  };

  it('are both begun when they are killed, have each message once when they are restored again, and none after an undo', {
    timeout: 240_000,
  }, async () => {
    const messages = 300;
    const { strata, users, words } = await saved(['Ada', 'Bob'], messages);
    const begun = strata.start([...words, '--progress', 'json']);
    for (;;) {
      const counts = await Promise.all(users.map(count));
      if (counts.every((one) => one > 0)) break;
    }
    begun.kill('SIGKILL');
    await begun.answer;
    const broken = await Promise.all(users.map(count));
    expect(broken.every((one) => one > 0 && one < messages)).toBe(true);

    const again = (await strata.ok(...words)).json<Restored>();
    expect(again).toMatchObject({ failedSources: [] });
    expect(again.created + again.skipped).toBe(2 * messages);
    expect(await Promise.all(users.map(count))).toEqual([messages, messages]);

    const runs = (await strata.ok('run', 'list', '--kind', 'restore', '--json')).json<readonly { id: string }[]>();
    for (const { id } of runs) await strata.ok('restore', 'undo', id, '--yes');
    expect(await Promise.all(users.map(count))).toEqual([0, 0]);
  });

  it('do not wait for one whose server does not answer, which is told, and comes when it does', {
    timeout: 240_000,
  }, async () => {
    const { strata, users, words } = await saved(['Ada', 'Bob', 'Cy'], 20);
    await strata.ok('source', 'edit', 'New Ada', '--port', '1');
    const half = await strata.run(words);
    expect(half.json<Restored>()).toMatchObject({ created: 40 });
    expect(half.json<Restored>().failedSources).toHaveLength(1);
    expect(await Promise.all(users.map(count))).toEqual([0, 20, 20]);

    await strata.ok('source', 'edit', 'New Ada', '--port', String(dovecot().imapPort));
    const [run] = (await strata.ok('run', 'list', '--kind', 'restore', '--json')).json<readonly { id: string }[]>();
    await strata.ok('restore', 'retry', run?.id ?? '');
    expect(await Promise.all(users.map(count))).toEqual([20, 20, 20]);
  });
});
