import type { Page } from '@playwright/test';
import { ids } from '../kit/renderer/sample-base.ts';
import { look } from './look.ts';
import { expect, test } from './window.ts';

const nas = `/storages/${ids.nas}`;
const archivesOf = (page: Page, name = 'Archives') => page.getByRole('region', { name, exact: true });
const onward = (page: Page) => page.locator('footer button[type=submit]');

test('an archive says what it takes, what it lacks and when it is filled, and is filled now by keyboard', async ({ open }) => {
  const page = await open(nas, { world: 'archived', live: false });
  const archives = archivesOf(page);
  const whole = archives.getByRole('listitem').filter({ hasText: "Archive of 'NAS'" });
  await expect(whole).toContainText('Lacks 161 moments, since');
  await expect(whole).toContainText('takes everything, filled when you say so, at another place and keeps everything');
  const part = archives.getByRole('listitem').filter({ hasText: 'People and dates' });
  await expect(part).toContainText('Not filled yet: 172 moments wait for it.');
  await expect(part).toContainText('only anna@nord.example, only events and contacts');
  // They are no mirrors: nothing of the rule of three is said of them.
  await expect(page.getByText('4 copies with the originals')).toBeVisible();
  await whole.getByRole('button', { name: 'Fill now' }).press('Enter');
  await expect(page.getByText("Archive of 'NAS' is being filled")).toBeVisible();

  await part.getByRole('button', { name: 'More for People and dates' }).press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Follow each backup again' })).toHaveCount(0);
  await page.getByRole('menuitem', { name: 'Fill it no more …' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Fill People and dates no more?' });
  await expect(dialog).toContainText('What it holds stays, and it is a storage like any other.');
  await dialog.getByRole('button', { name: 'Fill it no more' }).press('Enter');
  await expect(page.getByText('People and dates receives nothing more from NAS')).toBeVisible();
});

test('an archive is made of some sources and kinds, by keyboard alone, and says at each step what is missing', async ({
  open,
}) => {
  const page = await open(nas, { live: false });
  await archivesOf(page).getByRole('link', { name: 'Make an archive …' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Where should the archive be?');
  const folder = page.getByLabel('Folder', { exact: true });
  await expect(folder).toBeFocused();
  await page.keyboard.type('/srv/backup/strata/inside');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('/media/anna/vault/new');
  await page.keyboard.press('Enter');
  await expect(page.getByText('400 GB')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue("Archive of 'NAS'");
  await page.keyboard.press('Enter');

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What should be in it?');
  await page.getByRole('radio', { name: /^All sources/ }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('form > footer')).toContainText('Choose at least one source');
  await expect(onward(page)).toBeDisabled();
  await page.getByRole('checkbox', { name: 'anna@nord.example' }).press('Space');
  await page.getByRole('radio', { name: /^Only some kinds/ }).press('Space');
  await expect(page.locator('form > footer')).toContainText('Choose at least one kind');
  await page.getByRole('checkbox', { name: 'contacts' }).press('Space');
  await onward(page).press('Enter');

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('When is it filled, and how long does it keep?');
  await page.getByRole('radio', { name: /^When I say so/ }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('heading', { name: 'The next runs' })).toBeVisible();
  await onward(page).press('Enter');
  const steps = page.getByRole('navigation', { name: 'New archive' });
  await expect(steps).toContainText('anna@nord.example · contacts');
  await expect(steps).toContainText('At times of its own');
  await expect(onward(page)).toHaveText('Make the archive');
  await onward(page).press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Keep the recovery sheet');
  await expect(onward(page)).toBeDisabled();
});

test('a folder inside the storage is refused before anything is made', async ({ open }) => {
  const page = await open(`/storages/new?archiveOf=${ids.spare}`, { world: 'spare', live: false });
  await page.getByLabel('Folder', { exact: true }).fill('/media/anna/new/strata/inside/');
  await page.keyboard.press('Enter');
  await expect(page.locator('form > footer')).toContainText('Choose a folder outside the storage');
  await expect(onward(page)).toBeDisabled();
  await page.getByLabel('Folder', { exact: true }).fill('/media/anna/new/strata 2');
  await page.getByRole('button', { name: 'Check this folder' }).press('Enter');
  await expect(onward(page)).toBeEnabled();
});

for (const [scheme, locale, width, height] of [
  ['light', 'en-GB', 1280, 800],
  ['dark', 'de-DE', 1024, 680],
  ['light', 'de-DE', 1280, 800],
  ['dark', 'en-GB', 1024, 680],
] as const) {
  test(`archives and how one is made break no rule: ${scheme}, ${locale}, ${width}`, async ({ open }) => {
    const options = { scheme, locale, width, height, live: false } as const;
    const isGerman = locale === 'de-DE';
    const picture = (name: string): string => `archives-${name}-${scheme}-${locale}`;
    const page = await open(nas, { ...options, world: 'archived' });
    await archivesOf(page, isGerman ? 'Archive' : 'Archives').scrollIntoViewIfNeeded();
    await look(page, picture('list'));
    const wizard = await open(`/storages/new?archiveOf=${ids.nas}`, options);
    await wizard.getByLabel(isGerman ? 'Ordner' : 'Folder', { exact: true }).fill('/media/anna/vault');
    await wizard.keyboard.press('Enter');
    await expect(wizard.getByText('400 GB')).toBeVisible();
    await look(wizard, picture('place'));
    await onward(wizard).click();
    await onward(wizard).click();
    await wizard.getByRole('radio', { name: isGerman ? /^Nur einige Quellen/ : /^Only some sources/ }).click();
    await wizard.getByRole('radio', { name: isGerman ? /^Nur einige Arten/ : /^Only some kinds/ }).click();
    await wizard.getByRole('checkbox', { name: 'anna@nord.example' }).click();
    await look(wizard, picture('takes'));
    await wizard.getByRole('checkbox', { name: isGerman ? 'Kontakte' : 'contacts' }).click();
    await onward(wizard).click();
    await look(wizard, picture('by-hand'));
    await wizard.getByRole('radio', { name: isGerman ? /^Zu eigenen Zeiten/ : /^At times of its own/ }).click();
    await look(wizard, picture('times'));
    await onward(wizard).click();
    await look(wizard, picture('protect'));
  });
}
