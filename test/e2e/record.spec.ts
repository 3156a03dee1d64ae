import { look } from './look.ts';
import { expect, shellCalls, test } from './window.ts';

const narrow = { width: 1024, height: 680, scheme: 'dark', locale: 'de-DE', live: false } as const;
const wide = { width: 1280, height: 800, live: false } as const;

test('From the activity to the record, narrowed down by act, storage and words', async ({ open }) => {
  const page = await open('/runs', wide);
  await page.getByRole('link', { name: 'Record' }).press('Enter');
  await expect(page.getByRole('cell', { name: 'Exported' })).toBeVisible();
  await expect(page.getByRole('cell', { name: /Clients\/Quay 7\/Offer/ })).toBeVisible();
  await expect(page.getByText('1 item, named once the storage is unlocked')).toBeVisible();
  await look(page, 'record-light-en-wide');

  await page.getByRole('searchbox').fill('letters');
  await expect(page.getByRole('row', { name: /Exported/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /Looked at content/ })).toHaveCount(0);
  await page.getByRole('searchbox').fill('days that the record');
  await expect(page.getByRole('row', { name: /days that the record goes back: 365/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /Exported/ })).toHaveCount(0);
  await page.getByRole('searchbox').fill('nobody at all');
  await page.getByRole('link', { name: /Clear/ }).press('Enter');
  await page.getByRole('combobox', { name: 'Which act' }).press('Enter');
  await page.getByRole('option', { name: 'Deleted what is no longer kept' }).click();
  await expect(page.getByRole('row', { name: /by itself/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /Exported/ })).toHaveCount(0);
  await page.getByRole('link', { name: 'done' }).press('Enter');
  await expect(page).toHaveURL(/\/runs\//);
});

test('All of the record that fits is saved as CSV, with the columns of the command line', async ({ open }) => {
  const page = await open('/record?act=export', wide);
  await page.getByRole('button', { name: 'Save as CSV' }).press('Enter');
  const saved = (await shellCalls(page)).find(({ name }) => name === 'shell.saveBytes')?.input as {
    readonly fileName: string;
    readonly bytes: Record<string, number>;
  };
  expect(saved.fileName).toBe('strata-record.csv');
  const lines = Buffer.from(Object.values(saved.bytes)).toString().trim().split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^time,act,from,user,storage,/);
  expect(lines[1]).toContain(',export,window,anna,NAS,');
});

test('How far the record goes back is set in the settings', async ({ open }) => {
  const page = await open('/settings', wide);
  const keep = page.getByRole('combobox', { name: 'How far it goes back' });
  await expect(keep).toHaveValue('one year');
  await keep.press('Enter');
  await page.getByRole('option', { name: 'to its beginning' }).click();
  await expect(keep).toHaveValue('to its beginning');
  await page.getByRole('link', { name: 'Open the record' }).press('Enter');
  await expect(page).toHaveURL(/\/record/);
});

test('The record in a small dark window, in German', async ({ open }) => {
  const page = await open('/record', narrow);
  await expect(page.getByRole('cell', { name: 'Exportiert' })).toBeVisible();
  await look(page, 'record-dark-de-narrow');
  await page.goto(`${page.url().split('#')[0]}#/settings`);
  await page.getByRole('link', { name: 'Protokoll öffnen' }).scrollIntoViewIfNeeded();
  await look(page, 'record-settings-dark-de-narrow');
});
