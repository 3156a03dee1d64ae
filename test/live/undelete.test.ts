import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Strata } from '../kit/command-line/strata.ts';
import { withDovecot } from '../kit/dovecot/use-dovecot.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { plainMessage } from '../kit/test-messages.ts';

withDovecot('undelete', (dovecot) => {
  it('gives back what vanished in a period as it was before, in its folders, and nothing else', {
    timeout: 180_000,
  }, async () => {
    const root = temporaryFolder();
    const user = dovecot().newUser();
    const mailbox = await dovecot().mailbox(user);
    for (let n = 1; n <= 100; n += 1) await mailbox.append('INBOX', plainMessage(n), ['\\Seen']);
    await mailbox.create('Work');
    await mailbox.create('Work/Old');
    await mailbox.append('Work/Old', plainMessage(50), ['\\Flagged']);
    const strata = new Strata(path.join(root, 'profile'), { STRATA_SECRET: dovecot().password });
    await strata.ok('storage', 'create', path.join(root, 'storage'), '--name', 'S', '--recovery-key', path.join(root, 'key'));
    const server = ['--host', '127.0.0.1', '--port', String(dovecot().imapPort), '--tls', 'none', '--user', user];
    await strata.ok('source', 'add', 'imap', 'Mail', ...server);
    await strata.ok('job', 'create', 'J', '--source', 'Mail', '--storage', 'S');
    await strata.ok('job', 'run', 'J');
    const atFirst = await mailbox.messages('INBOX');

    await mailbox.expunge('INBOX', '1:2');
    await strata.ok('job', 'run', 'J');
    await wait(20);
    const between = new Date().toISOString();
    await mailbox.expunge('INBOX', '3:12');
    await mailbox.remove('Work/Old');
    await strata.ok('job', 'run', 'J');

    const undelete = async (...words: string[]): Promise<{ created: number; skipped: number }> =>
      (await strata.ok('undelete', 'S', 'Mail', ...words, '--json')).json();
    expect(await undelete('--from', between, '--dry-run')).toMatchObject({ created: 11, skipped: 0 });
    expect(await undelete('--from', between, '--tag', 'undeleted')).toMatchObject({ created: 11, skipped: 0 });
    const back = await mailbox.messages('INBOX');
    expect(back).toHaveLength(98);
    const returned = back.filter(({ flags }) => flags.includes('undeleted'));
    expect(returned.map(({ flags, date }) => ({ flags, date }))).toEqual(
      atFirst.slice(2, 12).map(({ date }) => ({ flags: ['\\Seen', 'undeleted'], date })),
    );
    expect(await mailbox.messages('Work/Old')).toMatchObject([{ flags: ['\\Flagged', 'undeleted'] }]);
    expect(await undelete('--from', between)).toMatchObject({ created: 0, skipped: 11 });

    // What is back is known as back: what is left to undelete is what vanished before.
    await strata.ok('job', 'run', 'J');
    expect(await undelete('--dry-run')).toMatchObject({ created: 2, skipped: 0 });
    expect(await undelete('--into', 'Restored')).toMatchObject({ created: 2 });
    expect(await mailbox.messages('Restored/INBOX')).toHaveLength(2);

    await mailbox.expunge('INBOX', '21:300');
    // A guard says a word about so much at once.
    await strata.run(['job', 'run', 'J']);
    const answer = await strata.ok('restore', 'S', '--to', 'original', '--dry-run');
    expect(answer.err).toMatch(/strata undelete/);
    await mailbox.close();
  });
});
