import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Strata } from '../kit/command-line/strata.ts';
import { HttpSink } from '../kit/sinks/http-sink.ts';
import { SmtpServer, smtpIsMissing } from '../kit/smtp/smtp-server.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const missing = smtpIsMissing();

describe.skipIf(missing !== undefined)('alerts on the command line', () => {
  it('tell a person by mail why a job failed, and keep what was said', async () => {
    const folder = temporaryFolder();
    const strata = new Strata(`${folder}/profile`);
    const server = await SmtpServer.start('none');
    onTestFinished(() => server.stop());
    const run = async (...words: string[]) => {
      const answer = await strata.run(words);
      return { ...answer, text: answer.out + answer.err };
    };
    mkdirSync(`${folder}/letters`);
    writeFileSync(`${folder}/letters/one.txt`, 'Dear reader');

    const mail = ['--host', 'localhost', '--port', String(server.port), '--tls', 'none', '--from', 's@nord.example'];
    expect(await run('alert', 'channel', 'add', 'email', 'Post', ...mail)).toMatchObject({ code: 2 });
    expect((await run('alert', 'channel', 'add', 'email', 'Post', ...mail, '--to', 'anna@nord.example')).code).toBe(0);
    expect((await run('alert', 'channel', 'test', 'post')).text).toBe('Delivered a message through “Post”.\n');
    expect(server.mails()).toHaveLength(1);

    await run('storage', 'create', `${folder}/storage`, '--name', 'Shelf', '--recovery-key', `${folder}/key`);
    await run('source', 'add', 'files', 'Letters', '--path', `${folder}/letters`);
    const job = ['job', 'create', 'Mail', '--source', 'Letters', '--storage', 'Shelf'];
    expect(await run(...job, '--notify', 'Nobody:failure')).toMatchObject({ code: 1 });
    expect((await run('job', 'list', '--json')).out).toBe('[]\n');
    expect((await run(...job, '--notify', 'Post:success,failure')).code).toBe(0);
    expect((await run('job', 'run', 'Mail')).code).toBe(0);
    renameSync(`${folder}/letters`, `${folder}/away`);
    expect((await run('job', 'run', 'Mail')).code).not.toBe(0);
    expect(server.mails().filter((text) => text.includes('Subject: Strata: Mail was backed up'))).toHaveLength(1);
    expect(server.mails().filter((text) => text.includes('Subject: Strata: Mail was not backed up'))).toHaveLength(1);

    const inbox = (await run('alert', 'inbox')).out;
    expect(inbox).toMatch(/^\* .* {2}Error: Mail was not backed up\n {4}.*letters is not there/);
    expect((await run('alert', 'inbox', '--json', '--mark-read')).out).toContain('"unread": 2');
    expect((await run('alert', 'inbox', '--unread')).out).toBe('');
    expect((await run('alert', 'settings', '--quiet-hours', '22:00-7:00', '--digest', '8:30')).out).toBe(
      'Quiet hours: 22:00–07:00. Digest at 08:30.\n',
    );
    const [, channel] = (await strata.run(['alert', 'channel', 'list', '--json'])).json<
      { name: string; lastDeliveredMs: number }[]
    >();
    expect(channel).toMatchObject({ name: 'Post', lastFailure: null, lastDeliveredMs: expect.any(Number) as number });
    expect((await run('alert', 'channel', 'remove', 'Post')).code).toBe(0);
  });

  it('take what lets in from a file or standard input, and show it nowhere', async () => {
    const folder = temporaryFolder();
    const strata = new Strata(`${folder}/profile`);
    const sink = await HttpSink.start();
    onTestFinished(() => sink.stop());
    writeFileSync(`${folder}/address`, `${sink.url}/s3cr3t\n`);
    const added = await strata.run(['alert', 'channel', 'add', 'ntfy', 'Phone', '--secret-file', `${folder}/address`]);
    expect(added).toMatchObject({ code: 0 });
    const list = await strata.run(['alert', 'channel', 'list', '--json']);
    expect(list.out).toContain('127.0.0.1');
    expect(added.out + added.err + list.out).not.toContain('s3cr3t');
    // Without a keychain it was in the memory of that command, and the next one says so.
    expect((await strata.run(['alert', 'channel', 'test', 'Phone'])).err).toContain('[alert.needs-secret]');
    expect((await strata.run(['alert', 'channel', 'add', 'pigeon', 'x'])).code).not.toBe(0);
  });
});
