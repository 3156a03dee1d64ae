import { expect, it } from 'vitest';
import {
  draftOf,
  MapCatalog,
  manifestOf,
  readBack,
  someBytes,
  testDeps,
  testRun,
  testStorage,
} from '../../../test/kit/storage-world.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { NodeFileSystem } from '../kernel/node-file-system.ts';
import { openLocalTarget } from '../targets/local/index.ts';
import { createStorage } from './index.ts';

it.for([
  ['small', 50_000],
  ['cut', 3_000_000],
] as const)(
  'bytes that were given away are free once they are stored, and stored whole; others are left alone: %s',
  async ([, length]) => {
    const deps = testDeps(new NodeFileSystem());
    const target = openLocalTarget(deps.files, `${temporaryFolder()}/storage`, deps.random);
    const { storage } = await createStorage(target, testStorage, deps);
    const catalog = new MapCatalog();
    const writer = storage.writer(storage.lock('backup', 'write'), catalog);
    const [given, kept] = [1, 2].map((seed) => Uint8Array.from(someBytes(length, seed)));
    if (given === undefined || kept === undefined) return expect.unreachable();
    writer.add(manifestOf('given', await writer.store({ kind: 'bytes', bytes: given, isGivenAway: true })));
    writer.add(manifestOf('kept', await writer.store({ kind: 'bytes', bytes: kept })));
    expect([given.length, kept.length]).toEqual([0, length]);
    catalog.apply(await writer.commit(draftOf(deps), testRun(deps)));
    expect(await readBack(storage, catalog, 'given')).toEqual(someBytes(length, 1));
    expect(await readBack(storage, catalog, 'kept')).toEqual(someBytes(length, 2));
    storage.close();
  },
);
