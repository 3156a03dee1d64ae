import { expect, it } from 'vitest';
import { Strata } from '../kit/command-line/strata.ts';
import { withCyrus } from '../kit/cyrus/use-cyrus.ts';
import type { TestMailbox } from '../kit/dovecot/mailbox.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { plainMessage } from '../kit/test-messages.ts';

withCyrus('a mail account over JMAP, through the command line', (cyrus) => {
  it('is added, backed up, changed, backed up again, and comes back over IMAP as it was at first, but never over JMAP', async () => {
    const user = await cyrus().newUser();
    const mailbox = await cyrus().mailbox(user);
    await mailbox.create('Work');
    const date = new Date('2020-02-03T04:05:06Z');
    for (let n = 1; n <= 4; n++) await mailbox.append('Work', plainMessage(n), n % 2 === 0 ? ['\\Seen', 'later'] : [], date);
    const atFirst = await messagesIn(mailbox, 'Work');
    const folder = temporaryFolder();
    const strata = new Strata(`${folder}/profile`, { STRATA_SECRET: cyrus().password });
    await strata.ok('storage', 'create', `${folder}/storage`, '--name', 'Disk', '--recovery-key', `${folder}/key.txt`);
    await strata.ok('source', 'add', 'jmap', 'Mail', '--url', cyrus().url, '--user', user);
    const tested = (await strata.ok('source', 'test', 'Mail')).out;
    expect(tested).toMatch(/8.*4/s);
    expect(tested).toContain(`strata source add caldav NAME --url ${cyrus().url} --user ${user}`);
    expect((await strata.ok('source', 'show', 'Mail')).out).toContain(`${user}, ${cyrus().url}`);
    await strata.ok('job', 'create', 'Daily', '--source', 'Mail', '--storage', 'Disk', '--mode', 'manual');
    const first = (await strata.ok('job', 'run', 'Daily', '--json')).json<RunJson>();
    expect(first).toMatchObject({ status: 'success', counts: { new: 4, failed: 0 } });

    await mailbox.flag('Work', '1', ['\\Flagged']);
    await mailbox.expunge('Work', '2');
    await mailbox.move('Work', '3', 'INBOX');
    const second = (await strata.ok('job', 'run', 'Daily', '--json')).json<RunJson>();
    expect(second).toMatchObject({ counts: { new: 0, changed: 0, metadataOnly: 1, moved: 1, vanished: 1, failed: 0 } });

    const back = await strata.run(['restore', 'Disk', '--source', 'Mail', '--to', 'original', '--conflict', 'skip']);
    expect([back.code === 0, back.err]).toEqual([false, expect.stringContaining('restore.only-read')]);

    const imap = ['--host', '127.0.0.1', '--port', String(cyrus().imapPort), '--tls', 'none', '--user', user];
    await strata.ok('source', 'add', 'imap', 'Same', ...imap);
    await strata.ok('restore', 'Disk', '--run', first.id, '--to', 'source:Same', '--restore-root', 'Restored');
    expect(await messagesIn(mailbox, 'Restored/Work')).toEqual(atFirst);

    const wrong = await strata.run(['source', 'test', 'Mail'], { STRATA_SECRET: 'wrong' });
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('source.sign-in-refused')]);
    await mailbox.close();
  });
});

const messagesIn = async (mailbox: TestMailbox, folder: string): Promise<string[]> =>
  (await mailbox.messages(folder))
    .map(({ flags, date, bytes }) => `${flags.join(' ')} ${date} ${Buffer.from(bytes).toString('latin1')}`)
    .sort();

interface RunJson {
  readonly id: string;
  readonly status: string;
  readonly counts: Readonly<Record<string, number>>;
}
