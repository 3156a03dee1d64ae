import { beforeEach, describe, expect, it } from 'vitest';
import { SimFileSystem } from '../../../test/kit/sim-file-system.ts';
import {
  draftOf,
  MapCatalog,
  manifestOf,
  readBack,
  someBytes,
  storeBytes,
  type TestDeps,
  testDeps,
  testRun,
  testStorage,
} from '../../../test/kit/storage-world.ts';
import { openLocalTarget } from '../targets/local/index.ts';
import type { Target } from '../targets/target.ts';
import { type CreatedStorage, createStorage, openStorage, readHeader, type Storage, whatIsAt } from './index.ts';

let files: SimFileSystem;
let deps: TestDeps;
let target: Target;
let created: CreatedStorage;
let storage: Storage;

beforeEach(async () => {
  files = new SimFileSystem();
  deps = testDeps(files);
  target = openLocalTarget(files, '/disk', deps.random);
  created = await createStorage(target, testStorage, deps);
  storage = created.storage;
});

const reopen = (): Promise<Storage> => openStorage(target, { by: 'password', password: testStorage.password }, deps);

/** One cycle: stores the contents and commits them. */
async function cycle(
  contents: Readonly<Record<string, Uint8Array>>,
  catalog: MapCatalog,
  into: Storage = storage,
): Promise<void> {
  const lock = into.lock('backup', 'write');
  const writer = into.writer(lock, catalog);
  for (const [name, bytes] of Object.entries(contents)) await storeBytes(writer, name, bytes);
  catalog.apply(await writer.commit(draftOf(deps), testRun(deps)));
  writer.abandon();
  lock.release();
}

describe('a new storage', () => {
  it('says what it is without a key, and lies there three times', () => {
    expect(readHeader(target)).toEqual(storage.header);
    expect(storage.header).toMatchObject({ name: 'Test', format: 1 });
    expect(target.read('STORAGE')).toEqual(target.read('STORAGE.2'));
    expect(whatIsAt(target)).toBe('storage');
    expect(storage.head()).toBeNull();
  });

  it('opens with password, recovery key and device secret, and each time is the same', async () => {
    const secret = storage.exportDeviceSecret();
    const { recoveryKey } = created;
    expect(recoveryKey.split(' ')).toHaveLength(24);
    expect(created.checkCharacters).toHaveLength(4);
    for (const unlock of [
      { by: 'password', password: testStorage.password } as const,
      { by: 'recovery-key', recoveryKey: recoveryKey.toUpperCase() } as const,
      { by: 'device', secret } as const,
    ]) {
      const opened = await openStorage(target, unlock, deps);
      expect(opened.header).toEqual(storage.header);
      expect(opened.catalogKey()).toBe(storage.catalogKey());
      opened.close();
    }
  });

  it('refuses wrong secrets, each by its name', async () => {
    const other = await createStorage(openLocalTarget(files, '/other', deps.random), testStorage, deps);
    const refuses = async (unlock: Parameters<typeof openStorage>[1], code: string): Promise<void> => {
      await expect(openStorage(target, unlock, deps)).rejects.toMatchObject({ code });
    };
    await refuses({ by: 'password', password: 'correct horse ' }, 'storage.wrong-password');
    await refuses({ by: 'recovery-key', recoveryKey: other.recoveryKey }, 'storage.wrong-recovery-key');
    await refuses({ by: 'recovery-key', recoveryKey: 'abandon' }, 'storage.recovery-key-malformed');
    await refuses({ by: 'device', secret: other.storage.exportDeviceSecret() }, 'storage.needs-password');
    await refuses({ by: 'device', secret: 'rubbish' }, 'storage.needs-password');
  });

  it('is not made where something is', async () => {
    await expect(createStorage(target, testStorage, deps)).rejects.toMatchObject({ code: 'storage.exists' });
    files.makeDirectory('/home', 0o700);
    files.plant('/home/letter.txt', someBytes(10, 1));
    const home = openLocalTarget(files, '/home', deps.random);
    await expect(createStorage(home, testStorage, deps)).rejects.toMatchObject({ code: 'storage.not-empty' });
    expect(files.files().size).toBe([...files.files().keys()].filter((name) => name.startsWith('/disk')).length + 1);
    await expect(createStorage(home, { ...testStorage, password: 'short' }, deps)).rejects.toMatchObject({
      code: 'storage.password-too-short',
    });
    expect(() => readHeader(home)).toThrow(expect.objectContaining({ code: 'storage.not-found' }));
  });
});

describe('what was committed', () => {
  const contents = {
    empty: new Uint8Array(0),
    tiny: someBytes(1, 1),
    text: someBytes(5000, 2, 'text'),
    noise: someBytes(5000, 3),
    large: someBytes(500_000, 4),
    largeText: someBytes(300_000, 5, 'text'),
    zeros: new Uint8Array(200_000),
  };

  it('comes back byte by byte, also after opening anew with a rebuilt catalog', async () => {
    const catalog = new MapCatalog();
    await cycle(contents, catalog);
    const again = await reopen();
    const rebuilt = MapCatalog.rebuilt(again);
    expect(rebuilt.dump()).toEqual(catalog.dump());
    for (const [name, bytes] of Object.entries(contents)) expect(await readBack(again, rebuilt, name)).toEqual(bytes);
    expect(again.head()).toEqual({ sequence: 1, id: catalog.commits[0]?.id });
  });

  it('is chained, and comes in order', async () => {
    const catalog = new MapCatalog();
    for (let index = 0; index < 5; index++) await cycle({ [`item${index}`]: someBytes(100, index) }, catalog);
    const commits = [...storage.commits(0)];
    expect(commits.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
    expect(commits.map(({ previous }) => previous)).toEqual([null, ...commits.slice(0, 4).map((commit) => commit.id)]);
    expect([...storage.commits(3)]).toEqual(commits.slice(3));
    expect([...storage.commits(5)]).toEqual([]);
    expect(MapCatalog.rebuilt(storage).dump()).toEqual(catalog.dump());
  });

  it('is seen by another process that had the storage open before', async () => {
    const other = await reopen();
    expect(other.head()).toBeNull();
    const catalog = new MapCatalog();
    await cycle(contents, catalog);
    expect(other.head()).toEqual(storage.head());
    expect(MapCatalog.rebuilt(other).dump()).toEqual(catalog.dump());
  });

  it('takes no room again, within a cycle and in the next one', async () => {
    const catalog = new MapCatalog();
    await cycle({ a: someBytes(400_000, 9), b: someBytes(400_000, 9), c: someBytes(3000, 8), d: someBytes(3000, 8) }, catalog);
    const packed = (): number => packBytes(target);
    const before = packed();
    expect(before).toBeLessThan(650_000);
    await cycle({ e: someBytes(400_000, 9), f: someBytes(3000, 8) }, catalog);
    expect(packed() - before).toBeLessThanOrEqual(65_536);
    for (const name of ['a', 'b', 'e']) expect(await readBack(storage, catalog, name)).toEqual(someBytes(400_000, 9));
  });

  it('is stored anew where its pack is gone', async () => {
    const catalog = new MapCatalog();
    await cycle({ a: someBytes(3000, 8) }, catalog);
    for (const name of target.list('packs')) target.remove(name);
    const again = await reopen();
    await cycle({ b: someBytes(3000, 8) }, catalog, again);
    expect(target.list('packs').length).toBe(1);
    const rebuilt = MapCatalog.rebuilt(await reopen());
    expect(await readBack(again, rebuilt, 'b')).toEqual(someBytes(3000, 8));
  });

  it('leaves nothing in tmp, and packs in sizes that say little', async () => {
    await cycle(contents, new MapCatalog());
    expect(target.list('tmp')).toEqual([]);
    expect(target.list('locks')).toEqual([]);
    const packs = target.list('packs');
    expect(packs.length).toBeGreaterThan(3);
    for (const name of packs) expect((target.size(name) ?? 1) % 65_536).toBe(0);
  });

  it('can be nothing at all, and then makes no pack', async () => {
    const catalog = new MapCatalog();
    await cycle({}, catalog);
    expect(target.list('packs')).toEqual([]);
    expect(catalog.commits).toHaveLength(1);
    expect([...storage.commits(0)]).toHaveLength(1);
  });

  it('of a small cycle is one pack', async () => {
    await cycle({ a: someBytes(100, 1), b: someBytes(200, 2) }, new MapCatalog());
    expect(target.list('packs')).toHaveLength(1);
  });

  it('is found by a stranger nowhere: no name, no text', async () => {
    await cycle({ 'Secret subject': new TextEncoder().encode('attack at dawn '.repeat(100)) }, new MapCatalog());
    for (const bytes of files.files().values()) {
      const text = Buffer.from(bytes).toString('latin1');
      expect(text).not.toContain('Secret');
      expect(text).not.toContain('dawn');
      expect(text).not.toContain('/mail');
    }
  });
});

describe('what was not committed', () => {
  it('is not there after the writer was given up, and the next writer clears its leftovers', async () => {
    const catalog = new MapCatalog();
    await cycle({ a: someBytes(1000, 1) }, catalog);
    const lock = storage.lock('backup', 'write');
    const writer = storage.writer(lock, catalog);
    await storeBytes(writer, 'b', someBytes(500_000, 2));
    writer.abandon();
    await expect(writer.commit(draftOf(deps), testRun(deps))).rejects.toThrow();
    lock.release();
    target.begin().append(someBytes(10, 1));
    await cycle({ c: someBytes(1000, 3) }, catalog);
    expect(target.list('tmp')).toEqual([]);
    const rebuilt = MapCatalog.rebuilt(await reopen());
    expect(rebuilt.manifests.map(({ name }) => name)).toEqual(['a', 'c']);
    expect(rebuilt.dump()).toEqual(catalog.dump());
  });

  it('is not there after a cancel, whenever that came', async () => {
    const lock = storage.lock('backup', 'write');
    const writer = storage.writer(lock, new MapCatalog());
    await storeBytes(writer, 'a', someBytes(1000, 1));
    await expect(writer.commit(draftOf(deps), testRun(deps, AbortSignal.abort()))).rejects.toMatchObject({ name: 'Cancelled' });
    expect(storage.head()).toBeNull();
  });
});

describe('contents', () => {
  it('from a file are what the file holds, small and large', async () => {
    files.makeDirectory('/home', 0o700);
    const sizes = [0, 1, 5000, 8192, 8193, 300_000];
    const catalog = new MapCatalog();
    const lock = storage.lock('backup', 'write');
    const writer = storage.writer(lock, catalog);
    for (const size of sizes) {
      files.plant(`/home/${size}`, someBytes(size, size + 1));
      const { sizeBytes, modifyNs, inode } = files.lstat(`/home/${size}`)!;
      writer.add(manifestOf(`f${size}`, await writer.store({ kind: 'file', path: `/home/${size}`, sizeBytes, modifyNs, inode })));
    }
    catalog.apply(await writer.commit(draftOf(deps), testRun(deps)));
    for (const size of sizes) expect(await readBack(storage, catalog, `f${size}`)).toEqual(someBytes(size, size + 1));
  });

  it('from a file that is not what was sighted concern that item alone', async () => {
    files.makeDirectory('/home', 0o700);
    const catalog = new MapCatalog();
    const writer = storage.writer(storage.lock('backup', 'write'), catalog);
    for (const size of [5000, 300_000]) {
      files.plant('/home/a', someBytes(size, 1));
      const { sizeBytes, modifyNs, inode } = files.lstat('/home/a')!;
      const content = { kind: 'file', path: '/home/a', sizeBytes, modifyNs, inode } as const;
      const changed = { code: 'item.changed-while-reading' };
      await expect(writer.store({ ...content, sizeBytes: size - 1 })).rejects.toMatchObject(changed);
      await expect(writer.store({ ...content, modifyNs: modifyNs + 1n })).rejects.toMatchObject(changed);
      await expect(writer.store({ ...content, inode: 99n })).rejects.toMatchObject(changed);
      await expect(writer.store({ ...content, path: '/home/none' })).rejects.toMatchObject(changed);
      writer.add(manifestOf(`f${size}`, await writer.store(content)));
    }
    catalog.apply(await writer.commit(draftOf(deps), testRun(deps)));
    for (const size of [5000, 300_000]) expect(await readBack(storage, catalog, `f${size}`)).toEqual(someBytes(size, 1));
  });

  it('have the same chunks and digest however they come, many at a time', async () => {
    files.makeDirectory('/home', 0o700);
    const writer = storage.writer(storage.lock('backup', 'write'), new MapCatalog());
    for (const size of [0, 1, 8192, 8193, 70_000, 400_000]) {
      const bytes = someBytes(size, size);
      files.plant('/home/a', bytes);
      const { sizeBytes, modifyNs, inode } = files.lstat('/home/a')!;
      const stored = await Promise.all([
        writer.store({ kind: 'bytes', bytes }),
        writer.store({ kind: 'file', path: '/home/a', sizeBytes, modifyNs, inode }),
        ...[1, 777, 100_000].map((piece) =>
          writer.store({ kind: 'stream', chunks: inPieces(bytes, size > 1000 ? piece + 50 : piece) }),
        ),
      ]);
      expect(new Set(stored.map((one) => JSON.stringify(one))).size).toBe(1);
    }
  });

  it('whose stream breaks concern that item alone, and the sender is told to stop', async () => {
    const catalog = new MapCatalog();
    const writer = storage.writer(storage.lock('backup', 'write'), catalog);
    for (const after of [100, 200_000]) {
      const sender = brokenAfter(after);
      await expect(writer.store({ kind: 'stream', chunks: sender })).rejects.toThrow('connection lost');
    }
    await storeBytes(writer, 'a', someBytes(200_000, 1));
    catalog.apply(await writer.commit(draftOf(deps), testRun(deps)));
    expect(await readBack(storage, catalog, 'a')).toEqual(someBytes(200_000, 1));
  });
});

const packBytes = (target: Target): number => target.list('packs').reduce((sum, name) => sum + (target.size(name) ?? 0), 0);

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

async function* brokenAfter(bytes: number): AsyncGenerator<Uint8Array> {
  yield someBytes(bytes, 1);
  throw new Error('connection lost');
}
