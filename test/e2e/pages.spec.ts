import type { Page } from '@playwright/test';
import { callFromPage, expect, test } from './app.ts';
import { connect, createJob } from './client.ts';

/** Reloads the page with somebody listening from its first line on. */
async function listen(page: Page): Promise<string[]> {
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
  await page.reload();
  await callFromPage(page, 'app.info', {});
  return complaints;
}

test('the first start shows where to begin, without an error', async ({ page }) => {
  const complaints = await listen(page);
  await expect(page).toHaveURL(/#\/start$/);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('no screen breaks the policy of the window, or says an error', async ({ page, profile }) => {
  await callFromPage(page, 'app.info', {});
  const client = await connect(profile);
  const job = await createJob(client, profile, 'Letters');
  const { run } = await client.call('job.run', { id: job });
  await expect.poll(async () => (await client.call('run.show', { id: run })).status).toBe('success');
  const { storage, sources } = await client.call('job.show', { id: job });
  client.close();

  const complaints = await listen(page);
  const lists = ['/', '/browse', '/find?text=letter', '/jobs', '/runs', '/record', '/storages', '/sources', '/settings'];
  const wizards = ['/start', '/jobs/new', '/storages/new', '/sources/new', '/restore'];
  const details = [`/jobs/${job}`, `/runs/${run}`, `/storages/${storage}`, `/sources/${sources[0]}`];
  for (const route of [...lists, ...wizards, ...details]) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, route);
    await expect(page.getByRole('main'), route).toHaveText(/\w/);
    await page.waitForTimeout(200);
    expect([route, ...complaints]).toEqual([route]);
  }
});
