import type { ArchiveChoice } from '../../../../src/shared/domain/archive.ts';
import { isStrataError } from '../../../../src/shared/domain/strata-error.ts';
import { runMirror } from '../../../../src/engine/maintenance/index.ts';
import type { SimFileSystem } from '../../../kit/sim-file-system.ts';
import { MapCatalog, someBytes, testRun } from '../../../kit/storage-world.ts';
import { commitContents, type Contents, createOn, openOn } from '../../sim-world.ts';
import { SimFileSystem as Disk } from '../../../kit/sim-file-system.ts';

const contents = (seed: number): Contents => ({ [`item${seed}`]: someBytes(3000, seed) });

interface Half {
  readonly disk: SimFileSystem;
  readonly secret: string;
}

async function made(): Promise<Half> {
  const disk = new Disk();
  return { disk, secret: (await createOn(disk)).exportDeviceSecret() };
}

async function commit({ disk, secret }: Half, seed: number): Promise<void> {
  const world = await openOn(disk, secret);
  await commitContents(world, MapCatalog.rebuilt(world.storage), contents(seed));
}

/** True: it was refused by its name. */
async function refuses(origin: Half, mirror: Half, only?: ArchiveChoice): Promise<boolean> {
  const [from, to] = [await openOn(origin.disk, origin.secret), await openOn(mirror.disk, mirror.secret)];
  const lock = to.storage.lock('mirror', 'write');
  const side = ({ storage }: typeof from) => ({ storage, catalog: MapCatalog.rebuilt(storage) });
  try {
    await runMirror({ origin: side(from), mirror: side(to), lock, only }, testRun(to.deps));
    return false;
  } catch (error) {
    if (isStrataError(error) && /^(mirror|archive)[.]/.test(error.code)) return true;
    throw error;
  } finally {
    lock.release();
  }
}

/** A mirror takes nothing of an origin that went another way, nothing where something else was saved, and nothing but what it began with. */
export async function tryOtherOrigin(): Promise<string | undefined> {
  const [origin, mirror, foreign] = [await made(), await made(), await made()];
  await commit(origin, 1);
  const earlier = { ...origin, disk: origin.disk.copy() };
  await commit(origin, 2);
  if (await refuses(origin, mirror)) return 'an empty storage becomes no mirror';
  if (!(await refuses(origin, mirror, { sources: null, kinds: ['contact'] })))
    return 'what was begun as a whole goes on with a part';
  for (const seed of [3, 4]) await commit(earlier, seed);
  if (!(await refuses(earlier, mirror))) return 'an origin that was set back and went another way is mirrored';
  await commit(foreign, 5);
  if (!(await refuses(origin, foreign))) return 'something is mirrored to where something else was saved';
  return undefined;
}
