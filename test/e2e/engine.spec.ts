import type { Page } from '@playwright/test';
import { callFromPage, enginePid, expect, test } from './app.ts';

const seeStates = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const states: unknown[] = [];
    Object.assign(window, { states });
    const { strata } = window as unknown as { strata: { on(name: string, listener: (notice: unknown) => void): void } };
    strata.on('shell.engine', (notice) => states.push(notice));
  });
const states = (page: Page): Promise<{ state: string; restarts: number }[]> =>
  page.evaluate(() => (window as unknown as { states: { state: string; restarts: number }[] }).states);

test('an engine that is killed is started again at once, and the page is told', async ({ app, page }) => {
  await callFromPage(page, 'app.info', {});
  await seeStates(page);
  const pid = (await enginePid(app)) ?? 0;
  process.kill(pid, 'SIGKILL');
  const killedAt = performance.now();
  await expect
    .poll(async () => (await states(page)).map(({ state }) => state), { intervals: [20] })
    .toEqual(['starting', 'ready']);
  await callFromPage(page, 'app.info', {});
  test.info().annotations.push({ type: 'answered after', description: `${Math.round(performance.now() - killedAt)} ms` });
  expect(await enginePid(app)).not.toBe(pid);
  expect((await states(page)).at(-1)).toMatchObject({ state: 'ready', restarts: 1 });
});

test('the page hears at once that its port is dead', async ({ app, page }) => {
  const closed = page.evaluate(
    () =>
      new Promise<string>((settle) => {
        window.addEventListener('message', (event) => {
          event.ports[0]?.addEventListener('close', () => settle('closed'));
        });
        (window as unknown as { strata: { ready(): void } }).strata.ready();
      }),
  );
  await callFromPage(page, 'app.info', {});
  process.kill((await enginePid(app)) ?? 0, 'SIGKILL');
  expect(await closed).toBe('closed');
});

test('an engine that crashes again and again is given up, and started once more when the page asks', async ({ app, page }) => {
  test.setTimeout(90_000);
  await callFromPage(page, 'app.info', {});
  await seeStates(page);
  // 0, 0.5, 2, 8 and 30 s of waiting would be long: the clock of the main process is made to run.
  await app.evaluate(() => {
    const real = globalThis.setTimeout;
    globalThis.setTimeout = ((action: () => void, ms = 0) => real(action, ms / 20)) as typeof setTimeout;
  });
  await expect
    .poll(
      async () => {
        const pid = await enginePid(app);
        if (pid !== undefined) process.kill(pid, 'SIGKILL');
        return (await states(page)).at(-1)?.state;
      },
      { timeout: 30_000, intervals: [100] },
    )
    .toBe('failed');
  expect(await enginePid(app)).toBeUndefined();
  await callFromPage(page, 'app.info', {}); // asks for a port, as the page's "try again" does
});

test('a page that reloads gets a port again', async ({ page }) => {
  await callFromPage(page, 'app.info', {});
  await page.reload();
  await callFromPage(page, 'app.info', {});
});

test('a page that crashes comes back with a port; one that crashes at once again goes away', async ({ app, page }) => {
  await callFromPage(page, 'app.info', {});
  const crash = (): Promise<void> =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
  /** 0 while the page has no process or is still loading. */
  const processOfPage = (): Promise<number> =>
    app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      return contents && !contents.isCrashed() && !contents.isLoading() ? contents.getOSProcessId() : 0;
    });
  const before = await processOfPage();
  await crash();
  await expect.poll(async () => ![0, before].includes(await processOfPage())).toBe(true);
  await crash();
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(0);
  expect(await enginePid(app)).toBeDefined();
});
