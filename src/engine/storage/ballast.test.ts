import { beforeEach, describe, expect, it } from 'vitest';
import { act, dayMs, emptyTrash, hide, prune } from '../../../test/kit/removal-world.ts';
import { SimFileSystem } from '../../../test/kit/sim-file-system.ts';
import {
  draftOf,
  MapCatalog,
  readBack,
  someBytes,
  storeBytes,
  type TestDeps,
  testDeps,
  testRun,
  testStorage,
} from '../../../test/kit/storage-world.ts';
import { openLocalTarget } from '../targets/local/index.ts';
import { createStorage, openStorage, type Storage } from './index.ts';

const a = someBytes(90_000, 1);
const b = someBytes(3000, 2);
const sizes = { packBytes: 96 * 1024, bundleBytes: 16 * 1024, ballastBytes: 256 * 1024 };

let files: SimFileSystem;
let deps: TestDeps;
let storage: Storage;
let catalog: MapCatalog;

const target = () => openLocalTarget(files, '/disk', deps.random);

async function cycle(contents: Readonly<Record<string, Uint8Array>>): Promise<void> {
  const lock = storage.lock('backup', 'write');
  try {
    const writer = storage.writer(lock, catalog);
    for (const [name, bytes] of Object.entries(contents)) await storeBytes(writer, name, bytes);
    catalog.apply(await writer.commit(draftOf(deps), testRun(deps)));
  } finally {
    lock.release();
  }
}

beforeEach(async () => {
  files = new SimFileSystem();
  deps = testDeps(files, { sizes });
  const created = await createStorage(target(), testStorage, deps);
  storage = created.storage;
  catalog = new MapCatalog();
  await cycle({ a });
  await cycle({ b });
});

describe('a disk with no byte free', () => {
  it('can be opened, read, looked through, hidden in; with a little room it is pruned and emptied, and keeps some again', async () => {
    expect(target().size('ballast')).toBe(256 * 1024);
    files.limit(files.usedBytes);
    expect(target().space().freeBytes).toBe(0);
    storage = await openStorage(target(), { by: 'device', secret: storage.exportDeviceSecret() }, deps);
    expect([...storage.commits(0)]).toHaveLength(2);
    expect(await readBack(storage, catalog, 'a')).toEqual(a);
    await hide(storage, deps, catalog, ['a']);
    expect(target().size('ballast') ?? 0).toBeLessThan(256 * 1024);
    // Its pack holds a manifest that becomes a stub, so a new one must fit.
    files.limit(files.usedBytes + 512 * 1024);
    const { numbers } = await prune(storage, deps, catalog);
    expect(numbers.stubs).toBe(1);
    await deps.clock.advance(40 * dayMs);
    await act(storage, deps, catalog, {});
    expect((await emptyTrash(storage, deps)).packs).toBeGreaterThan(0);
    expect(await readBack(storage, catalog, 'b')).toEqual(b);
    files.limit(files.usedBytes + 1024 * 1024);
    await act(storage, deps, catalog, {});
    expect(target().size('ballast')).toBeGreaterThan(0);
  });

  it('refuses a backup before it begins, by a plain name', async () => {
    files.space = () => ({ freeBytes: 1000, totalBytes: 1e9 });
    await expect(cycle({ c: a })).rejects.toMatchObject({ code: 'storage.nearly-full' });
    files.space = () => ({ freeBytes: 1e9, totalBytes: 2e9 });
    await cycle({ c: a });
    expect(await readBack(storage, catalog, 'c')).toEqual(a);
  });
});
