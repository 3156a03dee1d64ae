import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { takeSeat } from '../../src/engine-host/seat.ts';
import { type Client, createClient } from '../../src/shared/contract/client.ts';
import type { JobId } from '../../src/shared/domain/ids.ts';

/** What the command line does: speaks to the app's engine through the profile's socket, once it is there. */
export async function connect(profile: string): Promise<Client> {
  for (const deadline = performance.now() + 10_000; performance.now() < deadline; await sleep(100)) {
    const place = await takeSeat(profile);
    if (place.role === 'client') return createClient(place.carrier, 'command');
    place.seat.leave();
  }
  throw new Error('no engine took the profile');
}

/** A job that backs up a folder with a letter, and with `files` more of so many bytes: all holes, they cost no disk, but time to read. */
export async function createJob(client: Client, profile: string, name: string, files = 0, bytes = 0): Promise<JobId> {
  const folder = join(profile, `source of ${name}`);
  mkdirSync(folder);
  writeFileSync(join(folder, 'letter.txt'), 'Dear reader');
  for (let n = 0; n < files; n++) {
    writeFileSync(join(folder, `holes ${n}`), '');
    truncateSync(join(folder, `holes ${n}`), bytes);
  }
  const { id: storage } = await client.call('storage.create', {
    name: `storage of ${name}`,
    path: join(profile, `storage of ${name}`),
    password: 'correct horse battery staple',
    keepInKeychain: false,
  });
  const { id: source } = await client.call('source.add', {
    name: `source of ${name}`,
    settings: { kind: 'files', paths: [folder], exclude: [], excludeIfPresent: [], oneFileSystem: false },
    secret: null,
    keepInKeychain: false,
  });
  const { id } = await client.call('job.create', {
    name,
    sources: [source],
    storage,
    schedule: { mode: 'manual' },
  });
  return id;
}
