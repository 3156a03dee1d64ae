import { resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { electronBinary, rootSwitches } from '../../e2e/app.ts';
import { fakeShell, pageDir } from './build-window.ts';
import { nowMs } from './sample-base.ts';
import type { WorldName } from './world.ts';

export interface WindowOptions {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
  readonly locale?: string;
  readonly world?: WorldName;
  /** Off: progress stands still, so that pictures can be compared. */
  readonly live?: boolean;
}

/** Electron as a browser: the page with an engine made of memory behind it, through the real contract. */
export function openBrowser(): Promise<ElectronApplication> {
  const env = { ...(process.env as Record<string, string>), STRATA_PAGE: pageDir };
  return _electron.launch({
    executablePath: electronBinary(),
    args: [...rootSwitches, resolve(import.meta.dirname, 'bare-app')],
    env,
  });
}

let prepared: Page | undefined;

/** The one window, anew. What it is to be stands in its address, since scripts that run first stay for all that follow. */
export async function openWindow(app: ElectronApplication, route = '/', options: WindowOptions = {}): Promise<Page> {
  const { width = 1360, height = 860, scheme = 'light', locale = 'en-GB', world = 'rich', live = true } = options;
  const page = await app.firstWindow();
  if (prepared !== page) {
    prepared = page;
    await page.clock.setFixedTime(nowMs);
    await page.addInitScript(() => {
      const [name, language, pulse] = window.location.hostname.split('.');
      if (pulse !== undefined) Object.assign(window, { strataWorld: { name, locale: language, live: pulse === 'live' } });
    });
    await page.addInitScript({ path: fakeShell });
  }
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: scheme });
  await page.goto('about:blank');
  // What one test leaves unfinished is no beginning of the next.
  await app.evaluate(({ session }) => session.defaultSession.clearStorageData({ storages: ['localstorage'] }));
  await page.goto(`app://${world}.${locale}.${live ? 'live' : 'still'}/#${route}`);
  return page;
}
