import { callFromPage, expect, test } from './app.ts';

const routes = [
  '/',
  '/start',
  '/browse',
  '/jobs',
  '/jobs/new',
  '/runs',
  '/storages',
  '/storages/new',
  '/sources',
  '/sources/new',
  '/restore',
  '/settings',
];

test('no screen breaks the policy of the window, or says an error', async ({ page }) => {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.addInitScript(() => {
    // What zod and others try and catch is no console error, but it is reported.
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(violatedDirective, blockedURI),
    );
  });
  await page.reload(); // so that nothing was said before somebody listened
  await callFromPage(page, 'app.info', {});
  for (const route of routes) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, route);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.waitForTimeout(200);
    expect([route, ...complaints]).toEqual([route]);
  }
});
