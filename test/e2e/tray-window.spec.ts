import type { ElectronApplication, Page } from '@playwright/test';
import type { Tray } from 'electron';
import { callFromPage, exitCodeOf, expect, test } from './app.ts';
import { connect, createJob } from './client.ts';
import { look } from './look.ts';

type Desk = { tray?: Tray | undefined };

/** The tray is nobody's but the desktop's: it is kept on its way. Its window opens on Windows and macOS only, so the app is told that it is there. */
async function onWindows(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ Tray: TrayClass }) => {
    const set = TrayClass.prototype.setToolTip;
    TrayClass.prototype.setToolTip = function (tip) {
      (globalThis as Desk).tray = this;
      return set.call(this, tip);
    };
    Object.defineProperty(process, 'platform', { value: 'win32' });
  });
}

const isKept = (app: ElectronApplication): Promise<boolean> => app.evaluate(() => (globalThis as Desk).tray !== undefined);
const clickTray = (app: ElectronApplication): Promise<void> => app.evaluate(() => void (globalThis as Desk).tray?.emit('click'));
const trayPages = (app: ElectronApplication): Page[] => app.windows().filter((page) => page.url().endsWith('/tray.html'));

async function openTray(app: ElectronApplication): Promise<Page> {
  await expect.poll(() => isKept(app)).toBe(true);
  await clickTray(app);
  await expect.poll(() => trayPages(app).length).toBe(1);
  const page = trayPages(app)[0];
  if (page === undefined) throw new Error('no window of the tray');
  await expect(page.getByRole('main')).toBeVisible();
  return page;
}

test('a click on the tray opens a small window that backs up, tells how it went, and is gone with its process when it closes', async ({
  start,
  profile,
}) => {
  const { app } = await start('--hidden');
  await onWindows(app);
  const client = await connect(profile);
  const job = await createJob(client, profile, 'Files & letters');
  const page = await openTray(app);
  await expect(page.getByText('Nothing was backed up yet')).toBeVisible();
  expect(
    await page.evaluate(() => ['strata' in window, Object.keys((window as unknown as { strataTray: object }).strataTray).sort()]),
  ).toEqual([false, ['choose', 'close', 'onShown']]);

  await page.keyboard.press('ArrowDown');
  const backUp = page.getByRole('button', { name: 'Back up now' });
  await backUp.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('button', { name: 'Files & letters' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Last: Files & letters, all fine, today/ })).toBeVisible({ timeout: 20_000 });
  expect((await client.call('job.show', { id: job })).lastRun?.status).toBe('success');
  await look(page, 'tray-window');

  // The page is gone before Playwright has heard that the key is down.
  await page.keyboard.down('Escape').catch(() => undefined);
  await expect.poll(() => trayPages(app).length).toBe(0);
  client.close();
});

test('the small window stops what runs, and leads to it in the large one', async ({ start, profile }) => {
  const { app } = await start('--hidden');
  await onWindows(app);
  const client = await connect(profile);
  const job = await createJob(client, profile, 'Large', 1000, 20e6);
  const { run } = await client.call('job.run', { id: job });
  const page = await openTray(app);
  await expect(page.getByText(/^Large: /).first()).toBeVisible();
  await page.getByRole('button', { name: 'Stop after this item' }).click();
  await expect.poll(async () => (await client.call('run.show', { id: run })).status, { timeout: 60_000 }).not.toBe('running');
  await page.getByRole('button', { name: /^Last: Large/ }).click();
  await expect
    .poll(() => app.windows().map((window) => window.url()))
    .toContainEqual(expect.stringMatching(/#\/runs\/[0-9a-z]{20}$/));
  client.close();
});

test('the click that closes the small window does not open it again, and nobody but its page chooses anything', async ({
  start,
  profile,
}) => {
  const { app, page: opened } = await start();
  await opened();
  await onWindows(app);
  const client = await connect(profile);
  await createJob(client, profile, 'Letters');
  await openTray(app);
  // As the desktop tells it: the focus is taken first, then comes the click.
  const windows = await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()
      .find((window) => window.webContents.getURL().endsWith('/tray.html'))
      ?.emit('blur');
    (globalThis as Desk).tray?.emit('click');
    return BrowserWindow.getAllWindows().length;
  });
  expect(windows).toBe(1);

  const ended = exitCodeOf(app.process());
  const isHeard = await app.evaluate(({ BrowserWindow, ipcMain }) => {
    const sender = BrowserWindow.getAllWindows()[0]?.webContents;
    return ipcMain.emit('strata-tray:choose', { sender, senderFrame: sender?.mainFrame }, 'quit');
  });
  expect(isHeard, 'somebody listens').toBe(true);
  const still = new Promise<string>((settle) => setTimeout(() => settle('is there'), 3000));
  expect(await Promise.race([ended, still])).toBe('is there');
  client.close();
});

test('the small window speaks the language and wears the theme that were chosen', async ({ start, profile }) => {
  const { app, page: opened } = await start();
  await onWindows(app);
  const client = await connect(profile);
  await createJob(client, profile, 'Briefe');
  await callFromPage(await opened(), 'app.setPreferences', { language: 'de', theme: 'dark' });
  const page = await openTray(app);
  await expect(page.getByRole('button', { name: 'Strata öffnen' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await look(page, 'tray-window-dark');
  client.close();
});
