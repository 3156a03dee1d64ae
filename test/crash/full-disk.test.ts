import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isStrataError } from '../../src/shared/domain/strata-error.ts';
import { act, dayMs, emptyTrash, hide, prune } from '../kit/removal-world.ts';
import { MapCatalog } from '../kit/storage-world.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { told } from './crash-everywhere.ts';
import { killContents } from './kill-contents.ts';
import { noteProof } from './proof-notes.ts';
import { MemoryDisk, memoryDiskIsMissing } from './real/memory-disk.ts';
import { createReal, holdReal, openReal, putBack, requireCycles } from './real/real-world.ts';
import { commitContents } from './sim-world.ts';
import { inTier } from './tier.ts';

const cycles = 2;
const page = 4096;
/** How many pages are left of the disk when a cycle begins: from nothing to more than it needs. Filling a large one takes long. */
const few = [0, 3, 20, 200];
const sizes: Readonly<Record<string, readonly number[]>> = inTier({
  quick: { 2: few },
  full: { 2: Array.from({ length: 201 }, (_, pages) => pages), 8: few, 40: few },
});

/** A cycle on a disk that may be too small for it. True: it was committed. */
async function cycleOn(folder: string, secret: string): Promise<boolean> {
  const { storage, deps } = await openReal(folder, secret);
  try {
    await commitContents({ storage, deps }, MapCatalog.rebuilt(storage), killContents(cycles + 1));
    return true;
  } catch (error) {
    if (isStrataError(error) && ['disk.full', 'storage.nearly-full'].includes(error.code)) return false;
    throw error;
  } finally {
    storage.close();
  }
}

/** Everything is listed and read, whatever is left of the disk. */
async function requireReadable(folder: string, secret: string, commits: number): Promise<void> {
  const { storage, deps } = await openReal(folder, secret);
  try {
    await requireCycles({ storage, deps }, MapCatalog.rebuilt(storage), commits);
  } finally {
    storage.close();
  }
}

/** What waits in the trash, and is due, goes for good: the one thing that helps. */
async function requireRoom(disk: MemoryDisk, secret: string): Promise<void> {
  const { storage, deps } = await openReal(disk.path, secret);
  try {
    const catalog = MapCatalog.rebuilt(storage);
    await hide(storage, deps, catalog, Object.keys(killContents(1)));
    await prune(storage, deps, catalog);
    await deps.clock.advance(40 * dayMs);
    await act(storage, deps, catalog, {});
    disk.fillBut(0);
    if (disk.freeBytes > 0) throw new Error('something is free');
    const { packs } = await emptyTrash(storage, deps);
    if (packs === 0 || disk.freeBytes === 0) throw new Error('nothing came free');
  } finally {
    storage.close();
  }
}

async function tryFull(disk: MemoryDisk, made: string, secret: string, free: number): Promise<'committed' | 'full'> {
  putBack(made, disk.path);
  disk.fillBut(free);
  const isCommitted = await cycleOn(disk.path, secret);
  disk.fillBut(0);
  await requireReadable(disk.path, secret, isCommitted ? cycles + 1 : cycles);
  disk.clear();
  await holdReal(disk.path, secret, isCommitted ? cycles + 1 : cycles);
  return isCommitted ? 'committed' : 'full';
}

it('a disk that becomes full at any point says so; with no byte free all of it is read, and room is made', async (context) => {
  const [folder, made] = [temporaryFolder(), temporaryFolder()];
  const missing = memoryDiskIsMissing(folder);
  if (missing !== undefined) return context.skip(missing);
  mkdirSync(join(made, 'storage'));
  const secret = await createReal(made, cycles);
  const violations: string[] = [];
  const tally = { committed: 0, full: 0 };
  for (const [size, pages] of Object.entries(sizes)) {
    const disk = new MemoryDisk(folder, Number(size));
    for (const free of pages) {
      await tryFull(disk, made, secret, free * page).then(
        (how) => tally[how]++,
        (error: unknown) => violations.push(`${size} MiB, ${free} pages free: ${told(error)}`),
      );
    }
    putBack(made, disk.path);
    await requireRoom(disk, secret).catch((error: unknown) => violations.push(`${size} MiB, room: ${told(error)}`));
    disk.clear();
    await disk.unmount();
  }
  noteProof('real disks', 'tmpfs, full at a point', {
    cases: Object.values(sizes).reduce((sum, pages) => sum + pages.length + 1, 0),
    told: tally.full,
    violations: violations.length,
  });
  expect(violations).toEqual([]);
  expect(tally.full).toBeGreaterThan(0);
  expect(tally.committed).toBeGreaterThan(0);
});
