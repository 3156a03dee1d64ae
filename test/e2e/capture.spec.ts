import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './app.ts';
import { connect } from './client.ts';

test('the app saves a file soon after it was written, and the page of the job says that it watches', async ({
  page,
  profile,
}) => {
  const client = await connect(profile);
  const folder = test.info().outputPath('letters');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'first.txt'), 'Dear reader');
  const password = 'correct horse battery staple';
  const place = { name: 'Disk', path: join(profile, 'disk'), password, keepInKeychain: false };
  const { id: storage } = await client.call('storage.create', place);
  const settings = { kind: 'files', paths: [folder], exclude: [], excludeIfPresent: [], oneFileSystem: false } as const;
  const source = await client.call('source.add', { name: 'Letters', settings, secret: null, keepInKeychain: false });
  const schedule = { mode: 'continuous', idleMs: 3_600_000 } as const;
  const { id } = await client.call('job.create', { name: 'Daily', sources: [source.id], storage, schedule });
  const watch = async () => (await client.call('job.show', { id })).watch;

  const { run } = await client.call('job.run', { id });
  await expect.poll(async () => (await client.call('run.show', { id: run })).status, { timeout: 60_000 }).toBe('success');
  await expect.poll(async () => (await watch()).sources[0]?.state, { timeout: 60_000 }).toBe('events');
  writeFileSync(join(folder, 'second.txt'), 'Dear reader, once more');
  await expect.poll(async () => (await watch()).changes, { timeout: 60_000 }).toBe(1);
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/jobs/${id}`);
  await expect(page.getByText(/Watching since .*Last change/)).toBeVisible();
});
