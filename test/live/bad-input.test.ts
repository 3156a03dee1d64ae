import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Answer, Strata } from '../kit/command-line/strata.ts';
import { describeTree } from '../kit/command-line/trees.ts';
import { withDovecot } from '../kit/dovecot/use-dovecot.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

let root: string;
let strata: Strata;
beforeEach(() => {
  root = temporaryFolder();
  strata = new Strata(path.join(root, 'profile'), { STRATA_DEBUG: '' });
});

/** One plain sentence with its code in brackets on standard error, nothing on standard output, and the right exit code. */
function refused(answer: Answer, exitCode: number, code: string): void {
  const said = answer.err.trim().split('\n').at(-1) ?? '';
  expect({ exit: answer.code, said, out: answer.out }).toEqual({
    exit: exitCode,
    said: expect.stringMatching(new RegExp(`^\\S.*[.!?…”)] \\[${code.replaceAll('.', '\\.')}\\]$`, 'u')),
    out: '',
  });
  expect(said).not.toContain('{{');
}

const makeStorage = (): Promise<Answer> =>
  strata.ok('storage', 'create', path.join(root, 'storage'), '--name', 'S', '--recovery-key', path.join(root, 'key'));
async function makeFilesJob(): Promise<string> {
  const files = path.join(root, 'files');
  fs.mkdirSync(files);
  fs.writeFileSync(path.join(files, 'a.txt'), 'a');
  await makeStorage();
  await strata.ok('source', 'add', 'files', 'Files', '--path', files);
  await strata.ok('job', 'create', 'J', '--source', 'Files', '--storage', 'S');
  await strata.ok('job', 'run', 'J');
  return files;
}

describe('a storage', () => {
  it('is not made in a folder that holds something, and nothing there changes', async () => {
    fs.writeFileSync(path.join(root, 'mine.txt'), 'mine');
    const before = describeTree(root);
    refused(await strata.run(['storage', 'create', root, '--name', 'S']), 1, 'storage.not-empty');
    expect(describeTree(root).filter((line) => !line.startsWith('profile'))).toEqual(before);
  });

  it('is not made where a file is, nor over another storage, nor with a short password', async () => {
    fs.writeFileSync(path.join(root, 'file'), '');
    refused(await strata.run(['storage', 'create', path.join(root, 'file'), '--name', 'S']), 1, 'path.not-a-directory');
    await makeStorage();
    refused(await strata.run(['storage', 'create', path.join(root, 'storage'), '--name', 'T']), 1, 'storage.exists');
    refused(
      await strata.run(['storage', 'create', path.join(root, 'new'), '--name', 'T'], { STRATA_PASSWORD: 'short' }),
      1,
      'storage.password-too-short',
    );
    refused(await strata.run(['storage', 'create', path.join(root, 'new'), '--name', 's']), 1, 'name.taken');
    expect(fs.existsSync(path.join(root, 'new'))).toBe(false);
  });

  it.skipIf(process.getuid?.() !== 0)('on a full disk is refused in words, and leaves nothing that looks like one', async () => {
    const disk = path.join(root, 'disk');
    fs.mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', disk]);
    try {
      refused(await strata.run(['storage', 'create', path.join(disk, 'storage'), '--name', 'S']), 1, 'disk.full');
      refused(await strata.run(['storage', 'attach', path.join(disk, 'storage')]), 1, 'storage.not-found');
      expect((await strata.ok('storage', 'list', '--json')).json()).toEqual([]);
    } finally {
      execFileSync('umount', [disk]);
    }
  });

  it('opens with the password and with the recovery key, and with nothing else', async () => {
    await makeStorage();
    const other = new Strata(path.join(root, 'other profile'), { STRATA_DEBUG: '' });
    refused(await strata.run(['storage', 'show', 'S'], { STRATA_PASSWORD: 'wrong password' }), 5, 'storage.wrong-password');
    refused(await strata.run(['storage', 'show', 'S'], { STRATA_PASSWORD: '' }), 5, 'storage.needs-password');
    fs.writeFileSync(path.join(root, 'bad key'), 'abandon ability able');
    refused(
      await other.run(['storage', 'attach', path.join(root, 'storage'), '--recovery-key', path.join(root, 'bad key')]),
      5,
      'storage.recovery-key-malformed',
    );
    refused(
      await other.run(['storage', 'attach', path.join(root, 'storage')], { STRATA_PASSWORD: 'wrong password' }),
      5,
      'storage.wrong-password',
    );
    await other.ok('storage', 'attach', path.join(root, 'storage'), '--recovery-key', path.join(root, 'key'));
    await strata.ok('storage', 'show', 'S');
  });

  it('that another process writes to is respected', async () => {
    const files = await makeFilesJob();
    for (let index = 0; index < 3000; index += 1) fs.writeFileSync(path.join(files, `${index}.bin`), Buffer.alloc(20_000, index));
    // The same installation from another profile: else the storage would be somebody else's.
    const other = new Strata(path.join(root, 'other profile'), { STRATA_DEBUG: '' });
    fs.mkdirSync(path.join(root, 'other profile'));
    fs.copyFileSync(path.join(root, 'profile/machine-id'), path.join(root, 'other profile/machine-id'));
    await other.ok('storage', 'attach', path.join(root, 'storage'), '--name', 'S');
    await other.ok('source', 'add', 'files', 'Files', '--path', files);
    await other.ok('job', 'create', 'J', '--source', 'Files', '--storage', 'S');
    const running = strata.start(['job', 'run', 'J']);
    const lock = (): boolean =>
      fs.existsSync(path.join(root, 'storage/locks')) && fs.readdirSync(path.join(root, 'storage/locks')).length > 0;
    while (!lock()) await new Promise((resolve) => setTimeout(resolve, 5));
    running.kill('SIGSTOP');
    refused(await other.run(['job', 'run', 'J']), 4, 'storage.locked');
    // Its process is alive: nothing to take away.
    const [held] = (await other.ok('storage', 'unlock-stale', 'S', '--yes', '--json')).json<
      { holder: string; cleared: boolean }[]
    >();
    expect(held).toMatchObject({ holder: 'alive', cleared: false });
    running.kill('SIGCONT');
    expect((await running.answer).code).toBe(0);
  });

  it('of another installation is read, or adopted, and then the other is refused', async () => {
    await makeFilesJob();
    const other = new Strata(path.join(root, 'other profile'), { STRATA_DEBUG: '' });
    const attach = ['storage', 'attach', path.join(root, 'storage'), '--name', 'S'];
    refused(await other.run(attach), 4, 'storage.owned-elsewhere');
    await other.ok(...attach, '--read-only');
    expect((await other.ok('ls', 'S', 'Files', '--recursive', '--json')).json<unknown[]>()).toHaveLength(1);
    await other.ok('storage', 'adopt', 'S');
    refused(await strata.run(['job', 'run', 'J']), 4, 'storage.adopted-away');
  });

  it('with the lock of a computer that is gone is freed by a person’s word, and not without', async () => {
    await makeFilesJob();
    const lock = path.join(root, 'storage/locks/00000000000000000000.lock');
    fs.mkdirSync(path.dirname(lock), { recursive: true });
    const facts = { machineId: 'gone', hostName: 'old laptop', bootId: 'b', pid: 1, processStart: '1', sinceMs: 1, counter: 1 };
    fs.writeFileSync(lock, JSON.stringify({ ...facts, uuid: '0'.repeat(20), purpose: 'backup', mode: 'write' }));
    refused(await strata.run(['job', 'run', 'J']), 4, 'storage.locked');
    const asked = await strata.run(['storage', 'unlock-stale', 'S']);
    expect({ code: asked.code, names: asked.out.includes('old laptop') }).toEqual({ code: 4, names: true });
    expect(fs.existsSync(lock)).toBe(true);
    await strata.ok('storage', 'unlock-stale', 'S', '--yes');
    await strata.ok('job', 'run', 'J');
  });
});

describe('a source', () => {
  it('that is not there fails the run, and nothing is marked as deleted', async () => {
    const files = await makeFilesJob();
    fs.renameSync(files, `${files}-unplugged`);
    refused(await strata.run(['job', 'run', 'J']), 1, 'source.missing');
    expect((await strata.ok('ls', 'S', 'Files', '--recursive', '--json')).json<unknown[]>()).toHaveLength(1);
    fs.mkdirSync(files);
    refused(await strata.run(['job', 'run', 'J']), 4, 'source.empty');
    expect((await strata.ok('ls', 'S', 'Files', '--recursive', '--json')).json<unknown[]>()).toHaveLength(1);
  });

  it('of an unknown kind, or without what it needs, is wrong usage', async () => {
    refused(await strata.run(['source', 'add', 'fax', 'Fax']), 2, 'usage.invalid');
    refused(await strata.run(['source', 'add', 'imap', 'Mail', '--user', 'x']), 2, 'usage.invalid');
    refused(await strata.run(['source', 'add', 'files', 'Files']), 2, 'usage.invalid');
  });

  it('on a host that does not exist, or with nobody listening, cannot be reached', async () => {
    const add = (name: string, host: string, port: string): Promise<Answer> =>
      strata.ok('source', 'add', 'imap', name, '--host', host, '--port', port, '--tls', 'none', '--user', 'x');
    await add('Nobody', '127.0.0.1', '1');
    await add('Nowhere', 'no-such-host.invalid', '143');
    refused(await strata.run(['source', 'test', 'Nobody'], { STRATA_SECRET: 'x' }), 1, 'source.connection-refused');
    refused(await strata.run(['source', 'test', 'Nowhere'], { STRATA_SECRET: 'x' }), 1, 'source.host-unknown');
  });
});

withDovecot('a mail account', (dovecot) => {
  const add = (user: string, ...more: string[]): Promise<Answer> =>
    strata.ok('source', 'add', 'imap', 'Mail', '--host', '127.0.0.1', '--user', user, ...more);

  it('with a wrong password is refused by the server, and says so', async () => {
    await add('anna', '--port', String(dovecot().imapPort), '--tls', 'none');
    refused(await strata.run(['source', 'test', 'Mail'], { STRATA_SECRET: 'wrong' }), 1, 'source.sign-in-refused');
  });

  it('whose certificate nobody vouches for is not signed in to, until a person approves the very certificate', async () => {
    await add('anna', '--port', String(dovecot().imapsPort), '--tls', 'implicit');
    const secret = { STRATA_SECRET: dovecot().password };
    refused(await strata.run(['source', 'test', 'Mail'], secret), 1, 'source.tls-untrusted');
    await strata.ok('source', 'edit', 'Mail', '--certificate', dovecot().certificateSha256);
    expect((await strata.run(['source', 'test', 'Mail'], secret)).code).toBe(0);
    await strata.ok('source', 'edit', 'Mail', '--certificate', '0'.repeat(64));
    refused(await strata.run(['source', 'test', 'Mail'], secret), 1, 'source.certificate-changed');
  });

  it('without a single message is saved like any other', async () => {
    const user = dovecot().newUser();
    await makeStorage();
    await add(user, '--port', String(dovecot().imapPort), '--tls', 'none');
    await strata.ok('job', 'create', 'J', '--source', 'Mail', '--storage', 'S');
    const ran = await strata.run(['job', 'run', 'J', '--json'], { STRATA_SECRET: dovecot().password });
    expect(ran.code).toBe(0);
    expect(ran.json<{ counts: object }>().counts).toMatchObject({ seen: 0, failed: 0 });
  });
});

describe('names and words that nobody knows', () => {
  it.each([
    [['storage', 'show', 'None'], 1, 'name.unknown'],
    [['job', 'run', 'None'], 1, 'name.unknown'],
    [['source', 'test', 'None'], 1, 'name.unknown'],
    [['run', 'show', 'None'], 1, 'name.unknown'],
    [['job', 'create', 'J', '--source', 'None'], 2, 'usage.invalid'],
    [['config', 'set', 'theme', 'pink'], 2, 'usage.invalid'],
  ] as const)('strata %j', async (words, exitCode, code) => {
    refused(await strata.run(words), exitCode, code);
  });

  it('are wrong usage where they are commands or options', async () => {
    for (const words of [['dance'], ['storage', 'dance'], ['storage', 'list', '--loud'], ['restore', 'S']]) {
      const answer = await strata.run(words);
      expect({ words, code: answer.code, out: answer.out }).toEqual({ words, code: 2, out: '' });
    }
  });
});

describe('a reader', () => {
  it('that goes away stops nothing: the command does what it was asked to do, and ends with its own code', async () => {
    await makeFilesJob();
    fs.writeFileSync(path.join(root, 'files', 'b.txt'), 'b');
    for (const [words, code] of [
      [['job', 'run', 'J'], 0],
      [['storage', 'check', 'S', '--data', 'most'], 2],
    ] as const) {
      const command = strata.start(words);
      command.stopListening();
      expect((await command.answer).code).toBe(code);
    }
    expect((await strata.ok('storage', 'moments', 'S', '--json')).json<unknown[]>()).toHaveLength(2);
  });
});
