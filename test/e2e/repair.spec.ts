import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { walkPack } from '../../src/engine/format/index.ts';
import type { Client } from '../../src/shared/contract/client.ts';
import type { RunId } from '../../src/shared/domain/ids.ts';
import { seededRandom } from '../kit/seeded-random.ts';
import { expect, test } from './app.ts';
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

  await page.evaluate((hash) => {
    location.hash = hash;
  }, `/storages/${storage}`);
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
