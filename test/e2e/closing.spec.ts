import type { ElectronApplication, Page } from '@playwright/test';
import { callFromPage, enginePid, exitCodeOf, expect, plainAppWords, quit, startPlain, test } from './app.ts';
import { connect, createJob } from './client.ts';

const closeWindow = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
const hearQuestion = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const { strata } = window as unknown as { strata: { on(name: string, listener: (notice: unknown) => void): void } };
    strata.on('shell.askClose', (question) => Object.assign(window, { question }));
  });
const question = (page: Page): Promise<unknown> =>
  page.evaluate(() => (window as unknown as { question?: unknown }).question ?? null);
const answer = (page: Page, keepRunning: boolean, remember: boolean): Promise<void> =>
  page.evaluate(
    (input) => {
      const { strata } = window as unknown as { strata: { call(name: string, input: object): Promise<unknown> } };
      // After this evaluation has come back: the page may be gone before the call has.
      setTimeout(() => void strata.call('shell.answerClose', input), 50);
    },
    { keepRunning, remember },
  );
/** Answers the question of quitting with the button of this number, and counts how often it was asked. */
const answerDialogs = (app: ElectronApplication, button: number): Promise<void> =>
  app.evaluate(({ dialog }, response) => {
    Object.assign(globalThis, { asked: 0 });
    dialog.showMessageBox = async () => {
      (globalThis as unknown as { asked: number }).asked++;
      return { response, checkboxChecked: false };
    };
  }, button);
const timesAsked = (app: ElectronApplication): Promise<number> =>
  app.evaluate(() => (globalThis as unknown as { asked: number }).asked);

const place = { x: 40, y: 30, width: 1100, height: 700 };

test('closing the window asks once, then the backups go on without it, and it comes back where it was', async ({
  app,
  page,
  profile,
}) => {
  await callFromPage(page, 'app.info', {});
  await hearQuestion(page);
  await app.evaluate(({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds), place);
  await closeWindow(app);
  await expect.poll(() => question(page)).toEqual({ runs: 0 });
  const gone = page.waitForEvent('close');
  await answer(page, true, true);
  await gone;
  expect(await enginePid(app)).toBeDefined();

  expect(await exitCodeOf(startPlain(plainAppWords(profile)))).toBe(0);
  const again = await app.firstWindow();
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())).toEqual(place);
  await callFromPage(again, 'app.info', {});
  const goneAgain = again.waitForEvent('close');
  await closeWindow(app);
  await goneAgain;
  expect(await enginePid(app)).toBeDefined();
});

test('or it ends the app, if that is the answer', async ({ app, page }) => {
  await callFromPage(page, 'app.info', {});
  await hearQuestion(page);
  await closeWindow(app);
  await expect.poll(() => question(page)).not.toBeNull();
  const ended = exitCodeOf(app.process());
  await answer(page, false, false);
  expect(await ended).toBe(0);
});

test('quitting while something runs asks; the run goes on or stops as the answer says', async ({ app, page, profile }) => {
  await callFromPage(page, 'app.info', {});
  const client = await connect(profile);
  const job = await createJob(client, profile, 'Large', 1000, 20e6);
  const { run } = await client.call('job.run', { id: job });

  await answerDialogs(app, 3);
  const askToQuit = (): Promise<void> => app.evaluate(({ app: main }) => main.quit());
  await expect
    .poll(async () => {
      await askToQuit();
      return timesAsked(app);
    })
    .toBe(1);
  expect((await client.call('run.show', { id: run })).status).toBe('running');

  await answerDialogs(app, 2);
  const ended = exitCodeOf(app.process());
  await askToQuit();
  expect(await ended).toBe(0);
});

test('a job that was begun in its wizard is gone on with after Strata was closed', async ({ start }) => {
  const wizard = async () => {
    const { app, page } = await start();
    const window = await page();
    await window.waitForLoadState('load');
    await window.evaluate(() => void (location.hash = '#/jobs/new'));
    return { app, window, address: window.getByLabel('E-mail address') };
  };
  const first = await wizard();
  await first.address.fill('anna@nord.example');
  await expect(first.window.getByText('You had begun this before')).toHaveCount(0);
  await quit(first.app.process());
  const second = await wizard();
  await expect(second.window.getByText('You had begun this before')).toBeVisible();
  await expect(second.address).toHaveValue('anna@nord.example');
});
