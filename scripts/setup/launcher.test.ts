import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';

/** A clone in which the set-up only notes that it was called, and the command line is `code`. */
function clone(code: string): { readonly root: string; readonly strata: string } {
  const root = temporaryFolder();
  for (const folder of ['src', 'scripts', '.cache', 'out/main']) mkdirSync(join(root, folder), { recursive: true });
  copyFileSync('strata', join(root, 'strata'));
  chmodSync(join(root, 'strata'), 0o755);
  writeFileSync(join(root, 'out/main/cli.js'), code);
  for (const file of ['electron.vite.config.ts', 'package.json', 'package-lock.json']) writeFileSync(join(root, file), '{}');
  writeFileSync(
    join(root, 'scripts/bootstrap.mjs'),
    `import { writeFileSync } from 'node:fs';
     console.log('set up by', ...process.argv.slice(2));
     writeFileSync(new URL('../.cache/ready', import.meta.url), process.execPath + '\\n');`,
  );
  return { root, strata: join(root, 'strata') };
}

describe.skipIf(process.platform === 'win32')('the launcher', () => {
  it('sets up first, and keeps that out of the command’s own output', () => {
    const { strata } = clone('console.log(process.argv.slice(2).join("|"));');
    const first = spawnSync(strata, ['ls', 'a b', '--json'], { encoding: 'utf8' });
    expect(first).toMatchObject({ status: 0, stdout: 'ls|a b|--json\n', stderr: 'set up by prepare\n' });
    expect(spawnSync(strata, ['ls'], { encoding: 'utf8' })).toMatchObject({ stdout: 'ls\n', stderr: '' });
  });

  it('sets up again after a source has changed or gone', () => {
    const { root, strata } = clone('');
    spawnSync(strata);
    const later = new Date(Date.now() + 10_000);
    utimesSync(join(root, 'src'), later, later); // what creating or deleting a file in it does
    expect(spawnSync(strata, { encoding: 'utf8' }).stderr).toBe('set up by prepare\n');
  });

  it('hands over input, output and the exit code', () => {
    const { strata } = clone('process.stdin.pipe(process.stdout); process.stdin.on("end", () => { process.exitCode = 6; });');
    expect(spawnSync(strata, { input: 'secret\n', encoding: 'utf8' })).toMatchObject({
      status: 6,
      stdout: expect.stringMatching(/secret\n$/),
    });
  });

  it('becomes the command, so that a signal reaches it', async () => {
    const { strata } = clone(
      'process.on("SIGINT", () => process.exit(130)); setInterval(() => {}, 1000); console.log("waiting");',
    );
    const child = spawn(strata, { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([130, null]);
  });

  it('can be called through a link from anywhere', () => {
    const { root, strata } = clone('console.log("here");');
    symlinkSync(strata, join(root, 'src', 'link'));
    expect(spawnSync(join(root, 'src', 'link'), { cwd: '/', encoding: 'utf8' }).stdout).toBe('here\n');
  });
});
