import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isStrataError } from '../../src/shared/domain/strata-error.ts';
import { MapCatalog } from '../kit/storage-world.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { told } from './crash-everywhere.ts';
import { killContents } from './kill-contents.ts';
import { noteProof } from './proof-notes.ts';
import { countedFiles } from './real/breaking-files.ts';
import { LoopDisk, loopIsMissing, type LoopKind } from './real/loop-disk.ts';
import { createReal, holdReal, openReal, putBack } from './real/real-world.ts';
import { commitContents } from './sim-world.ts';
import { inTier } from './tier.ts';

/** Every so many operations of a cycle. */
const everySo = inTier({ quick: 12, full: 1 });
/** How many cycles are there before. */
const beginnings = inTier({ quick: [2], full: [0, 2] });

interface Begun {
  readonly folder: string;
  readonly secret: string;
  readonly cycles: number;
}

/** One cycle more on the disk. True: it was committed. False: it was told by its name that it was not. */
async function cycleOn({ folder, secret, cycles }: Begun, before: (number: number) => void, how?: 'lazy'): Promise<boolean> {
  const { storage, deps } = await openReal(folder, secret, countedFiles(before, how));
  try {
    await commitContents({ storage, deps }, MapCatalog.rebuilt(storage), killContents(cycles + 1));
    return true;
  } catch (error) {
    if (!isStrataError(error)) throw error;
    return false;
  } finally {
    storage.close();
  }
}

async function breakOff(disk: LoopDisk, begun: Begun, at: number, keeping: 'nothing' | 'log'): Promise<'reached' | 'ended'> {
  let isBroken = false;
  const isCommitted = await cycleOn(begun, (number) => {
    if (number !== at) return;
    disk.shutDown(keeping);
    isBroken = true;
  });
  if (isBroken) {
    await disk.unmount();
    disk.mount();
  }
  await holdReal(disk.path, begun.secret, isCommitted ? begun.cycles + 1 : begun.cycles);
  return isBroken ? 'reached' : 'ended';
}

/** A control: who makes nothing durable has lost it. */
async function isNoticed(disk: LoopDisk, begun: Begun): Promise<boolean> {
  const isCommitted = await cycleOn(begun, () => undefined, 'lazy');
  disk.shutDown('nothing');
  await disk.unmount();
  disk.mount();
  return (
    isCommitted &&
    (await holdReal(disk.path, begun.secret, begun.cycles + 1).then(
      () => false,
      () => true,
    ))
  );
}

describe.each(['ext4', 'xfs'] as const)('a real disk with %s', (kind: LoopKind) => {
  it('that loses its power at any operation of a cycle says so, and holds what was committed when it is back', async (context) => {
    const folder = temporaryFolder();
    const missing = await loopIsMissing(kind, folder);
    if (missing !== undefined) return context.skip(missing);
    const disk = new LoopDisk(kind, folder);
    disk.mount();
    const violations: string[] = [];
    let cases = 0;
    try {
      for (const [cycles, keeping] of beginnings.flatMap((one) =>
        (['nothing', 'log'] as const).map((how) => [one, how] as const),
      )) {
        const made = temporaryFolder();
        mkdirSync(join(made, 'storage'));
        const begun = { folder: disk.path, secret: await createReal(made, cycles), cycles };
        for (let at = 1, state = 'reached'; state === 'reached'; at += everySo) {
          putBack(made, disk.path);
          disk.settle();
          state = await breakOff(disk, begun, at, keeping).catch((error: unknown) => {
            violations.push(`${keeping} at ${at}: ${told(error)}`);
            return violations.length < 5 ? 'reached' : 'ended';
          });
          cases += 1;
        }
        putBack(made, disk.path);
        disk.settle();
        expect(await isNoticed(disk, begun)).toBe(true);
      }
    } finally {
      await disk.unmount();
    }
    noteProof('real disks', `${kind}, forced shutdown at an operation`, { cases, violations: violations.length });
    expect(violations).toEqual([]);
    expect(cases).toBeGreaterThan(inTier({ quick: 6, full: 250 }));
  });
});
