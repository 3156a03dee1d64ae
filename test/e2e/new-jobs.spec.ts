import { ids } from '../kit/renderer/sample-base.ts';
import { look } from './look.ts';
import { expect, test } from './window.ts';

const address = (page: { url(): string }): string => decodeURIComponent(page.url().split('#')[1] ?? '');

test('what new jobs begin with is chosen by keyboard, and said in the settings and in the wizard, which begins with it', async ({
  open,
}) => {
  const page = await open('/settings', { live: false });
  const card = page.locator('section', { has: page.getByRole('heading', { name: 'New jobs' }) });
  await expect(card).toContainText('As Strata comes: at any time, and nothing is removed.');
  await card.getByRole('link', { name: 'Change …' }).press('Enter');
  await expect.poll(() => address(page)).toBe('/settings/new-jobs');
  await page.locator('summary').first().press('Enter');
  await page.getByRole('textbox', { name: 'Tries after a failure' }).fill('5');
  await page.getByRole('combobox', { name: 'Keep' }).click();
  await page.getByRole('option', { name: /^Critical data/ }).click();
  await expect(page.getByRole('region', { name: '2 unsaved changes' })).toContainText('conditions and how long');
  await page.getByRole('button', { name: 'Save', exact: true }).press('Enter');
  await expect(page.getByText('New jobs begin with it')).toBeVisible();
  await expect(page.getByRole('region', { name: /unsaved/ })).toBeHidden();

  await page.getByRole('link', { name: 'Settings' }).first().click();
  await expect(card).toContainText('5 times');
  await expect(card).toContainText('How long: Critical data');

  await page.evaluate((search) => (window.location.hash = `#/jobs/new?${search}`), `source=${ids.anna}&storage=${ids.disk}`);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('How long, by your settings for new jobs: Critical data')).toBeVisible();
  // The command begins with it, too.
  await expect(page.getByLabel('The same as a command')).not.toContainText('--retries');
  await page.getByRole('button', { name: /^When/ }).click();
  await expect(page.getByText('As in your settings for new jobs')).toBeVisible();
  await page.locator('summary').first().click();
  const tries = page.getByRole('textbox', { name: 'Tries after a failure' });
  await expect(tries).toHaveValue('5');
  await tries.fill('1');
  await expect(page.getByText('Unlike your settings for new jobs')).toBeVisible();
  await page.getByRole('button', { name: 'As in the settings' }).click();
  await expect(page.getByText('As in your settings for new jobs')).toBeVisible();
});

test('a storage that has rules for new jobs of its own is asked first, and that is said', async ({ open }) => {
  const page = await open(`/jobs/new?source=${ids.anna}&storage=${ids.nas}`, { live: false });
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText(/How long, by the rules that the storage gives new jobs/)).toBeVisible();
});

test('windows that allow nothing are not kept for new jobs, and the way back is one button', async ({ open }) => {
  const page = await open('/settings/new-jobs', { live: false });
  const reset = page.getByRole('button', { name: 'As Strata comes' });
  await expect(reset).toBeDisabled();
  const grid = page.getByRole('grid', { name: /Activity windows/ });
  await grid.locator('[tabindex="0"]').focus();
  await page.keyboard.press('Control+a');
  await page.getByRole('button', { name: 'Presets' }).click();
  await page.getByRole('menuitem', { name: 'Nights, 22:00 to 06:00' }).click();
  await page.getByRole('button', { name: 'Edit as text' }).click();
  await page.getByRole('textbox', { name: 'Allowed times, one a line' }).fill('');
  await expect(page.getByRole('region', { name: /unsaved/ })).toContainText('The activity windows allow nothing');
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeDisabled();
  await reset.click();
  await expect(page.getByRole('region', { name: /unsaved/ })).toBeHidden();
});

for (const [scheme, locale, width, height] of [
  ['light', 'en-GB', 1280, 800],
  ['dark', 'de-DE', 1024, 680],
  ['light', 'de-DE', 1280, 800],
  ['dark', 'en-GB', 1024, 680],
] as const) {
  test(`its page and the settings break no rule: ${scheme}, ${locale}, ${width}`, async ({ open }) => {
    const page = await open('/settings/new-jobs', { scheme, locale, width, height, live: false });
    await page.locator('summary').first().click();
    await look(page, `new-jobs-${scheme}-${locale}`);
    await open('/settings', { scheme, locale, width, height, live: false });
    await page.getByRole('heading', { name: locale === 'de-DE' ? 'Neue Aufträge' : 'New jobs' }).scrollIntoViewIfNeeded();
    await look(page, `settings-new-jobs-${scheme}-${locale}`);
  });
}
