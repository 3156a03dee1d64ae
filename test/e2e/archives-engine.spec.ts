import fs from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { callFromPage, expect, test } from './app.ts';

/** A storage with one moment of one folder, made through the window's own engine. */
async function savedFolder(page: Page, profile: string): Promise<string> {
  fs.mkdirSync(join(profile, 'files'));
  fs.writeFileSync(join(profile, 'files/letter.txt'), 'Dear Ada');
  const given = { path: join(profile, 'storage'), password: 'granite otter ferry cobalt', keepInKeychain: false };
  const { id } = await callFromPage(page, 'storage.create', { name: 'Disk', ...given });
  const paths = [join(profile, 'files')];
  const settings = { kind: 'files', paths, exclude: [], excludeIfPresent: [], oneFileSystem: false } as const;
  const source = await callFromPage(page, 'source.add', { name: 'Files', settings, secret: null, keepInKeychain: false });
  const definition = { name: 'J', sources: [source.id], storage: id, schedule: { mode: 'manual' } } as const;
  const job = await callFromPage(page, 'job.create', definition);
  const { run } = await callFromPage(page, 'job.run', { id: job.id });
  await expect.poll(async () => (await callFromPage(page, 'run.show', { id: run })).status, { timeout: 30_000 }).toBe('success');
  return id;
}

const onward = (page: Page) => page.locator('form > footer button[type=submit]');

test('an archive is made and filled from the window by keyboard, and has all of the storage', async ({ app, page, profile }) => {
  test.setTimeout(180_000);
  const storage = await savedFolder(page, profile);
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/storages/${storage}`);
  await page.getByRole('link', { name: 'Make an archive …' }).press('Enter');
  await page.getByLabel('Folder', { exact: true }).fill(join(profile, 'archive'));
  await page.keyboard.press('Enter');
  await expect(page.getByText('It will be made.')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue("Archive of 'Disk'");
  await page.keyboard.press('Enter');
  await page.getByRole('radio', { name: /^Only some sources/ }).press('Space');
  await page.getByRole('checkbox', { name: 'Files' }).press('Space');
  await onward(page).press('Enter');
  await onward(page).press('Enter');
  await onward(page).press('Enter');
  await expect(page.getByRole('heading', { name: 'Keep the recovery sheet' })).toBeVisible({ timeout: 30_000 });
  const sheet = join(profile, 'sheet.txt');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, sheet);
  await page.getByRole('button', { name: 'Save as a file…' }).press('Enter');
  await expect.poll(() => fs.existsSync(sheet)).toBe(true);
  await page.locator('input[inputmode]').first().focus();
  await page.keyboard.type(/Check characters: (\w{4})/.exec(fs.readFileSync(sheet, 'utf8'))?.[1] ?? '');
  await onward(page).press('Enter');

  await expect(page.getByText("Archive of 'Disk' is an archive of Disk from now on")).toBeVisible();
  const line = page.getByRole('region', { name: 'Archives', exact: true }).getByRole('listitem');
  await expect(line).toContainText('Not filled yet: 1 moment waits for it.');
  await expect(line).toContainText('only Files');
  await line.getByRole('button', { name: 'Fill now' }).press('Enter');
  await expect(line).toContainText('Lacks nothing; last filled', { timeout: 60_000 });
  const [archive] = await callFromPage(page, 'mirror.list', { origin: null });
  expect(archive?.archive?.sources).toHaveLength(1);
  if (archive === undefined) throw new Error('no archive');
  const saved = await callFromPage(page, 'source.saved', { storage: archive.id });
  expect(saved.map(({ name }) => name)).toEqual(['Files']);
});
