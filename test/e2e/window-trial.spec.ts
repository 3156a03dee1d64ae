import { test, expect } from '@playwright/test';
import { buildWindow } from '../kit/renderer/build-window.ts';
import { openBrowser, openWindow } from '../kit/renderer/window.ts';
test('trial', async () => {
  await buildWindow();
  const app = await openBrowser();
  const page = await openWindow(app, '/browse');
  await page.waitForTimeout(1500);
  await page.screenshot({ path: '/tmp/shots/electron.png' });
  await app.close();
});
