import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunId } from '../../shared/domain/ids.ts';
import { act, dayMs, hide } from '../../../test/kit/removal-world.ts';
import { SimFileSystem } from '../../../test/kit/sim-file-system.ts';
import {
  MapCatalog,
  newDisk,
  openDisk,
  readBack,
  saveIn,
  someBytes,
  type StorageDisk,
  type StorageWorld,
  testRun,
} from '../../../test/kit/storage-world.ts';
import { openTestCatalog } from '../catalog/testing/open-test-catalog.ts';
import { catchUp, fillCatalog, purge, type Purged, returnFromTrash, trashSummary } from './index.ts';

const a = someBytes(90_000, 1);
const b = someBytes(3000, 2);
const run = 'run'.padEnd(20, '9') as RunId;
const other = 'other'.padEnd(20, '0') as RunId;

let disk: StorageDisk;
let { files, deps, storage, catalog } = {} as StorageWorld;

beforeAll(async () => {
  disk = await newDisk();
});

beforeEach(async () => {
  ({ files, deps, storage, catalog } = await openDisk(disk));
  await saveIn({ storage, deps, catalog }, { a, b });
  await hide(storage, deps, catalog, ['a']);
});

const author = (by = run) => ({ run: by, atMs: deps.clock.nowMs() });
const graceMs = 30 * dayMs;
const purged = (dryRun = false, by = run): Promise<Purged> =>
  purge(storage, catalog, { author: author(by), graceMs, dryRun }, testRun(deps));
const names = (): string[] => [...files.files().keys()].sort();

describe('the real catalog', () => {
  it('that lived through a prune equals one that is made anew, row for row', async () => {
    const lived = openTestCatalog();
    catchUp(storage, lived);
    await purge(storage, lived, { author: author(), graceMs, dryRun: false }, testRun(deps));
    const anew = openTestCatalog();
    fillCatalog(storage, anew, testRun(deps));
    expect([...lived.dump()]).toEqual([...anew.dump()]);
    const part = catalog.manifests.find(({ name }) => name === 'b')?.contents[0];
    const read: Uint8Array[] = [];
    if (part !== undefined) for await (const bytes of storage.read(part, lived)) read.push(bytes.slice());
    expect(new Uint8Array(Buffer.concat(read))).toEqual(b);
  });
});

describe('purging', () => {
  it('says first what it would do, and changes nothing by that', async () => {
    const before = names();
    const { prune, waiting, deleted } = await purged(true);
    expect(prune).toMatchObject({ stubs: 1, sources: [{ versions: 2, hidden: 1 }] });
    expect(prune.freedBytes).toBeGreaterThan(80_000);
    expect(deleted.packs).toBe(0);
    expect(names()).toEqual(before);
    expect((await purged()).waiting).toEqual(waiting);
  });

  it('fills the trash, which says what waits in it and until when, and empties it then', async () => {
    const { waiting } = await purged();
    const summary = trashSummary(storage, graceMs, deps.clock.nowMs());
    expect(summary.bytes).toBeGreaterThan(80_000);
    expect(summary).toMatchObject({ ...waiting, due: { packs: 0 } });
    expect(summary.batches).toMatchObject([{ sequence: 3, dueAtMs: deps.clock.nowMs() + graceMs }]);
    await deps.clock.advance(31 * dayMs);
    await act(storage, deps, catalog, {});
    expect(trashSummary(storage, graceMs, deps.clock.nowMs()).due.packs).toBe(summary.packs);
    const nothing = { packs: 0, bytes: 0 };
    expect(await purged(true, other)).toMatchObject({ deleted: waiting, waiting: nothing });
    expect(await purged(false, other)).toMatchObject({ deleted: waiting, waiting: nothing, spared: nothing });
    expect(trashSummary(storage, graceMs, deps.clock.nowMs())).toMatchObject({ packs: 0, bytes: 0, batches: [] });
  });

  it('reads each commit once, however much it does', async () => {
    await purged();
    await deps.clock.advance(31 * dayMs);
    await act(storage, deps, catalog, {});
    await hide(storage, deps, catalog, ['b']);
    const read = readsOf(files, /^\/disk\/copies\/commits\/0*1\.commit$/);
    await purged(false, other);
    expect(read()).toBe(1);
  });

  it('can be taken back', async () => {
    await purged();
    const { packs } = trashSummary(storage, 0, 0);
    expect(await returnFromTrash(storage, 3, author(), testRun(deps))).toMatchObject({ packs });
    expect(await readBack(storage, MapCatalog.rebuilt(storage), 'a')).toEqual(a);
  });
});

/** How often a file was opened to be read, from now on. */
function readsOf(of: SimFileSystem, path: RegExp): () => number {
  let count = 0;
  const open = of.open.bind(of);
  of.open = (...given) => {
    if (path.test(given[0]) && given[1].startsWith('read')) count += 1;
    return open(...given);
  };
  return () => count;
}
