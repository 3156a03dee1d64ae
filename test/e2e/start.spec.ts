import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { callFromPage, enginePid, exitCodeOf, expect, plainAppWords, startPlain, test } from './app.ts';

test('opens a window in which the engine answers', async ({ page, profile }) => {
  expect(page.url()).toContain('app://strata/index.html');
  const info = await callFromPage(page, 'app.info', {});
  expect(info.profile).toBe(profile);
});

test('keeps the profile for its owner', async ({ page, profile }) => {
  await callFromPage(page, 'app.info', {});
  expect(statSync(profile).mode & 0o077).toBe(0);
  for (const name of readdirSync(profile)) expect([name, statSync(join(profile, name)).mode & 0o007]).toEqual([name, 0]);
});

test('starts hidden, and a second start brings the window of the first', async ({ start, profile }) => {
  const { app } = await start('--hidden');
  await expect.poll(() => enginePid(app)).toBeDefined();
  expect(app.windows()).toHaveLength(0);

  const second = startPlain(plainAppWords(profile));
  expect(await exitCodeOf(second)).toBe(0);
  const page = await app.firstWindow();
  expect(page.url()).toContain('app://strata/');

  const third = startPlain([...plainAppWords(profile), '--hidden']);
  expect(await exitCodeOf(third)).toBe(0);
  expect(app.windows()).toHaveLength(1);
});

test('says why it cannot start where no profile can be', async ({ profile }) => {
  writeFileSync(join(profile, 'file'), '');
  const app = startPlain(plainAppWords(join(profile, 'file', 'profile')));
  const said = textOf(app.stderr);
  expect(await exitCodeOf(app)).toBe(1);
  expect(await said).toContain('is not a folder');
});

test('ends with SIGTERM, its engine too, and leaves nothing that would keep the next start from the profile', async ({
  start,
  profile,
}) => {
  const { app, page } = await start();
  await callFromPage(await page(), 'app.info', {});
  const pid = (await enginePid(app)) ?? 0;
  const ended = exitCodeOf(app.process());
  app.process().kill('SIGTERM');
  expect(await ended).toBe(0);
  await expect.poll(() => isRunning(pid)).toBe(false);
  expect(readdirSync(profile).filter((name) => name.endsWith('.sock'))).toEqual([]);
});

test('starts again after it was killed', async ({ start }) => {
  const first = await start();
  await callFromPage(await first.page(), 'app.info', {});
  const ended = exitCodeOf(first.app.process());
  first.app.process().kill('SIGKILL');
  await ended;
  const second = await start();
  expect((await callFromPage(await second.page(), 'app.info', {})).platform).toBe(process.platform);
});

/** A process whose parent ended first may stay as a zombie until somebody asks for it: that one runs no more. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
