import type { Locator, Page } from '@playwright/test';
import { ids } from '../kit/renderer/sample-base.ts';
import { look } from './look.ts';
import { expect, test } from './window.ts';

const nas = `/storages/${ids.nas}`;
const cardOf = (page: Page, title: string): Locator =>
  page.locator('section', { has: page.getByRole('heading', { name: title, exact: true }) });

test('what items say is searched when a person wants it: what that costs stands beside the switch, and how far it has come', async ({
  open,
}) => {
  const page = await open(nas, { live: false });
  const card = cardOf(page, 'Search in texts');
  await expect(card).toContainText('stands encrypted on this computer');
  await expect(card).toContainText('40 MB for 10,000 short messages');
  const wanted = card.getByRole('switch', { name: 'Search what items say' });
  await expect(wanted).not.toBeChecked();
  await expect(card.getByRole('status')).toBeHidden();

  await wanted.press('Space');
  await expect(wanted).toBeChecked();
  await expect(card.getByRole('status')).toHaveText('Text of 12,300 of 50,000 items so far. 2 items could not be read.');
  await expect(card.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '24');
  await look(page, 'texts-card');

  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog');
  await palette.getByRole('combobox').fill('lighth');
  const hit = palette.getByRole('option').filter({ hasText: 'repaint the lighthouse in the spring' });
  await expect(hit).toBeVisible();
  await expect(hit.locator('mark')).toHaveText('lighthouse');
  await expect(palette.getByRole('status')).toContainText('Text of 12,300 of 50,000 items so far.');
  await look(page, 'texts-palette');
  await page.keyboard.press('Escape');

  await card.getByRole('button', { name: 'Go on now' }).press('Enter');
  await expect(card.getByRole('status')).toContainText('The text of all 50,000 items can be searched: 200 MB on this computer.');
  await expect(card.getByRole('progressbar')).toBeHidden();
  await wanted.press('Space');
  await expect(wanted).not.toBeChecked();
  await expect(card.getByRole('status')).toBeHidden();
});

test('in German, dark, and in a small window', async ({ open }) => {
  const page = await open(nas, { live: false, locale: 'de-DE', scheme: 'dark', width: 1024, height: 680 });
  const card = cardOf(page, 'Suche in Texten');
  await card.getByRole('switch').press('Space');
  await expect(card.getByRole('status')).toContainText('Bisher der Text von 12.300 von 50.000 Einträgen.');
  await card.scrollIntoViewIfNeeded();
  await look(page, 'texts-card-de-dark');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('lighthouse');
  await expect(page.getByRole('dialog').locator('mark')).toHaveText('lighthouse');
  await look(page, 'texts-palette-de-dark');
});
