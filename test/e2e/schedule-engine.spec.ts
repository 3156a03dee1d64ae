import fs from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { JobId } from '../../src/shared/domain/ids.ts';
import { usualTiming } from '../../src/shared/domain/schedule.ts';
import { atDesk } from '../../scripts/suite/desk.ts';
import { callFromPage, enginePid, exitCodeOf, expect, quit, test } from './app.ts';

/** The window and the engine as they are: nothing in between. */
async function jobByHand(page: Page, profile: string, letters = 1, keepInKeychain = false): Promise<JobId> {
  // The page's own client has its port by then: nothing that makes something goes through two.
  await callFromPage(page, 'app.info', {});
  const folder = path.join(profile, 'letters');
  fs.mkdirSync(folder);
  for (let index = 0; index < letters; index += 1) {
    fs.writeFileSync(path.join(folder, `letter ${index}.txt`), `Dear Ada, this is number ${index}. `.repeat(300));
  }
  const disk = { name: 'Disk', path: path.join(profile, 'disk'), password: 'correct horse battery', keepInKeychain };
  const storage = await callFromPage(page, 'storage.create', disk);
  const settings = { kind: 'files' as const, paths: [folder], exclude: [], excludeIfPresent: [], oneFileSystem: false };
  const source = await callFromPage(page, 'source.add', { name: 'Letters', settings, secret: null, keepInKeychain: false });
  const job = { name: 'Letters to disk', sources: [source.id], storage: storage.id, schedule: { mode: 'manual' as const } };
  return (await callFromPage(page, 'job.create', { ...job, zone: 'Europe/Berlin' })).id;
}

const goTo = (page: Page, hash: string): Promise<void> =>
  page.evaluate((to) => {
    location.hash = to;
  }, hash);

test('the schedule that is set in the window is the one by which the engine runs', async ({ page, profile }) => {
  const id = await jobByHand(page, profile);
  await goTo(page, `#/jobs/${id}`);

  await page.getByRole('radio', { name: 'Cron', exact: true }).focus();
  await page.keyboard.press('Space');
  await page.getByLabel('Cron expression').fill('0 2 1 * 1');
  await expect(page.getByText(/means different things to different programs/).first()).toBeVisible();

  await page.getByRole('radio', { name: 'Times', exact: true }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Add times' }).click();
  await page.getByRole('menuitem', { name: 'Workdays at 18:00' }).click();
  await page.getByRole('button', { name: 'Edit as text' }).last().click();
  await page.getByLabel('Allowed times, one a line').fill('Mon-Fri 17:15-20:00');
  const { runs } = await callFromPage(page, 'job.forecast', {
    id,
    schedule: { mode: 'times', rules: [{ days: { every: 'week', weekdays: [1, 2, 3, 4, 5] }, minutes: [18 * 60] }] },
    timing: usualTiming,
    zone: 'Europe/Berlin',
    days: 30,
    limit: 10,
  });
  const next = page.locator('section', { has: page.getByRole('heading', { name: 'The next runs' }) }).last();
  await expect(next.getByRole('listitem')).toHaveCount(runs.length);
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.waitForTimeout(300);
    await page.screenshot({ path: test.info().outputPath(`schedule-${scheme}.png`), fullPage: true });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id: rule }) => rule)).toEqual(
      [],
    );
  }
  await page.getByRole('button', { name: 'Save job' }).click();
  await expect(page.getByRole('button', { name: 'Save job' })).toBeHidden();

  const saved = await callFromPage(page, 'job.show', { id });
  expect(saved.schedule).toEqual({
    mode: 'times',
    rules: [{ days: { every: 'week', weekdays: [1, 2, 3, 4, 5] }, minutes: [1080] }],
  });
  expect(saved.timing.windows).toHaveLength(5);
  expect(saved.timing.windows?.[0]).toEqual({ from: 17 * 60 + 15, to: 20 * 60, paint: 'allowed' });
  expect(saved.due).toMatchObject({ kind: 'wait', because: 'time' });
  expect(saved.nextRunAtMs).toBe(runs[0]?.startMs);
});

test('a job that runs once is begun by the heartbeat, and by nothing afterwards', async ({ page, profile }) => {
  const id = await jobByHand(page, profile);
  await goTo(page, `#/jobs/${id}`);
  await page.getByRole('radio', { name: 'Once', exact: true }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Save job' }).click();
  await expect(page.getByRole('button', { name: 'Save job' })).toBeHidden();
  await callFromPage(page, 'clock.tick', {});
  await expect
    .poll(async () => (await callFromPage(page, 'job.show', { id })).lastRun?.status, { timeout: 30_000 })
    .toBe('success');
  await callFromPage(page, 'clock.tick', {});
  const runs = await callFromPage(page, 'run.list', { job: id, storage: null, kind: 'backup', limit: 10 });
  expect(runs.map(({ trigger }) => trigger)).toEqual(['schedule']);
  expect((await callFromPage(page, 'job.show', { id })).due).toEqual({ kind: 'never' });
});

test('a run that dies with the app goes on by itself at the next start, and that is said', async ({ start, profile }) => {
  test.skip(process.platform !== 'linux', 'only Linux lets a test have a keychain of its own');
  const environment = { ...process.env };
  try {
    await atDesk(async () => {
      process.env['STRATA_KEYCHAIN'] = 'on';
      const first = await start();
      const page = await first.page();
      const id = await jobByHand(page, profile, 6000, true);
      const { name, sources, storage } = await callFromPage(page, 'job.show', { id });
      await callFromPage(page, 'job.edit', { id, name, sources, storage, schedule: { mode: 'once' } });
      await callFromPage(page, 'clock.tick', {});
      await expect.poll(async () => (await callFromPage(page, 'job.show', { id })).running, { intervals: [20] }).not.toBeNull();
      const pids = [await enginePid(first.app), first.app.process().pid];
      const ended = exitCodeOf(first.app.process());
      for (const pid of pids) if (pid !== undefined) process.kill(pid, 'SIGKILL');
      await ended;

      const second = await start();
      const again = await second.page();
      // Nobody asks for it: the heartbeat that begins with the engine does.
      await expect
        .poll(async () => (await callFromPage(again, 'job.show', { id })).lastRun?.status, { timeout: 60_000 })
        .toBe('success');
      const runs = await callFromPage(again, 'run.list', { job: id, storage: null, kind: 'backup', limit: 10 });
      expect(runs.map(({ status, trigger }) => [status, trigger])).toEqual([
        ['success', 'schedule'],
        ['interrupted', 'schedule'],
      ]);
      await goTo(again, '#/runs');
      await expect(again.getByText(/interrupted/i).first()).toBeVisible();
      await quit(second.app.process());
    });
  } finally {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, environment);
  }
});
