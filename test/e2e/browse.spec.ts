import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '../../src/shared/contract/client.ts';
import type { SourceId, StorageId } from '../../src/shared/domain/ids.ts';
import { expect, test } from './app.ts';
import { connect } from './client.ts';

async function addFolder(client: Client, profile: string, name: string): Promise<SourceId> {
  const folder = join(profile, name, 'Drawings');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'quay.txt'), 'A quay');
  const { id } = await client.call('source.add', {
    name,
    settings: { kind: 'files', paths: [join(profile, name)], exclude: [], excludeIfPresent: [], oneFileSystem: false },
    secret: null,
    keepInKeychain: false,
  });
  return id;
}

async function backUp(client: Client, source: SourceId, storage: StorageId): Promise<void> {
  const { id } = await client.call('job.create', {
    name: `Job of ${source}`,
    sources: [source],
    storage,
    schedule: { mode: 'manual' },
  });
  await client.call('job.run', { id });
}

test('a source that comes while someone looks stands open, and what they closed stays closed', async ({ page, profile }) => {
  const client = await connect(profile);
  const { id: storage } = await client.call('storage.create', {
    ...{ name: 'Disk', path: join(profile, 'disk'), password: 'granite otter ferry cobalt', keepInKeychain: false },
  });
  await backUp(client, await addFolder(client, profile, 'Yard'), storage);
  await page.evaluate(() => {
    location.hash = '#/browse';
  });
  const drawings = page.getByRole('treeitem', { name: 'Drawings' });
  await expect(drawings).toHaveCount(1);
  await page.getByRole('treeitem', { name: 'Yard' }).first().locator('svg').first().click();
  await expect(drawings).toHaveCount(0);

  await backUp(client, await addFolder(client, profile, 'Office'), storage);
  await expect(drawings).toHaveCount(1);
  await expect(page.getByRole('treeitem', { name: 'Yard' }).first()).toHaveAttribute('aria-expanded', 'false');
});
