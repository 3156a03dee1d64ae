import { chmodSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { headerNames, walkPack } from '../../src/engine/format/index.ts';
import type { Client } from '../../src/shared/contract/client.ts';
import type { RunId } from '../../src/shared/domain/ids.ts';
import { seededRandom } from '../kit/seeded-random.ts';
import { exitCodeOf, expect, test } from './app.ts';
import { connect, createJob } from './client.ts';

/** Flips a bit in each large chunk of every pack. */
function smashPacks(storage: string): void {
  const folder = join(storage, 'packs');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((one) => one.endsWith('.pack'))) {
    const bytes = readFileSync(join(folder, name));
    for (const { header, offset } of walkPack(bytes, { path: '', file: '' })) {
      if (header.type === 'chunk') bytes[offset + 200] = (bytes[offset + 200] ?? 0) ^ 4;
    }
    chmodSync(join(folder, name), 0o600);
    writeFileSync(join(folder, name), bytes);
  }
}

const ended = async (client: Client, run: RunId): Promise<string> => {
  await expect.poll(async () => (await client.call('run.show', { id: run })).status).not.toBe('running');
  return (await client.call('run.show', { id: run })).status;
};

const goTo = (page: Page, route: string): Promise<void> =>
  page.evaluate((hash) => {
    location.hash = hash;
  }, route);

/** The dialog of a repair, from what it would do to the report of what it did. */
async function repairInDialog(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Repair storage of Films' });
  await dialog.getByRole('button', { name: 'Show what would be done' }).press('Enter');
  await expect(dialog.getByText('Everything comes back')).toBeVisible();
  await expect(dialog.getByText(/^[23] copies of small vital files are made whole\.$/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Repair now' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Repaired' })).toBeVisible();
}

test('a damaged storage is repaired in the window, and the next backup brings back what its source still has', async ({
  page,
  profile,
}) => {
  const client = await connect(profile);
  const job = await createJob(client, profile, 'Films');
  const film = seededRandom(11).bytes(3_000_000);
  writeFileSync(join(profile, 'source of Films', 'film.bin'), film);
  expect(await ended(client, (await client.call('job.run', { id: job })).run)).toBe('success');
  const { storage } = await client.call('job.show', { id: job });
  smashPacks(join(profile, 'storage of Films'));
  const check = { id: storage, level: 'all', percent: null } as const;
  expect(await ended(client, (await client.call('storage.check', check)).run)).toBe('failed');

  await goTo(page, `/storages/${storage}`);
  const note = page.getByText('1 problem found in storage of Films');
  await expect(note).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: /source of Films\/film\.bin$/ })).toBeVisible();
  await page.getByRole('button', { name: 'Repair …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Repair storage of Films' });
  await expect(dialog.getByText('This storage has no mirror that could be asked.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Show what would be done' }).click();
  await expect(dialog.getByText('Most comes back, but not all')).toBeVisible();
  await expect(dialog.getByRole('list', { name: 'Versions that lack something' })).toContainText('film.bin');
  await dialog.getByRole('button', { name: 'Repair now' }).click();
  await expect(page.getByRole('heading', { name: 'Repaired' })).toBeVisible();
  await page.goBack();
  await expect(page.getByText(/^storage of Films was repaired .*, and something is still missing$/)).toBeVisible();

  expect(await ended(client, (await client.call('job.run', { id: job })).run)).toBe('success');
  expect(await ended(client, (await client.call('storage.check', check)).run)).toBe('success');
  await expect(page.getByText('something is still missing')).toBeHidden();
  await expect(page.getByText('No damage found')).toBeVisible();
  client.close();
});

test('a commit that is lost in both copies comes back in the window from a copy in a folder', async ({ app, page, profile }) => {
  const client = await connect(profile);
  const job = await createJob(client, profile, 'Films');
  expect(await ended(client, (await client.call('job.run', { id: job })).run)).toBe('success');
  const { storage } = await client.call('job.show', { id: job });
  const [here, copy] = [join(profile, 'storage of Films'), join(profile, 'copied by hand')];
  cpSync(here, copy, { recursive: true });
  const commits = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((file) => file.includes('commits/0000000001'));
  expect(commits).toHaveLength(2);
  for (const file of commits) rmSync(join(here, file));

  await goTo(page, `/storages/${storage}`);
  await page.getByRole('button', { name: 'More', exact: true }).press('Enter');
  await page.getByRole('menuitem', { name: 'Repair …' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Repair storage of Films' });
  await dialog.getByRole('button', { name: 'Show what would be done' }).press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('damaged');
  await dialog.getByRole('button', { name: 'Back' }).press('Enter');
  await dialog.getByRole('radio', { name: /A copy of this storage/ }).press('Space');
  await app.evaluate(({ dialog: system }, folder) => {
    system.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [folder] });
  }, copy);
  await dialog.getByRole('button', { name: 'Choose …' }).press('Enter');
  await expect(dialog.getByLabel('Folder of the copy')).toHaveValue(copy);
  await repairInDialog(page);
  for (const file of commits) expect(readFileSync(join(here, file))).toEqual(readFileSync(join(copy, file)));
  const check = { id: storage, level: 'all', percent: null } as const;
  expect(await ended(client, (await client.call('storage.check', check)).run)).toBe('success');
  client.close();
});

test('a storage that lost every copy of STORAGE is opened in the window with that of a copy, and repaired from it', async ({
  start,
  profile,
}) => {
  const first = await start();
  await first.page();
  const before = await connect(profile);
  const job = await createJob(before, profile, 'Films');
  expect(await ended(before, (await before.call('job.run', { id: job })).run)).toBe('success');
  const { storage } = await before.call('job.show', { id: job });
  before.close();
  const gone = exitCodeOf(first.app.process());
  first.app.process().kill('SIGTERM');
  await gone;
  const [here, copy] = [join(profile, 'storage of Films'), join(profile, 'copied by hand')];
  cpSync(here, copy, { recursive: true });
  for (const name of headerNames) rmSync(join(here, name));

  const page = await (await start()).page();
  await page.waitForLoadState('load');
  await goTo(page, `/storages/${storage}`);
  await expect(page.getByText(`There is no storage at ${here}.`)).toBeVisible();
  await page.getByRole('button', { name: 'Open with a copy …' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Open storage of Films with a copy' });
  await expect(dialog.getByLabel('Folder of the copy')).toBeFocused();
  await page.keyboard.type(copy);
  await dialog.getByLabel('Password of the storage').fill('wrong horse');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('password');
  await dialog.getByLabel('Password of the storage').fill('correct horse battery staple');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByLabel('Folder of the copy')).toHaveValue(copy);
  await repairInDialog(page);
  for (const name of headerNames) expect(readFileSync(join(here, name))).toEqual(readFileSync(join(copy, name)));
});
