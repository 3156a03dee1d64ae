import { expect, it, vi } from 'vitest';
import { ServiceWorld } from '../../../test/kit/service-world.ts';
import { draftOf, testRun } from '../../../test/kit/storage-world.ts';

it('a look at a storage leaves alone the commit whose rows are on their way into its catalog', async () => {
  const world = await ServiceWorld.make(['mail']);
  const open = await world.open();
  const lock = open.storage.lock('backup', 'write');
  await open.storage.writer(lock, open.catalog).commit(draftOf(world), testRun(world));
  lock.release();
  const isApplying = vi.spyOn(open.catalog, 'isApplying').mockReturnValue(true);
  world.opened.refresh(open);
  expect(open.catalog.applied().sequence).toBe(0);
  isApplying.mockRestore();
  world.opened.refresh(open);
  expect(open.catalog.applied().sequence).toBe(1);
});
