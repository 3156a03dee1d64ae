import { isStrataError } from '../../../../src/shared/domain/strata-error.ts';
import { openStorage } from '../../../../src/engine/storage/index.ts';
import { SimFileSystem } from '../../../kit/sim-file-system.ts';
import { MapCatalog, draftOf, manifestOf, readBack, someBytes, testRun } from '../../../kit/storage-world.ts';
import { afterBoot, copyOf, startDisks, targetOn } from '../../sim-world.ts';

const path = '/source/file';
const before = someBytes(400_000, 1);
const after = someBytes(400_000, 2);

/** Somebody writes to a file at any moment while it is read. It is refused, or it is stored as it was at one moment. */
export async function tryChangingFile(): Promise<string | undefined> {
  for (const how of ['in place', 'replaced'] as const) {
    for (let moment = 1; ; moment++) {
      const { complaint, wasReached } = await changingAt(moment, how);
      if (complaint !== undefined) return `${how} at moment ${moment}: ${complaint}`;
      if (!wasReached) break;
    }
  }
  return undefined;
}

async function changingAt(moment: number, how: 'in place' | 'replaced'): Promise<{ complaint?: string; wasReached: boolean }> {
  const source = new SimFileSystem();
  source.plant(path, before);
  const stat = source.stat(path);
  if (stat === undefined) throw new Error('no file');
  let count = 0;
  source.onReading(() => {
    if (++count !== moment) return;
    source.onReading(undefined);
    if (how === 'in place') source.open(path, 'append').writeAt(after, 0);
    else source.plant(path, after);
  });
  const stored = await store(source, { sizeBytes: stat.sizeBytes, modifyNs: stat.modifyNs, inode: stat.inode });
  const isWhole = stored === undefined || [before, after].some((bytes) => Buffer.compare(bytes, stored) === 0);
  return { wasReached: count >= moment, ...(isWhole ? {} : { complaint: 'half of one and half of the other is stored' }) };
}

/** Undefined: it was refused. */
async function store(
  source: SimFileSystem,
  sighted: { readonly sizeBytes: number; readonly modifyNs: bigint; readonly inode: bigint },
): Promise<Uint8Array | undefined> {
  const { created, secret } = await startDisks();
  const disk = copyOf(created);
  const deps = { ...afterBoot(disk), files: source };
  const storage = await openStorage(targetOn(disk, deps), { by: 'device', secret }, deps);
  const catalog = new MapCatalog();
  const lock = storage.lock('backup', 'write');
  const writer = storage.writer(lock, catalog);
  try {
    writer.add(manifestOf('file', await writer.store({ kind: 'file', path, ...sighted })));
    catalog.apply(await writer.commit(draftOf(deps), testRun(deps)));
    return await readBack(storage, catalog, 'file');
  } catch (error) {
    if (isStrataError(error) && error.code === 'item.changed-while-reading') return undefined;
    throw error;
  } finally {
    writer.abandon();
    lock.release();
  }
}
