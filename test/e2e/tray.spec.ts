import type { ElectronApplication } from '@playwright/test';
import type { Menu } from 'electron';
import { callFromPage, exitCodeOf, expect, test } from './app.ts';
import { connect, createJob } from './client.ts';

type Desk = { trayMenu?: Menu | undefined };

/** The tray gives its menu to the desktop and to nobody else: each one is kept on its way. */
const keepMenus = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ Tray }) => {
    const set = Tray.prototype.setContextMenu;
    Tray.prototype.setContextMenu = function (menu) {
      (globalThis as Desk).trayMenu = menu ?? undefined;
      return set.call(this, menu);
    };
  });
const labels = (app: ElectronApplication): Promise<string[]> =>
  app.evaluate(() => ((globalThis as Desk).trayMenu?.items ?? []).map((item) => item.label));
const click = (app: ElectronApplication, id: string): Promise<void> =>
  app.evaluate((_electron, itemId) => {
    (globalThis as Desk).trayMenu?.getMenuItemById(itemId)?.click();
  }, id);

test('the tray backs up, tells how it went, and opens the window where it is asked to', async ({ start, profile }) => {
  const { app } = await start('--hidden');
  await keepMenus(app);
  const client = await connect(profile);
  const job = await createJob(client, profile, 'Files & letters');
  await expect.poll(() => labels(app)).toContain('Back up now');
  expect(await labels(app)).toContain('Nothing was backed up yet');

  await click(app, `back-up-${job}`);
  await expect
    .poll(() => labels(app), { timeout: 20_000 })
    .toContainEqual(expect.stringMatching(/^Last: Files && letters, all fine, today/));
  expect((await client.call('job.show', { id: job })).lastRun?.status).toBe('success');

  await click(app, 'last');
  const page = await app.firstWindow();
  await expect.poll(() => page.url()).toMatch(/#\/runs\/[0-9a-z]{20}$/);
  client.close();
});

test('the tray stops a run after the item at hand', async ({ start, profile }) => {
  const { app } = await start('--hidden');
  await keepMenus(app);
  const client = await connect(profile);
  const job = await createJob(client, profile, 'Large', 1000, 20e6);
  const { run } = await client.call('job.run', { id: job });
  await expect.poll(() => labels(app)).toContainEqual(expect.stringMatching(/^Large: /));
  expect(await labels(app)).toContain('Quit (backups stop)');
  await click(app, `stop-${run}`);
  await expect.poll(async () => (await client.call('run.show', { id: run })).status, { timeout: 60_000 }).not.toBe('running');
  client.close();
});

test('the tray pauses all jobs, Home says so, and from either they go on', async ({ start, profile }) => {
  const { app, page: opened } = await start();
  await keepMenus(app);
  const client = await connect(profile);
  await createJob(client, profile, 'Letters');
  const page = await opened();
  await expect.poll(() => labels(app)).toContain('Pause all jobs');
  await click(app, 'pause-hour');
  await expect.poll(() => labels(app)).toContainEqual(expect.stringMatching(/^Paused until .*: go on now$/));
  expect((await client.call('status.get', {})).pausedUntilMs).toBeGreaterThan(Date.now());
  await page.evaluate(() => {
    location.hash = '#/';
  });
  await expect(page.getByText(/^All jobs are paused until/)).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('paused.png') });
  await page.getByRole('button', { name: 'Go on now' }).click();
  await expect(page.getByText(/^All jobs are paused until/)).toBeHidden();
  await expect.poll(() => labels(app)).toContain('Pause all jobs');
  client.close();
});

test('the tray speaks the language that was chosen', async ({ start }) => {
  const { app, page } = await start();
  await keepMenus(app);
  await callFromPage(await page(), 'app.setPreferences', { language: 'de' });
  await expect.poll(() => labels(app)).toContain('Strata öffnen');
  const menu = await app.evaluate(({ Menu: AppMenu }) => AppMenu.getApplicationMenu()?.items.map((item) => item.label));
  expect(menu).toContain('Bearbeiten');
});

test('quitting from the tray ends the app', async ({ start }) => {
  const { app, page } = await start();
  await keepMenus(app);
  await callFromPage(await page(), 'app.setPreferences', { language: 'de' });
  await expect.poll(() => labels(app)).toContain('Beenden');
  const ended = exitCodeOf(app.process());
  await click(app, 'quit');
  expect(await ended).toBe(0);
});
