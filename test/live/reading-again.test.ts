import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Strata } from '../kit/command-line/strata.ts';
import { withDovecot } from '../kit/dovecot/use-dovecot.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { plainMessage } from '../kit/test-messages.ts';

interface Ended {
  readonly status: string;
  readonly counts: { readonly seen: number; readonly changed: number; readonly unchanged: number; readonly failed: number };
  readonly problems: readonly { readonly code: string }[];
}

withDovecot('a run that reads everything again', (dovecot) => {
  it('finds a message that a disk changed behind the back of its server, of that source alone', {
    timeout: 120_000,
  }, async () => {
    const root = temporaryFolder();
    const user = dovecot().newUser();
    const mailbox = await dovecot().mailbox(user);
    for (const number of [1, 2, 3]) await mailbox.append('INBOX', plainMessage(number), ['\\Seen']);
    await mailbox.close();
    const files = path.join(root, 'files');
    fs.mkdirSync(files);
    fs.writeFileSync(path.join(files, 'note.txt'), 'a note');
    const strata = new Strata(path.join(root, 'profile'), { STRATA_SECRET: dovecot().password });
    await strata.ok('storage', 'create', path.join(root, 'storage'), '--name', 'S', '--recovery-key', path.join(root, 'key'));
    const server = ['--host', '127.0.0.1', '--port', String(dovecot().imapPort), '--tls', 'none', '--user', user];
    await strata.ok('source', 'add', 'imap', 'Mail', ...server);
    await strata.ok('source', 'add', 'files', 'Files', '--path', files);
    await strata.ok('source', 'add', 'files', 'Elsewhere', '--path', root);
    await strata.ok('job', 'create', 'J', '--source', 'Mail', 'Files', '--storage', 'S');
    const run = async (...options: string[]): Promise<Ended> => {
      const { code, out } = await strata.run(['job', 'run', 'J', '--json', ...options]);
      expect([0, 3]).toContain(code);
      return JSON.parse(out) as Ended;
    };
    await run();

    // A bit turns over: as many bytes as before, the same number, the same flags.
    const cur = path.join(dovecot().root, 'mail', user, 'Maildir/cur');
    const [name = ''] = fs.readdirSync(cur).sort();
    const bytes = fs.readFileSync(path.join(cur, name));
    const at = bytes.length - 4;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    fs.writeFileSync(path.join(cur, name), bytes);

    expect(await run()).toMatchObject({ status: 'success', counts: { changed: 0, failed: 0 }, problems: [] });
    expect(await run('--source', 'Files', '--read-again')).toMatchObject({
      status: 'success',
      counts: { seen: 1, unchanged: 1 },
    });
    const found = await run('--source', 'Mail', '--read-again');
    expect(found).toMatchObject({ status: 'warning', counts: { seen: 3, changed: 1, unchanged: 2, failed: 0 } });
    expect(found.problems.map(({ code }) => code)).toEqual(['item.changed-unseen']);
    expect(await run('--read-again')).toMatchObject({ status: 'success', counts: { seen: 4, unchanged: 4 }, problems: [] });
    const runs = (await strata.ok('run', 'list')).out;
    expect(runs).toContain('reading chosen sources again from beginning to end');

    const refused = await strata.run(['job', 'run', 'J', '--source', 'Elsewhere']);
    expect(refused.err).toContain('[name.unknown]');
  });
});
