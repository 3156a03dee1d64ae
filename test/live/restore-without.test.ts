import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Strata } from '../kit/command-line/strata.ts';
import { withDovecot } from '../kit/dovecot/use-dovecot.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { plainMessage } from '../kit/test-messages.ts';

withDovecot('a restore that leaves out parts', (dovecot) => {
  const setUp = async () => {
    const root = temporaryFolder();
    const strata = new Strata(path.join(root, 'profile'), { STRATA_SECRET: dovecot().password });
    await strata.ok('storage', 'create', path.join(root, 'storage'), '--name', 'S', '--recovery-key', path.join(root, 'key'));
    const addMail = async (name: string, user: string): Promise<void> => {
      const server = ['--host', '127.0.0.1', '--port', String(dovecot().imapPort), '--tls', 'none', '--user', user];
      await strata.ok('source', 'add', 'imap', name, ...server);
    };
    return { root, strata, addMail };
  };

  it('brings back folders alone, then all in them without marks, and makes nothing twice', { timeout: 120_000 }, async () => {
    const { strata, addMail } = await setUp();
    const [from, to] = [dovecot().newUser(), dovecot().newUser()];
    const box = await dovecot().mailbox(from);
    await box.create('Clients/Nord');
    await box.append('INBOX', plainMessage(1), ['\\Seen', '\\Flagged']);
    await box.append('Clients/Nord', plainMessage(2), ['\\Answered']);
    await box.close();
    await addMail('Mail', from);
    await addMail('New', to);
    await strata.ok('job', 'create', 'J', '--source', 'Mail', '--storage', 'S');
    await strata.ok('job', 'run', 'J');

    const restore = ['restore', 'S', '--source', 'Mail', '--to', 'source:New', '--json'];
    const made = async (...options: string[]) => (await strata.ok(...restore, ...options)).json<{ created: number }>();
    expect(await made('--without', 'items', '--dry-run')).toMatchObject({ created: 1 });
    expect(await made('--without', 'items')).toMatchObject({ created: 1, bytes: 0 });
    const other = await dovecot().mailbox(to);
    expect(await other.messages('Clients/Nord')).toEqual([]);
    expect(await other.messages('INBOX')).toEqual([]);
    expect(await made('--without', 'items')).toMatchObject({ created: 0 });

    expect(await made('--without', 'marks', '--verify')).toMatchObject({ created: 2 });
    const flags = [...(await other.messages('INBOX')), ...(await other.messages('Clients/Nord'))].map((one) => one.flags);
    expect(flags.map((own) => own.filter((flag) => flag !== '\\Recent'))).toEqual([[], []]);
    expect(await made('--without', 'marks')).toMatchObject({ created: 0, skipped: 2 });
    await other.close();

    const emptying = ['--to', 'original', '--conflict', 'empty-first', '--confirm', 'Mail', '--without', 'items'];
    expect((await strata.run(['restore', 'S', '--source', 'Mail', ...emptying])).err).toContain('[restore.empty-whole-items]');
    expect((await strata.run([...restore, '--without', 'attachments'])).err).toContain('[usage.invalid]');
  });

  it('gives files back as if they were made anew', { timeout: 120_000 }, async () => {
    const { root, strata } = await setUp();
    const files = path.join(root, 'files');
    fs.mkdirSync(files);
    for (const [name, mode] of [
      ['secret', 0o600],
      ['tool', 0o4750],
    ] as const) {
      const file = path.join(files, name);
      fs.writeFileSync(file, name);
      fs.chownSync(file, 4321, 4321);
      fs.chmodSync(file, mode);
    }
    await strata.ok('source', 'add', 'files', 'Files', '--path', files);
    await strata.ok('job', 'create', 'J', '--source', 'Files', '--storage', 'S');
    await strata.ok('job', 'run', 'J');
    const back = path.join(root, 'back');
    const args = ['restore', 'S', '--source', 'Files', '--to', `dir:${back}`, '--without', 'owners', '--verify', '--json'];
    expect((await strata.ok(...args)).json()).toMatchObject({ created: 2 });
    const found = fs.readdirSync(back, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const facts = found.map(({ parentPath, name }) => {
      const { uid, mode, mtimeMs } = fs.statSync(path.join(parentPath, name));
      return [name, uid, (mode & 0o7777).toString(8), mtimeMs === fs.statSync(path.join(files, name)).mtimeMs];
    });
    expect(facts.sort()).toEqual([
      ['secret', process.getuid?.(), '644', true],
      ['tool', process.getuid?.(), '755', true],
    ]);
  });
});
