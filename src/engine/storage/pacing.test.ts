import { expect, it } from 'vitest';
import { SimFileSystem } from '../../../test/kit/sim-file-system.ts';
import { MapCatalog, someBytes, storeBytes, testDeps, testStorage } from '../../../test/kit/storage-world.ts';
import { openLocalTarget } from '../targets/local/index.ts';
import { createStorage } from './open-storage.ts';
import type { StorageDeps } from './storage.ts';

/** How long, by the clock, storing so many contents of 20 KB takes. */
async function timeFor(limits: ReturnType<NonNullable<StorageDeps['limits']>>, contents: number): Promise<number> {
  const files = new SimFileSystem();
  const deps = testDeps(files, { limits: () => limits });
  const { storage } = await createStorage(openLocalTarget(files, '/disk', deps.random), testStorage, deps);
  const lock = storage.lock('backup', 'write');
  const writer = storage.writer(lock, new MapCatalog());
  const beganMs = deps.clock.monotonicMs();
  let isDone = false;
  const storing = (async () => {
    for (let at = 0; at < contents; at += 1) await storeBytes(writer, `item ${at}`, someBytes(20_000, at));
    isDone = true;
  })();
  while (!isDone) await deps.clock.advance(20);
  await storing;
  writer.abandon();
  lock.release();
  return deps.clock.monotonicMs() - beganMs;
}

it('a limit of items or of bytes a second slows a writer down to it, and none does not', async () => {
  const none = { writeBytesPerSecond: null, itemsPerSecond: null };
  expect(await timeFor(none, 60)).toBeLessThan(1000);
  expect(await timeFor({ ...none, itemsPerSecond: 10 }, 60)).toBeGreaterThan(5000);
  expect(await timeFor({ ...none, writeBytesPerSecond: 200_000 }, 60)).toBeGreaterThan(4500);
});
