import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { ids } from '../kit/renderer/sample-base.ts';
import { announce, expect, test } from './window.ts';

/** As the engine does after each change. */
const changed = (page: Page): Promise<void> => announce(page, 'changed', { what: 'alerts' });

async function breaksNoRule(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))])).toEqual([]);
}

test('what was said is there, read or not, and leads to its run', async ({ open }) => {
  const page = await open('/alerts', { live: false });
  const inbox = page.locator('section', { has: page.getByRole('heading', { name: 'What was said' }) });
  await expect(inbox.getByRole('listitem')).toHaveCount(5);
  await expect(page.getByText('2 unread', { exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: '2 unread alerts' })).toBeVisible();
  await expect(inbox.getByRole('link', { name: /^Unread: / }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await changed(page);
  await expect(page.getByRole('button', { name: 'Mark all as read' })).toBeHidden();
  await expect(page.getByRole('link', { name: '2 unread alerts' })).toBeHidden();
});

test('what was said is narrowed down, and says when there is nothing of it', async ({ open }) => {
  const page = await open('/alerts', { live: false });
  const inbox = page.locator('section', { has: page.getByRole('heading', { name: 'What was said' }) });
  const choose = async (name: string, option: string): Promise<void> => {
    await inbox.getByRole('combobox', { name }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: option }).waitFor();
    await page.getByRole('option', { name: option }).click();
  };
  await choose('How grave', 'Critical');
  await expect(inbox.getByRole('listitem')).toHaveCount(1);
  await choose('How grave', 'Errors and worse');
  await expect(inbox.getByRole('listitem')).toHaveCount(3);
  await breaksNoRule(page);
  await choose('What for', 'Restores');
  await expect(inbox.getByText('Nothing of this was said.')).toBeVisible();
  await choose('What for', 'Whatever it is');
  await choose('How grave', 'However grave');
  await expect(inbox.getByRole('listitem')).toHaveCount(5);
});

test('a way that works says when, and one that does not says why', async ({ open }) => {
  const page = await open('/alerts', { live: false });
  await page.getByRole('button', { name: 'Test Anna’s mail' }).click();
  await expect(page.getByText('Anna’s mail works: a message arrived')).toBeVisible();
  await page.getByRole('button', { name: 'Test Phone' }).click();
  await expect(page.getByText('The test message to Phone did not arrive')).toBeVisible();
});

test('a way is added and tried by keyboard alone', async ({ open }) => {
  const page = await open('/alerts', { live: false });
  await page.getByRole('button', { name: 'Add a way…' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  const add = dialog.getByRole('button', { name: 'Add and test' });
  await expect(add).toBeDisabled();
  // The dialog takes the focus when it has come in; who types before that types elsewhere.
  await expect(dialog.locator(':focus')).toHaveCount(1);
  await dialog.getByRole('combobox', { name: 'Kind' }).press('Enter');
  await page.getByRole('option', { name: 'ntfy' }).waitFor();
  await page.keyboard.type('n');
  await page.getByRole('option', { name: 'ntfy' }).click();
  await dialog.getByLabel('Name', { exact: true }).fill('My phone');
  await dialog.getByLabel('Address', { exact: true }).fill('https://ntfy.example/strata');
  await expect(add).toBeEnabled();
  await dialog.getByRole('checkbox', { name: 'A backup succeeded' }).press('Space');
  await dialog.getByLabel('Name', { exact: true }).press('Enter');
  await expect(dialog).toBeHidden();
  await changed(page);
  await expect(page.getByRole('button', { name: 'Test My phone' })).toBeVisible();
});

test('a job tells one way something of its own', async ({ open }) => {
  const page = await open(`/jobs/${ids.mailToNas}`, { live: false });
  const own = page.getByRole('switch', { name: 'Own choice for Phone' });
  await own.press('Space');
  await changed(page);
  const phone = page.getByRole('listitem').filter({ has: own });
  await expect(phone.getByRole('checkbox', { name: 'Something failed' })).toBeChecked();
  await phone.getByRole('checkbox', { name: 'A backup begins' }).press('Space');
  await changed(page);
  await expect(phone.getByRole('checkbox', { name: 'A backup begins' })).toBeChecked();
  await own.press('Space');
  await changed(page);
  await expect(phone.getByRole('checkbox').first()).toBeHidden();
});

for (const [scheme, locale, width, height] of [
  ['light', 'en-US', 1280, 800],
  ['dark', 'de-DE', 1024, 680],
] as const) {
  test(`the screen breaks no rule (${scheme}, ${locale})`, async ({ open }) => {
    const page = await open('/alerts', { width, height, scheme, locale, live: false });
    await expect(page.getByRole('listitem').first()).toBeVisible();
    await page.waitForTimeout(400);
    await breaksNoRule(page);
    await page.screenshot({ path: test.info().outputPath('alerts.png') });
    await page.getByRole('button', { name: locale === 'de-DE' ? 'Weg hinzufügen…' : 'Add a way…' }).click();
    await page.getByRole('dialog').waitFor();
    await page.waitForTimeout(400);
    await breaksNoRule(page);
    await page.screenshot({ path: test.info().outputPath('alerts-add.png') });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide, 'nothing is wider than the window').toBe(0);
  });
}
