import type { Locator, Page } from '@playwright/test';
import { ids } from '../kit/renderer/sample-base.ts';
import { look } from './look.ts';
import { expect, test } from './window.ts';

const nas = `/storages/${ids.nas}`;
const cardOf = (page: Page, title: string): Locator =>
  page.locator('section', { has: page.getByRole('heading', { name: title }) });

test('a storage says when it is checked and emptied, what comes next, what came last and what was missed', async ({ open }) => {
  const page = await open(nas, { live: false });
  const card = cardOf(page, 'When it is looked after');
  const checks = card.getByRole('listitem').filter({ hasText: 'Checks' });
  await expect(checks).toContainText(/on Sun at 3:00|on Sun at 03:00/);
  await expect(checks).toContainText(/10% of the data each time/);
  await expect(checks).toContainText(/Next: tomorrow, 0?3:00/);
  await expect(checks).toContainText(/Missed .*, made up for /);
  await expect(card.getByRole('listitem').filter({ hasText: 'Emptying the trash' })).toContainText('once a week');
});

test('times are given to a purge, changed and taken away by keyboard alone', async ({ open }) => {
  const page = await open(nas, { live: false });
  const card = cardOf(page, 'When it is looked after');
  const change = card.getByRole('button', { name: 'Change when: Emptying the trash' });
  await change.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'NAS: Emptying the trash' });
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
  await dialog.getByRole('radio', { name: /^As usual/ }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('radio', { name: /^At times of its own/ })).toBeChecked();
  await expect(dialog.getByRole('heading', { name: 'The next runs' })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeEnabled();
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('textbox', { name: 'Cron expression' })).toHaveValue('');
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'Cron expression' }).fill('0 4 1 * *');
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeEnabled();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  const purge = card.getByRole('listitem').filter({ hasText: 'Emptying the trash' });
  await expect(purge).toContainText('0 4 1 * *');
  await expect(purge).toContainText('It has not come yet');
  await expect(change).toBeFocused();

  await change.press('Enter');
  await dialog.getByRole('radio', { name: /^As usual/ }).press('Space');
  await dialog.getByRole('button', { name: 'Save' }).press('Enter');
  await expect(purge).toContainText('once a week');
});

test('a check of a share says how large it is, and the whole of it needs none', async ({ open }) => {
  const page = await open(nas, { live: false });
  const card = cardOf(page, 'When it is looked after');
  await card.getByRole('button', { name: 'Change when: Checks' }).click();
  const dialog = page.getByRole('dialog', { name: 'NAS: Checks' });
  await expect(dialog.getByRole('textbox', { name: 'Share in percent' })).toHaveValue('10');
  await dialog.getByRole('textbox', { name: 'Share in percent' }).fill('25');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(card).toContainText('25% of the data each time');
  await card.getByRole('button', { name: 'Change when: Checks' }).click();
  await dialog.getByRole('combobox', { name: 'How thorough' }).click();
  await page.getByRole('option', { name: 'Every byte' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Share in percent' })).toBeHidden();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(card).toContainText('Every byte.');
});

for (const [scheme, locale, width, height] of [
  ['light', 'en-GB', 1280, 800],
  ['dark', 'de-DE', 1024, 680],
  ['light', 'de-DE', 1280, 800],
  ['dark', 'en-GB', 1024, 680],
] as const) {
  test(`its card and its dialog break no rule: ${scheme}, ${locale}, ${width}`, async ({ open }) => {
    const page = await open(nas, { scheme, locale, width, height, live: false });
    const isGerman = locale === 'de-DE';
    const card = cardOf(page, isGerman ? 'Wann er gepflegt wird' : 'When it is looked after');
    await card.scrollIntoViewIfNeeded();
    await look(page, `upkeep-${scheme}-${locale}`);
    await card.getByRole('button').first().click();
    await expect(page.getByRole('dialog').getByRole('heading', { level: 3 })).toBeVisible();
    await look(page, `upkeep-dialog-${scheme}-${locale}`);
  });
}
