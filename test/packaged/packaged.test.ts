import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { binary, cleanEnvironment, folder, openWindow, strata } from './app.ts';

/** What is ours in the folder, in megabytes: a third more than it measured, so that growth is a decision and not an accident. */
const limitMb = 24;

const here = process.platform === 'linux';

beforeAll(() => {
  if (here) execFileSync(process.execPath, ['scripts/bootstrap.mjs', 'dist', '--dir'], { stdio: 'inherit' });
});

describe.runIf(here)('the packaged folder', () => {
  it('is made of the Electron that the tests ran on', () => {
    const runtime = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? '';
    expect(readFileSync(join(folder, 'version'), 'utf8')).toBe(readFileSync(join(runtime, 'version'), 'utf8'));
  });

  it('has its eight fuses blown as electron-builder.yml says', async () => {
    const wire = await getCurrentFuseWire(binary);
    expect(wire.version).toBe(FuseVersion.V1);
    const state = (fuse: FuseV1Options): boolean => wire[fuse] === FuseState.ENABLE;
    expect({
      runAsNode: state(FuseV1Options.RunAsNode),
      cookieEncryption: state(FuseV1Options.EnableCookieEncryption),
      nodeOptions: state(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      inspector: state(FuseV1Options.EnableNodeCliInspectArguments),
      asarIntegrity: state(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      onlyAsar: state(FuseV1Options.OnlyLoadAppFromAsar),
      ownSnapshot: state(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
      fileProtocol: state(FuseV1Options.GrantFileProtocolExtraPrivileges),
    }).toEqual({
      runAsNode: false,
      cookieEncryption: false,
      nodeOptions: false,
      inspector: false,
      asarIntegrity: true,
      onlyAsar: true,
      ownSnapshot: false,
      fileProtocol: false,
    });
  });

  it('holds no source map, no test, no source and no other app', () => {
    const packed = listPackage(join(folder, 'resources', 'app.asar'), { isPack: false });
    expect(packed).toContain('/out/main/index.js');
    expect(packed.filter((path) => /\.map$|\.tsx?$|\.test\.|^\/(src|test|scripts|docs)\b/.test(path))).toEqual([]);
    expect(existsSync(join(folder, 'resources', 'default_app.asar'))).toBe(false);
  });

  it('carries the licences of what is in it', () => {
    expect(readFileSync(join(folder, 'LICENSE.txt'), 'utf8')).toContain('The Strata developers');
    const notices = readFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    for (const name of ['react', 'zod', 'imapflow', 'sodium-native', 'better-sqlite3-multiple-ciphers']) {
      expect(notices).toMatch(new RegExp(`^${name} \\d`, 'm'));
    }
  });

  it('does not grow unnoticed', () => {
    const ours = ['resources/**/*', 'bin/*', 'THIRD-PARTY-NOTICES.txt'];
    const size = (patterns: readonly string[]): number =>
      globSync([...patterns], { cwd: folder }).reduce((sum, path) => sum + statSync(join(folder, path)).size, 0);
    const measured = { oursMb: size(ours) / 1e6, archiveMb: size(['resources/app.asar']) / 1e6, wholeMb: size(['**/*']) / 1e6 };
    mkdirSync('.cache/results', { recursive: true });
    writeFileSync('.cache/results/packaged-size.json', JSON.stringify(measured));
    console.log(measured);
    expect(measured.oursMb).toBeLessThan(limitMb);
  });
});

describe.runIf(here)('the packaged app', () => {
  it('opens its window with the engine behind it', async () => {
    const profile = temporaryFolder();
    const { page, close } = await openWindow(profile);
    try {
      expect(page.url()).toMatch(/^app:/);
      // The first screen asks the engine before it shows anything.
      await page.getByRole('heading').first().waitFor({ timeout: 20_000 });
      expect(await page.evaluate(() => typeof (globalThis as { require?: unknown }).require)).toBe('undefined');
    } finally {
      await close();
    }
  });

  it('makes a backup and gives it back, as the command line without a display', async () => {
    const place = temporaryFolder();
    const environment = cleanEnvironment({
      STRATA_PROFILE: join(place, 'profile'),
      STRATA_PASSWORD: 'a password for tests only',
    });
    delete environment['DISPLAY'];
    /** The words of a command; `{}` stands for the test's folder. */
    const done = async (command: string): Promise<void> => {
      const words = command.split(' ').map((word) => word.replace('{}', place));
      const { code, stdout, stderr } = await strata(environment, ...words);
      if (code !== 0) throw new Error(`${command} ended with ${code}:\n${stdout}${stderr}`);
    };
    mkdirSync(join(place, 'letters'));
    writeFileSync(join(place, 'letters', 'to-ada.txt'), 'Dear Ada');

    await done('storage create {}/storage --name disk --recovery-key {}/key --no-keychain');
    await done('source add files letters --path {}/letters');
    await done('job create nightly --source letters --storage disk');
    await done('job run nightly --wait');
    await done('restore disk --to dir:{}/back');

    const back = globSync('**/to-ada.txt', { cwd: join(place, 'back') });
    expect(back.map((path) => readFileSync(join(place, 'back', path), 'utf8'))).toEqual(['Dear Ada']);
    // The name and the text are nowhere in the storage's files.
    for (const path of globSync('**/*', { cwd: join(place, 'storage'), withFileTypes: true })) {
      if (path.isFile()) expect(readFileSync(join(path.parentPath, path.name)).includes('Dear Ada')).toBe(false);
    }
  });

  it('tells a wrong usage by its exit code', async () => {
    const { code, stdout } = await strata(cleanEnvironment({ STRATA_PROFILE: temporaryFolder() }), 'no-such-command');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});
