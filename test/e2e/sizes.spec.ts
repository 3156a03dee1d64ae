import { ids } from '../kit/renderer/sample-base.ts';
import { look } from './look.ts';
import { expect, shellCalls, test } from './window.ts';

const narrow = { width: 1024, height: 680, scheme: 'dark', locale: 'de-DE', live: false } as const;
const wide = { width: 1280, height: 800, live: false } as const;

test('From a storage to a folder that takes much room, by keyboard, and out of the backups', async ({ open }) => {
  const page = await open(`/storages/${ids.nas}`, wide);
  await page.getByRole('link', { name: 'Look closer' }).press('Enter');
  const place = page.getByRole('navigation', { name: 'Where you are' });
  const row = (name: string) => page.getByRole('rowheader', { name }).getByRole('link');
  await expect(row('anna@nord.example')).toBeVisible();
  await look(page, 'sizes-sources-light-en-wide');
  await row('anna@nord.example').press('Enter');
  await expect(place.getByText('anna@nord.example')).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('rowheader').first().getByRole('link')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('rowheader').nth(1).getByRole('link')).toBeFocused();
  await look(page, 'sizes-folders-light-en-wide');
  await row('Clients').press('Enter');
  await row('Quay 7').press('Enter');
  await expect(page.getByRole('rowheader', { name: 'Messages' })).toBeVisible();
  await row('Messages').press('Enter');
  await expect(page.getByRole('rowheader', { name: /Ines Duarte/ })).toBeVisible();
  await expect(page.getByText('A job cannot leave out mail by its sender.')).toBeVisible();
  await look(page, 'sizes-senders-light-en-wide');
  for (const name of ['Quay 7', 'Clients', 'anna@nord.example']) {
    await page.keyboard.press('Backspace');
    await expect(place.getByText(name)).toHaveAttribute('aria-current', 'page');
  }

  await page.getByRole('link', { name: 'Exclude… Archive' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Not these folders: Archive.')).toBeVisible();
  await expect(dialog.getByText(/fewer than now/)).toBeVisible();
  await look(page, 'sizes-exclude-light-en-wide');
  await dialog.getByRole('button', { name: 'Use this choice' }).press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Not these folders: Archive.').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save job' })).toBeEnabled();
});

test('What is excluded for no longer than a look is not excluded', async ({ open }) => {
  const page = await open(`/jobs/${ids.mailToNas}?source=${ids.anna}&without=Archive`, wide);
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Not these folders: Archive.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Not these folders')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Save job' })).toHaveCount(0);
});

test('The table is saved as CSV with the columns of the command line', async ({ open }) => {
  const page = await open(`/storages/${ids.nas}/sizes?source=${ids.anna}&by=kind`, wide);
  await page.getByRole('button', { name: 'Save as CSV' }).press('Enter');
  const saved = (await shellCalls(page)).find(({ name }) => name === 'shell.saveBytes')?.input as {
    readonly fileName: string;
    readonly bytes: Record<string, number>;
  };
  expect(saved.fileName).toBe('strata-sizes-by-kind.csv');
  const text = Buffer.from(Object.values(saved.bytes)).toString();
  expect(text).toMatch(/^kind,items,bytes,versions,versionBytes\nmessage,\d+,\d+,\d+,\d+\n$/);
});

test('In German, in the dark and in a small window', async ({ open }) => {
  const page = await open(`/storages/${ids.nas}/sizes?source=${ids.anna}`, narrow);
  await expect(page.getByRole('rowheader', { name: 'Archive' })).toBeVisible();
  await look(page, 'sizes-folders-dark-de-narrow');
  await page.getByRole('radio', { name: 'Absender' }).press('Space');
  await expect(page.getByText(/Ein Auftrag kann Nachrichten nicht/)).toBeVisible();
  await look(page, 'sizes-senders-dark-de-narrow');
  const browse = await open('/browse', narrow);
  await browse.getByRole('link', { name: 'Was den Platz braucht' }).press('Enter');
  await expect(browse.getByRole('navigation', { name: 'Wo Sie sind' })).toBeVisible();
});
