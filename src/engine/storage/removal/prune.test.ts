import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChunkId, CommitId, SourceId } from '../../../shared/domain/ids.ts';
import type { Manifest } from '../../../shared/domain/item.ts';
import { hide, prune } from '../../../../test/kit/removal-world.ts';
import {
  draftOf,
  manifestOf,
  MapCatalog,
  newDisk,
  openDisk,
  readBack,
  saveIn,
  someBytes,
  type StorageDisk,
  type StorageWorld,
  testRun,
  testSource,
} from '../../../../test/kit/storage-world.ts';
import { openLocalTarget } from '../../targets/local/index.ts';
import { openStorage } from '../index.ts';

let disk: StorageDisk;
let { files, deps, storage, catalog } = {} as StorageWorld;

beforeAll(async () => {
  disk = await newDisk();
});

beforeEach(async () => {
  ({ files, deps, storage, catalog } = await openDisk(disk));
});

const target = () => openLocalTarget(files, '/disk', deps.random);
const packsOnDisk = (): string[] => target().list('packs');
const inTrash = (): string[] =>
  target()
    .list('trash')
    .filter((name) => name.endsWith('.pack'));

const cycle = (contents: Readonly<Record<string, Uint8Array>>): Promise<void> => saveIn({ storage, deps, catalog }, contents);

/** Everything that is not hidden is there, with or without the catalog that lived through it all. */
async function requireSame(contents: Readonly<Record<string, Uint8Array>>): Promise<void> {
  const rebuilt = MapCatalog.rebuilt(await openStorage(target(), { by: 'device', secret: disk.secret }, deps));
  expect(rebuilt.dump()).toEqual(catalog.dump());
  expect(catalog.manifests.map(({ name }) => name).sort()).toEqual(Object.keys(contents).sort());
  for (const [name, bytes] of Object.entries(contents)) expect(await readBack(storage, catalog, name), name).toEqual(bytes);
  const report = await storage.check('all', () => [], testRun(deps));
  expect(report.findings).toEqual([]);
}

const a = someBytes(90_000, 1);
const b = someBytes(90_000, 2);
const c = someBytes(3000, 3, 'text');

describe('prune', () => {
  it('has nothing to do where nothing was hidden', async () => {
    await cycle({ a, b, c });
    const { numbers, contents } = await prune(storage, deps, catalog);
    expect(contents).toBeNull();
    expect(numbers).toMatchObject({ unused: { packs: 0 }, repacked: { packs: 0 }, freedBytes: 0, stubs: 0 });
    await requireSame({ a, b, c });
  });

  it('takes what nothing needs to the trash, and leaves the rest as it was', async () => {
    await cycle({ a });
    await cycle({ b, c });
    await hide(storage, deps, catalog, ['a']);
    const before = packsOnDisk();
    const { numbers } = await prune(storage, deps, catalog);
    expect(numbers.unused.packs + numbers.repacked.packs).toBeGreaterThan(0);
    expect(numbers.stubs).toBe(1);
    expect(inTrash().length).toBeGreaterThan(0);
    for (const name of inTrash()) expect(before.map((pack) => pack.slice(-69))).toContain(name.slice(-69));
    await requireSame({ b, c });
    expect(await prune(storage, deps, catalog)).toMatchObject({ contents: null });
  });
});

describe('prune, of what is half used,', () => {
  it('writes anew what is needed, and a removed subject is nowhere any more', async () => {
    await cycle({ a, b, c });
    await hide(storage, deps, catalog, ['a']);
    const { numbers } = await prune(storage, deps, catalog);
    expect(numbers.repacked.packs).toBeGreaterThan(0);
    expect(numbers.stubs).toBe(1);
    expect(storedManifests().filter(({ name }) => name === 'a')).toEqual([]);
    expect(storedManifests().filter(({ removed }) => removed)).toHaveLength(1);
    await requireSame({ b, c });
  });

  it('leaves a version in the middle a stub, so that its neighbours keep their intervals', async () => {
    await cycle({ a: c });
    await version('a', 2, someBytes(5000, 21));
    await version('a', 3, someBytes(5000, 22));
    await hide(storage, deps, catalog, ['a'], [2]);
    await prune(storage, deps, catalog);
    expect(storedManifests().map(({ version: number, removed }) => [number, removed ?? false])).toEqual([
      [1, false],
      [2, true],
      [3, false],
    ]);
    expect(await readBack(storage, catalog, 'a')).toEqual(someBytes(5000, 22));
  });

  it('leaves a pack alone that is mostly needed, unless everything is to go', async () => {
    await cycle({ keep: someBytes(80_000, 40), go: someBytes(9000, 41) });
    await version('go', 2, c);
    await hide(storage, deps, catalog, ['go'], [1]);
    const first = await prune(storage, deps, catalog);
    const again = await prune(storage, deps, catalog);
    expect(again.contents).toBeNull();
    const all = await prune(storage, deps, catalog, { leastLive: 1 });
    expect(first.numbers.stubs).toBe(1);
    expect(all.numbers.freedBytes).toBeGreaterThanOrEqual(0);
    expect((await prune(storage, deps, catalog, { leastLive: 1 })).contents).toBeNull();
  });

  it('keeps what another version or another item still needs', async () => {
    await cycle({ a, twin: a });
    await cycle({ b, alsoB: b });
    await hide(storage, deps, catalog, ['a', 'b']);
    await prune(storage, deps, catalog);
    await requireSame({ twin: a, alsoB: b });
  });

  it('never joins two sources in one bundle', async () => {
    const lock = storage.lock('backup', 'write');
    const writer = storage.writer(lock, catalog);
    for (let at = 0; at < 40; at++) {
      const source = (at % 2 === 0 ? testSource : 'other'.padEnd(20, '0')) as SourceId;
      const stored = await writer.store({ kind: 'bytes', bytes: someBytes(700, 100 + at, 'text') }, source);
      writer.add({ ...manifestOf(`i${at}`, stored), source });
    }
    catalog.apply(await writer.commit(draftOf(deps), testRun(deps)));
    lock.release();
    await hide(storage, deps, catalog, ['i0', 'i1', 'i7', 'i12']);
    await prune(storage, deps, catalog);
    const sourceOf = new Map(catalog.manifests.flatMap((m) => m.contents.flatMap((p) => p.chunks.map((id) => [id, m.source]))));
    const records = new Map<string, Set<string>>();
    for (const [id, source] of sourceOf) {
      const place = catalog.locate(id);
      const key = `${place?.pack}.${place?.record}`;
      records.set(key, (records.get(key) ?? new Set()).add(source));
    }
    for (const sources of records.values()) expect(sources.size).toBe(1);
    for (let at = 20; at < 40; at++) expect(await readBack(storage, catalog, `i${at}`)).toEqual(someBytes(700, 100 + at, 'text'));
  });

  it('joins packs that are small when there are many', async () => {
    const tiny = { ...deps, sizes: { packBytes: 1024 * 1024, bundleBytes: 16 * 1024, ballastBytes: 4096 } };
    storage = await openStorage(target(), { by: 'device', secret: disk.secret }, tiny);
    const contents: Record<string, Uint8Array> = {};
    for (let at = 0; at < 20; at++) {
      contents[`t${at}`] = someBytes(900, 300 + at);
      await cycle({ [`t${at}`]: contents[`t${at}`] as Uint8Array });
    }
    expect(packsOnDisk()).toHaveLength(20);
    await prune(storage, deps, catalog);
    expect(packsOnDisk().length).toBeLessThan(4);
    await requireSame(contents);
  });
});

describe('prune never takes', () => {
  it('the packs of a cycle that broke off, until its moment is there', async () => {
    await cycle({ a });
    const lock = storage.lock('backup', 'write');
    const writer = storage.writer(lock, catalog);
    await writer.store({ kind: 'bytes', bytes: b });
    catalog.apply(await writer.commit(draftOf(deps, 'checkpoint'), testRun(deps)));
    writer.abandon();
    lock.release();
    expect((await prune(storage, deps, catalog)).contents).toBeNull();
    await cycle({ c });
    expect((await prune(storage, deps, catalog)).numbers.unused.packs).toBeGreaterThan(0);
    await requireSame({ a, c });
  });

  it('anything for good: what no commit named goes to the trash, too', async () => {
    await cycle({ a });
    const orphan = `packs/ab/${'ab'.repeat(32)}.pack`;
    target().put(orphan, someBytes(500, 9));
    expect((await storage.check('quick', () => [], testRun(deps))).orphans).toBe(1);
    const { numbers } = await prune(storage, deps, catalog);
    expect(numbers.orphans).toEqual({ packs: 1, bytes: 500 });
    expect(target().size(orphan)).toBeUndefined();
    expect(inTrash()).toHaveLength(1);
    const list =
      target()
        .list('trash')
        .find((name) => name.endsWith('packs.json')) ?? '';
    expect(JSON.parse(new TextDecoder().decode(target().read(list)))).toEqual({
      packs: [{ id: 'ab'.repeat(32), why: 'orphan' }],
    });
  });

  it.each(['missing', 'cut off', 'footer damaged'] as const)('anything while a pack is %s', async (damage) => {
    await cycle({ a });
    await cycle({ b });
    await hide(storage, deps, catalog, ['a']);
    const name = catalog.locate(catalog.manifests.find((m) => m.name === 'b')?.contents[0]?.chunks[0] as ChunkId)?.pack ?? '';
    const path = `/disk/packs/${name.slice(0, 2)}/${name}.pack`;
    const bytes = files.readWhole(path);
    if (damage === 'missing') files.unlink(path);
    else
      files.plant(path, damage === 'cut off' ? bytes.slice(0, -1) : bytes.map((byte, at) => (at > bytes.length - 60 ? 0 : byte)));
    const before = packsOnDisk();
    await expect(prune(storage, deps, catalog)).rejects.toMatchObject({ code: 'storage.needs-repair' });
    expect(packsOnDisk()).toEqual(before);
  });

  it('anything while a commit is unreadable, or the storage lacks one that was seen', async () => {
    await cycle({ a });
    await cycle({ b });
    await hide(storage, deps, catalog, ['a']);
    const known = storage.head();
    await expect(
      prune(storage, deps, catalog, { known: { sequence: 9, id: known?.id ?? ('' as CommitId) } }),
    ).rejects.toMatchObject({ code: 'storage.went-back' });
    await expect(
      prune(storage, deps, catalog, { known: { sequence: 1, id: known?.id ?? ('' as CommitId) } }),
    ).rejects.toMatchObject({
      code: 'storage.went-back',
    });
    for (const path of files.files().keys()) if (/\/0*1(-|\.commit)/.test(path)) files.plant(path, new Uint8Array(10));
    await expect(prune(storage, deps, catalog)).rejects.toMatchObject({
      code: expect.stringMatching('storage.(needs-repair|damaged)'),
    });
    expect(inTrash()).toEqual([]);
  });
});

describe('on a disk without room, prune', () => {
  it('takes away what nothing needs, and leaves the rest for another day', async () => {
    await cycle({ a });
    await cycle({ b, c });
    await cycle({ d: someBytes(4000, 70) });
    await hide(storage, deps, catalog, ['a', 'b']);
    files.space = () => ({ freeBytes: 0, totalBytes: 1e9 });
    const { numbers } = await prune(storage, deps, catalog);
    expect(numbers.repacked.packs).toBe(0);
    expect(numbers.postponed).toBeGreaterThan(0);
    await requireSame({ c, d: someBytes(4000, 70) });
    files.space = () => ({ freeBytes: 1e9, totalBytes: 2e9 });
    expect((await prune(storage, deps, catalog)).numbers.stubs).toBeGreaterThan(0);
    await requireSame({ c, d: someBytes(4000, 70) });
  });
});

async function version(name: string, number: number, bytes: Uint8Array): Promise<void> {
  const lock = storage.lock('backup', 'write');
  const writer = storage.writer(lock, catalog);
  writer.add(manifestOf(name, await writer.store({ kind: 'bytes', bytes }), number));
  catalog.apply(await writer.commit(draftOf(deps), testRun(deps)));
  lock.release();
}

/** What lies in the packs, as somebody finds it who has nothing else. */
function storedManifests(): Manifest[] {
  return [...storage.commits(0)].flatMap((commit) => [...storage.contents(commit).manifests]);
}
