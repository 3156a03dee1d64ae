import { beforeEach, describe, expect, it } from 'vitest';
import type { RunId } from '../../shared/domain/ids.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { act, dayMs, hide } from '../../../test/kit/removal-world.ts';
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
import { createStorage, type Storage } from '../storage/index.ts';
import { openLocalTarget } from '../targets/local/index.ts';
import { openTestCatalog } from '../catalog/testing/open-test-catalog.ts';
import { catchUp, emptyTrash, fillCatalog, planPrune, prune, returnFromTrash, trashSummary } from './index.ts';

const a = someBytes(90_000, 1);
const b = someBytes(3000, 2);
const run = 'run'.padEnd(20, '9') as RunId;

let files: SimFileSystem;
let deps: TestDeps;
let storage: Storage;
let catalog: MapCatalog;

beforeEach(async () => {
  files = new SimFileSystem();
  deps = testDeps(files);
  ({ storage } = await createStorage(openLocalTarget(files, '/disk', deps.random), testStorage, deps));
  catalog = new MapCatalog();
  const lock = storage.lock('backup', 'write');
  const writer = storage.writer(lock, catalog);
  await storeBytes(writer, 'a', a);
  await storeBytes(writer, 'b', b);
  catalog.apply(await writer.commit(draftOf(deps), testRun(deps)));
  lock.release();
  await hide(storage, deps, catalog, ['a']);
});

const author = () => ({ run, atMs: deps.clock.nowMs() });
const approved = (): void => undefined;
const names = (): string[] => [...files.files().keys()].sort();

describe('the real catalog', () => {
  it('that lived through a prune equals one that is made anew, row for row', async () => {
    const lived = openTestCatalog();
    catchUp(storage, lived);
    await prune(storage, lived, author(), approved, testRun(deps));
    const anew = openTestCatalog();
    fillCatalog(storage, anew, testRun(deps));
    expect([...lived.dump()]).toEqual([...anew.dump()]);
    const part = catalog.manifests.find(({ name }) => name === 'b')?.contents[0];
    const read: Uint8Array[] = [];
    if (part !== undefined) for await (const bytes of storage.read(part, lived)) read.push(bytes.slice());
    expect(new Uint8Array(Buffer.concat(read))).toEqual(b);
  });
});

describe('pruning', () => {
  it('says first what it would do, and changes nothing by that', async () => {
    const before = names();
    const numbers = await planPrune(storage, catalog, testRun(deps));
    expect(numbers).toMatchObject({ stubs: 1, sources: [{ versions: 2, hidden: 1 }] });
    expect(numbers.freedBytes).toBeGreaterThan(80_000);
    expect(names()).toEqual(before);
  });

  it('stops where whoever sees the plan does not want it', async () => {
    const before = names();
    const refusal = new StrataError('confirmation.needed', 'after-user-action');
    const refuse = (): void => {
      throw refusal;
    };
    await expect(prune(storage, catalog, author(), refuse, testRun(deps))).rejects.toBe(refusal);
    expect(names()).toEqual(before);
  });

  it('fills the trash, which says what waits in it and until when, and is emptied then', async () => {
    await prune(storage, catalog, author(), approved, testRun(deps));
    const graceMs = 30 * dayMs;
    const summary = trashSummary(storage, graceMs, deps.clock.nowMs());
    expect(summary.bytes).toBeGreaterThan(80_000);
    expect(summary.due.packs).toBe(0);
    expect(summary.batches).toMatchObject([{ sequence: 3, dueAtMs: deps.clock.nowMs() + graceMs }]);
    await deps.clock.advance(31 * dayMs);
    await act(storage, deps, catalog, {});
    expect(trashSummary(storage, graceMs, deps.clock.nowMs()).due.packs).toBe(summary.packs);
    const options = { graceMs, run: 'other'.padEnd(20, '0') as RunId };
    expect(await emptyTrash(storage, catalog, options, testRun(deps))).toEqual({ packs: summary.packs, bytes: summary.bytes });
    expect(trashSummary(storage, graceMs, deps.clock.nowMs())).toMatchObject({ packs: 0, bytes: 0, batches: [] });
  });

  it('can be taken back', async () => {
    await prune(storage, catalog, author(), approved, testRun(deps));
    const { packs } = trashSummary(storage, 0, 0);
    expect(await returnFromTrash(storage, 3, author(), testRun(deps))).toMatchObject({ packs });
    expect(await readBack(storage, MapCatalog.rebuilt(storage), 'a')).toEqual(a);
  });
});
