import { test as base } from '@playwright/test';
import { atDesk } from '../../scripts/suite/desk.ts';

/**
 * A display, a bus and a keychain for each worker: two apps on one of them would take the focus, the tray and the notifications from
 * each other.
 */
export const test = base.extend<object, { readonly desk: undefined }>({
  desk: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
    async ({}, use) => atDesk(() => use(undefined)),
    { scope: 'worker', auto: true },
  ],
});
