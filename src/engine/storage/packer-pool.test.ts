import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  draftOf,
  MapCatalog,
  manifestOf,
  readBack,
  smallChunking,
  someBytes,
  type TestDeps,
  testDeps,
  testRun,
  testStorage,
} from '../../../test/kit/storage-world.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { silentLog } from '../kernel/log.ts';
import { NodeFileSystem } from '../kernel/node-file-system.ts';
import { systemRandom } from '../kernel/system-random.ts';
import { openLocalTarget } from '../targets/local/index.ts';
import type { Target } from '../targets/target.ts';
import { PackerPool } from './packer-pool.ts';
import { createStorage, openStorage, type Storage, type StorageWriter } from './index.ts';

const files = new NodeFileSystem();
const entry = new URL('../packer-worker.ts', import.meta.url);
const sizes = { packBytes: 1024 * 1024, bundleBytes: 128 * 1024, ballastBytes: 4096 };

let folder: string;
let target: Target;
let deps: TestDeps;
let storage: Storage;
let catalog: MapCatalog;
let writer: StorageWriter;

beforeEach(async () => {
  folder = temporaryFolder();
  target = openLocalTarget(files, `${folder}/storage`, systemRandom);
  deps = testDeps(files, { random: systemRandom, workers: { count: 2, entry, afterBytes: 100_000 }, sizes });
  ({ storage } = await createStorage(target, { ...testStorage, chunking: smallChunking }, deps));
  catalog = new MapCatalog();
  writer = storage.writer(storage.lock('backup', 'write'), catalog);
});
afterEach(() => writer.abandon());

const many: readonly { readonly name: string; readonly bytes: Uint8Array }[] = Array.from({ length: 300 }, (_, index) => ({
  name: `item${index}`,
  // Every tenth is there twice.
  bytes: someBytes(index % 50 === 0 ? 300_000 : 10_000, index - (index % 10 === 9 ? 1 : 0)),
}));

function planted(name: string, bytes: Uint8Array) {
  const path = `${folder}/${name}`;
  fs.writeFileSync(path, bytes);
  const { sizeBytes, modifyNs, inode } = files.lstat(path)!;
  return { kind: 'file', path, sizeBytes, modifyNs, inode } as const;
}

async function storeMany(): Promise<void> {
  await Promise.all(
    many.map(async ({ name, bytes }, index) => {
      const content = index % 2 === 0 ? ({ kind: 'bytes', bytes } as const) : planted(name, bytes);
      writer.add(manifestOf(name, await writer.store(content)));
    }),
  );
}

describe('packing threads', () => {
  it('store what one thread would, and nothing twice', async () => {
    await storeMany();
    const before = writer.storedBytes;
    expect(before).toBeGreaterThan(2_000_000);
    catalog.apply(await writer.commit(draftOf(deps), testRun(deps)));
    const again = await openStorage(target, { by: 'password', password: testStorage.password }, deps);
    const rebuilt = MapCatalog.rebuilt(again);
    expect(rebuilt.dump()).toEqual(catalog.dump());
    for (const { name, bytes } of many) expect(Buffer.compare(await readBack(again, rebuilt, name), bytes)).toBe(0);
    const ids = rebuilt.chunkIds();
    expect(new Set(ids).size).toBe(ids.length);
    expect((await again.check('all', () => [], testRun(deps))).findings).toEqual([]);
  });

  it('go on after a commit, and know what was stored before it', async () => {
    await storeMany();
    catalog.apply(await writer.commit(draftOf(deps, 'checkpoint'), testRun(deps)));
    const packs = target.list('packs').length;
    await storeMany();
    catalog.apply(await writer.commit(draftOf(deps), testRun(deps)));
    expect(target.list('packs').length).toBeLessThanOrEqual(packs + 1);
    expect(catalog.manifests).toHaveLength(600);
    expect(MapCatalog.rebuilt(storage).dump()).toEqual(catalog.dump());
  });

  it('take small contents, and each keeps its size, also the last one of a bundle, whose memory is a thread’s by then', async () => {
    await storeMany();
    const { minBytes } = smallChunking;
    for (let number = 0; number * minBytes < sizes.bundleBytes * 3; number++) {
      const bytes = someBytes(minBytes, 1000 + number);
      expect((await writer.store({ kind: 'bytes', bytes })).sizeBytes, `the ${number}th`).toBe(minBytes);
    }
  });

  it('tell of an item that changed, and go on', async () => {
    await storeMany();
    const content = planted('changed', someBytes(20_000, 1));
    await expect(writer.store({ ...content, modifyNs: content.modifyNs - 1n })).rejects.toMatchObject({
      code: 'item.changed-while-reading',
    });
    writer.add(manifestOf('changed', await writer.store(content)));
    catalog.apply(await writer.commit(draftOf(deps), testRun(deps)));
    expect(await readBack(storage, catalog, 'changed')).toEqual(someBytes(20_000, 1));
  });

  it('tell of each file that is not what it was, and read the others of its batch', async () => {
    await storeMany();
    const sound = [
      planted('sound', someBytes(5000, 3)),
      planted('also', someBytes(200_000, 4)),
      planted('empty', someBytes(0, 1)),
    ];
    const gone = planted('gone', someBytes(5000, 5));
    fs.rmSync(gone.path);
    const touched = planted('touched', someBytes(70_000, 6));
    const shorter = planted('shorter', someBytes(70_000, 7));
    fs.truncateSync(shorter.path, 60_000);
    const cut = { ...shorter, modifyNs: files.lstat(shorter.path)!.modifyNs };
    const odd = [gone, cut, { ...touched, changeNs: files.lstat(touched.path)!.changeNs - 1n }];
    const stored = await Promise.allSettled([...sound, ...odd, touched].map((content) => writer.store(content)));
    expect(stored.map(({ status }) => status)).toEqual([
      ...sound.map(() => 'fulfilled'),
      ...odd.map(() => 'rejected'),
      'fulfilled',
    ]);
    for (const outcome of stored) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'item.changed-while-reading' });
      else writer.add(manifestOf(`item of ${outcome.value.sizeBytes}`, outcome.value));
    }
    catalog.apply(await writer.commit(draftOf(deps), testRun(deps)));
    expect(await readBack(storage, catalog, 'item of 200000')).toEqual(someBytes(200_000, 4));
    expect(await readBack(storage, catalog, 'item of 70000')).toEqual(someBytes(70_000, 6));
    expect((await storage.check('all', () => [], testRun(deps))).findings).toEqual([]);
  });

  it.runIf(process.platform === 'linux')(
    'find extended attributes with the content, as whoever reads without threads does',
    async () => {
      const contents = [5000, 200_000, 5 * 1024 * 1024].map((size) => planted(`noted${size}`, someBytes(size, size)));
      for (const { path } of contents) files.writeAttribute(path, 'user.note', Buffer.from([0, 255, 10]));
      const seen = contents.map((content) => ({ ...content, changeNs: files.lstat(content.path)!.changeNs }));
      const attributesOf = async (one: (typeof seen)[number] | (typeof contents)[number]) => (await writer.store(one)).attributes;
      const note = new Map([['user.note', Buffer.from([0, 255, 10])]]);
      const bytesOf = (found: ReadonlyMap<string, Uint8Array> | undefined) =>
        found && new Map([...found].map(([name, value]) => [name, Buffer.from(value)]));
      for (const content of seen) expect(bytesOf(await attributesOf(content))).toEqual(note);
      await storeMany();
      for (const content of seen) expect(bytesOf(await attributesOf(content))).toEqual(note);
      for (const content of contents) expect(await attributesOf(content)).toBeUndefined();
    },
  );

  it('draw summaries from what they read, small, cut and large, as whoever reads without threads does', async () => {
    const message = (length: number): Uint8Array => Buffer.from(`Subject: of ${length}\n\n`.padEnd(length, 'x'));
    const messages = [500, 200_000, 5 * 1024 * 1024].map((size) => planted(`message${size}`, message(size)));
    const summaryOf = async (index: number, describe?: 'message') => {
      const content = messages[index] ?? expect.fail();
      return (await writer.store({ ...content, ...(describe && { describe }) })).summary?.title;
    };
    const titles = ['of 500', 'of 200000', 'of 5242880'];
    expect(await Promise.all(messages.map((_, index) => summaryOf(index, 'message')))).toEqual(titles);
    await storeMany();
    expect(await Promise.all(messages.map((_, index) => summaryOf(index, 'message')))).toEqual(titles);
    // Beside what is not to be described, which is no batch of theirs.
    const both = messages.flatMap((_, index) => [summaryOf(index), summaryOf(index, 'message')]);
    expect(await Promise.all(both)).toEqual(titles.flatMap((title) => [undefined, title]));
    writer.add(manifestOf('large', await writer.store({ ...(messages[2] ?? expect.fail()), describe: 'message' })));
    catalog.apply(await writer.commit(draftOf(deps), testRun(deps)));
    expect(await readBack(storage, catalog, 'large')).toEqual(new Uint8Array(message(5 * 1024 * 1024)));
  });

  it('read a file as large as a batch may be, whatever waits in the open one', async () => {
    await storeMany();
    const large = someBytes(64 * 1024, 8);
    const files = Array.from({ length: 9 }, (_, number) => planted(`beside${number}`, large.subarray(number)));
    const whole = Buffer.concat(Array(64).fill(large));
    const stored = await Promise.all([...files, planted('whole', whole)].map((content) => writer.store(content)));
    expect(stored.at(-1)?.sizeBytes).toBe(4 * 1024 * 1024);
  });

  it('take streams and threads together', async () => {
    await storeMany();
    const bytes = someBytes(300_000, 77);
    const chunks = (async function* () {
      for (let at = 0; at < bytes.length; at += 10_000) yield bytes.slice(at, at + 10_000);
    })();
    const [streamed, whole] = await Promise.all([
      writer.store({ kind: 'stream', chunks }),
      writer.store({ kind: 'bytes', bytes }),
    ]);
    expect(streamed).toEqual(whole);
    writer.add(manifestOf('both', streamed));
    catalog.apply(await writer.commit(draftOf(deps), testRun(deps)));
    expect(await readBack(storage, catalog, 'both')).toEqual(bytes);
  });

  it('that cannot write any more end the run by its name, and nothing is committed', async () => {
    await storeMany();
    fs.rmSync(`${folder}/storage/tmp`, { recursive: true });
    const failure = { code: 'path.missing' };
    await expect(writer.commit(draftOf(deps), testRun(deps))).rejects.toMatchObject(failure);
    await expect(writer.store({ kind: 'bytes', bytes: someBytes(100, 1) })).rejects.toMatchObject(failure);
    expect(storage.head()).toBeNull();
  });

  it('that are given up leave nothing that the next writer does not clear', async () => {
    const storing = storeMany();
    await expect(Promise.all([storing, Promise.resolve().then(() => writer.abandon())])).rejects.toThrow('given up');
    await expect(writer.commit(draftOf(deps), testRun(deps))).rejects.toThrow('given up');
    expect(storage.head()).toBeNull();
  });
});

describe('a thread that dies', () => {
  it('is told to everybody who waits for it, and to who comes later', { timeout: 20_000 }, async () => {
    const dying = { count: 2, entry: new URL('data:text/javascript,throw new Error("no")') };
    const start = { place: {}, secret: '', packBytes: 1, bundleBytes: 1, chunking: smallChunking };
    const pool = new PackerPool(dying, start, silentLog);
    const batch = { group: '', describe: undefined, files: [planted('x', someBytes(10, 1))] };
    const reads = await Promise.allSettled(Array.from({ length: 20 }, () => pool.read(batch)));
    expect(new Set(reads.map((read) => read.status === 'rejected' && String(read.reason)))).toEqual(new Set(['Error: no']));
    // Until both are gone, and nothing comes from them any more.
    await sleep(1000);
    await expect(pool.read(batch)).rejects.toThrow('no');
    await expect(pool.keepPace()).rejects.toThrow('no');
  });

  it('fails the commit, and with it the run', async () => {
    const dying = { count: 2, afterBytes: 0, entry: new URL('data:text/javascript,throw new Error("no")') };
    const there = openLocalTarget(files, `${folder}/other`, systemRandom);
    const { storage: other } = await createStorage(
      there,
      testStorage,
      testDeps(files, { random: systemRandom, workers: dying, sizes }),
    );
    writer.abandon();
    writer = other.writer(other.lock('backup', 'write'), catalog);
    const run = async () => {
      await storeMany();
      await writer.commit(draftOf(deps), testRun(deps));
    };
    await expect(run()).rejects.toThrow('no');
    expect(other.head()).toBeNull();
  });
});
