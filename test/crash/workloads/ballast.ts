import { act, hide } from '../../kit/removal-world.ts';
import type { SimFileSystem } from '../../kit/sim-file-system.ts';
import { MapCatalog, someBytes } from '../../kit/storage-world.ts';
import { type Contents, copyOf, openOn, startDisks, targetOn } from '../sim-world.ts';
import type { NamedWorkload, Workload } from '../workload.ts';
import { requireOneOf, requireSeen, type Seen } from './removing.ts';

const stays: Contents = { b: someBytes(3000, 2, 'text'), c: someBytes(20_000, 3) };
const goes: Contents = { a: someBytes(40_000, 1) };
const ballast = '/disk/ballast';
const roomBytes = 1024 * 1024;

/** Not a block is free, so that a lock, and the commit that frees room, fit in the ballast's place alone. Then there is room, and a new one. */
export const ballasting: NamedWorkload = {
  name: 'a commit in the place of the ballast',
  async make(): Promise<Workload<Seen>> {
    const disks = await startDisks();
    const before = await disks.with(stays, goes);
    before.plant(ballast, someBytes(64 * 1024, 5));
    before.limit(before.usedBytes);
    const hideOn = async (files: SimFileSystem): Promise<void> => {
      const { storage, deps } = await openOn(files, disks.secret);
      await hide(storage, deps, MapCatalog.rebuilt(storage), ['a']);
    };
    return {
      name: ballasting.name,
      before: copyOf(before),
      promisedBefore: [{ ...stays, ...goes }, stays],
      async run(files, progress) {
        await hideOn(files);
        progress.promised = [stays];
        if (files.files().has(ballast)) throw new Error('the commit did not need the ballast');
        files.limit(files.usedBytes + roomBytes);
        const { storage, deps } = await openOn(files, disks.secret);
        await act(storage, deps, MapCatalog.rebuilt(storage), {});
      },
      async judge(found, seen) {
        const { storage } = await openOn(found, disks.secret);
        await requireOneOf(storage, MapCatalog.rebuilt(storage), seen);
        found.limit(Number.POSITIVE_INFINITY);
        await requireSeen(found, seen, disks.secret);
        const { deps } = await openOn(found, disks.secret);
        if ((targetOn(found, deps).size('ballast') ?? 0) === 0) throw new Error('there is no ballast again');
      },
      recover: hideOn,
    };
  },
};
