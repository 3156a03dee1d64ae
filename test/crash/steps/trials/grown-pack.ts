import { someBytes, testRun } from '../../../kit/storage-world.ts';
import { openOn, packPath, packsOf, startDisks } from '../../sim-world.ts';

/** Each pack is a byte longer, and then shorter. The check that reads nothing of packs finds it, too. */
export async function tryGrownPack(): Promise<string | undefined> {
  const disks = await startDisks();
  const before = await disks.with({ a: someBytes(60_000, 1), b: someBytes(9000, 2, 'text'), c: someBytes(120_000, 3) });
  for (const pack of packsOf(before)) {
    const path = packPath(before, pack);
    const bytes = before.files().get(path) ?? new Uint8Array();
    for (const other of [Buffer.concat([bytes, new Uint8Array(1)]), bytes.subarray(0, -1)]) {
      const disk = before.copy();
      disk.plant(path, other);
      const { storage, deps } = await openOn(disk, disks.secret);
      const { findings } = await storage.check('quick', () => [], testRun(deps));
      if (findings.length === 0) return `nobody notices ${other.length} bytes instead of ${bytes.length}`;
    }
  }
  return undefined;
}
