import { isStrataError } from '../../../../src/shared/domain/strata-error.ts';
import type { SimFileSystem } from '../../../kit/sim-file-system.ts';
import { MapCatalog, someBytes } from '../../../kit/storage-world.ts';
import { commitContents, openOn, startDisks } from '../../sim-world.ts';

/**
 * A storage was copied, and went on in both places. The newest commit of one is put under the name of the other's, whose copy is
 * gone: authentic, of the right number, and not the one that is named.
 */
export async function tryForkedCommit(): Promise<string | undefined> {
  const disks = await startDisks();
  const before = await disks.with({ a: someBytes(3000, 1) });
  const [here, there] = [before.copy(), before.copy()];
  await next(here, disks.secret, someBytes(5000, 2));
  await next(there, disks.secret, someBytes(7000, 3));
  const [name, other] = [newestOf(here), newestOf(there)];
  here.plant(name, there.files().get(other) ?? new Uint8Array());
  here.takeAway('/disk/copies/commits/0000000002.commit');
  try {
    const { storage } = await openOn(here, disks.secret);
    const read = storage.idAt(2);
    return read !== undefined && !name.includes(read) ? 'another commit is taken for the one of that name' : undefined;
  } catch (error) {
    if (isStrataError(error) && error.code === 'storage.damaged') return undefined;
    throw error;
  }
}

async function next(disk: SimFileSystem, secret: string, bytes: Uint8Array): Promise<void> {
  const world = await openOn(disk, secret);
  await commitContents(world, MapCatalog.rebuilt(world.storage), { b: bytes });
}

function newestOf(disk: SimFileSystem): string {
  const [path] = [...disk.files().keys()].filter((one) => one.startsWith('/disk/commits/0000000002-'));
  if (path === undefined) throw new Error('no second commit');
  return path;
}
