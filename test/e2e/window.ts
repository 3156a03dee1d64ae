import type { ElectronApplication, Page } from '@playwright/test';
import type { Notice, NoticeName } from '../../src/shared/contract/notices.ts';
import { buildWindow } from '../kit/renderer/build-window.ts';
import { openBrowser, openWindow, type WindowOptions } from '../kit/renderer/window.ts';
import { test as base } from './desk.ts';

interface Fixtures {
  /** Opens the window at a route, over an engine made of memory. */
  readonly open: (route?: string, options?: WindowOptions) => Promise<Page>;
}
interface Shared {
  readonly shared: ElectronApplication;
}

/** One browser for all tests of a worker: a window is opened anew by its address. */
export const test = base.extend<Fixtures, Shared>({
  shared: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
    async ({}, use) => {
      await buildWindow();
      const app = await openBrowser();
      await use(app);
      await app.close();
    },
    { scope: 'worker' },
  ],
  open: async ({ shared }, use) => use((route, options) => openWindow(shared, route, options)),
});
export { expect } from '@playwright/test';

/** What the page asked of the shell so far. */
export const shellCalls = (page: Page): Promise<readonly { readonly name: string; readonly input: unknown }[]> =>
  page.evaluate(
    () => (window as unknown as { strataTest: { shellCalls: { name: string; input: unknown }[] } }).strataTest.shellCalls,
  );

/** What the engine behind the page says without having been asked. */
export const announce = <Name extends NoticeName>(page: Page, name: Name, notice: Notice<Name>): Promise<void> =>
  page.evaluate(
    ([said, what]) => {
      const { strataTest } = window as unknown as { strataTest: { announce: (name: string, notice: unknown) => void } };
      strataTest.announce(said, what);
    },
    [name, notice] as const,
  );
