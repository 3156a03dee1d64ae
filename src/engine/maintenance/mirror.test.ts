import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hide, prune } from '../../../test/kit/removal-world.ts';
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
import { createStorage, openStorage, type Storage, type StorageWriter } from '../storage/index.ts';
import { openLocalTarget } from '../targets/local/index.ts';
import { contentFrom, lackingCommits, runMirror } from './mirror.ts';

interface Side {
  readonly storage: Storage;
  readonly catalog: MapCatalog;
}

let disk: SimFileSystem;
let deps: TestDeps;
let origin: Side;
let mirror: Side;
let third: Side;

/** Made once: each takes a password. */
const made = new SimFileSystem();
const secrets = new Map<string, string>();
beforeAll(async () => {
  const making = testDeps(made);
  for (const path of ['/origin', '/mirror', '/third']) {
    const created = await createStorage(openLocalTarget(made, path, making.random), { ...testStorage, name: path }, making);
    secrets.set(path, created.storage.exportDeviceSecret());
  }
}, 120_000);

const open = async (path: string): Promise<Side> => {
  const target = openLocalTarget(disk, path, deps.random);
  const storage = await openStorage(target, { by: 'device', secret: secrets.get(path) ?? '' }, deps);
  return { storage, catalog: new MapCatalog() };
};

beforeEach(async () => {
  disk = made.copy();
  deps = testDeps(disk);
  origin = await open('/origin');
  mirror = await open('/mirror');
  third = await open('/third');
});

async function commit({ storage, catalog }: Side, fill: (writer: StorageWriter) => Promise<void>): Promise<void> {
  const lock = storage.lock('backup', 'write');
  const writer = storage.writer(lock, catalog);
  await fill(writer);
  catalog.apply(await writer.commit(draftOf(deps), testRun(deps)));
  writer.abandon();
  lock.release();
}

async function run(from = origin, to = mirror, signal?: AbortSignal): Promise<'complete' | 'stopped'> {
  const lock = to.storage.lock('mirror', 'write');
  try {
    return await runMirror({ origin: from, mirror: to, lock }, testRun(deps, signal));
  } finally {
    lock.release();
  }
}

const lacks = (): number => [...lackingCommits(origin.storage, mirror.storage)].length;
const small = someBytes(3000, 1, 'text');
const large = someBytes(1_500_000, 2);

describe('a mirror', () => {
  it('holds what the origin holds, under keys of its own, and the next time only what is new', async () => {
    await commit(origin, async (writer) => {
      await storeBytes(writer, 'small', small);
      await storeBytes(writer, 'large', large);
      await storeBytes(writer, 'empty', new Uint8Array(0));
    });
    await run();
    for (const [name, bytes] of Object.entries({ small, large, empty: new Uint8Array(0) })) {
      expect(Buffer.compare(await readBack(mirror.storage, mirror.catalog, name), bytes)).toBe(0);
    }
    const ids = new Set(origin.catalog.chunkIds());
    expect(mirror.catalog.chunkIds().some((id) => ids.has(id))).toBe(false);
    expect(mirror.catalog.commits[0]).toMatchObject({
      kind: 'full',
      run: origin.catalog.commits[0]?.run,
      atMs: origin.catalog.commits[0]?.atMs,
      origin: { storage: origin.storage.header.id, sequence: 1 },
    });
    expect(lacks()).toBe(0);
    await commit(origin, (writer) => storeBytes(writer, 'second', someBytes(9000, 3)));
    expect(lacks()).toBe(1);
    await run();
    expect(mirror.catalog.commits).toHaveLength(2);
    expect((await mirror.storage.check('all', () => [], testRun(deps))).findings).toEqual([]);
  });

  it('does not read a content again where only metadata changed', async () => {
    await commit(origin, (writer) => storeBytes(writer, 'small', small));
    await run();
    const first = origin.catalog.manifests[0];
    if (first === undefined) throw new Error('no manifest');
    await commit(origin, (writer) => {
      writer.add({ ...first, version: 2, change: 'metadata', metadata: { flags: ['seen'] } });
      return Promise.resolve();
    });
    let reads = 0;
    const read: Storage['read'] = (part, locator) => {
      reads += 1;
      return origin.storage.read(part, locator);
    };
    const watched = new Proxy(origin.storage, {
      get: (storage, name: keyof Storage) => {
        const member = storage[name];
        return name === 'read' ? read : typeof member === 'function' ? member.bind(storage) : member;
      },
    });
    await run({ storage: watched, catalog: origin.catalog });
    expect(reads).toBe(0);
    expect(Buffer.compare(await readBack(mirror.storage, mirror.catalog, 'small'), small)).toBe(0);
  });

  it('reads a content again that its own rules took away before only its metadata changed', async () => {
    await commit(origin, (writer) => storeBytes(writer, 'small', small));
    await run();
    await hide(mirror.storage, deps, mirror.catalog, ['small']);
    await prune(mirror.storage, deps, mirror.catalog, { leastLive: 1 });
    const first = origin.catalog.manifests[0] ?? expect.unreachable();
    await commit(origin, (writer) => {
      writer.add({ ...first, version: 2, change: 'metadata', metadata: { flags: ['seen'] } });
      return Promise.resolve();
    });
    await run();
    expect(Buffer.compare(await readBack(mirror.storage, mirror.catalog, 'small'), small)).toBe(0);
    expect((await mirror.storage.check('all', () => [], testRun(deps))).findings).toEqual([]);
  });

  it('repeats what vanished as what vanished, holds as holds, and nothing that removes', async () => {
    await commit(origin, (writer) => storeBytes(writer, 'small', small));
    const hold = {
      id: 'hold0000000000000000',
      scope: { what: 'source', source: 'source00000000000000' },
      reason: 'law',
      atMs: 1,
    };
    const lock = origin.storage.lock('prune', 'exclusive');
    const writer = origin.storage.writer(lock, origin.catalog);
    await writer.commit({ ...draftOf(deps, 'retention'), forgets: [1] }, testRun(deps));
    await writer.commit({ ...draftOf(deps, 'hold'), holds: [hold as never] }, testRun(deps));
    lock.release();
    await run();
    expect(mirror.catalog.commits.map(({ kind, forgets, holds }) => [kind, forgets, holds])).toEqual([
      ['full', undefined, undefined],
      ['hold', undefined, [hold]],
    ]);
  });

  it('takes nothing of a commit that is damaged at the origin', async () => {
    await commit(origin, (writer) => storeBytes(writer, 'small', small));
    for (const [path, bytes] of disk.files()) {
      if (!path.startsWith('/origin/packs/')) continue;
      bytes.fill(0, 100, bytes.length - 100);
      disk.plant(path, bytes);
    }
    await expect(run()).rejects.toMatchObject({ code: 'storage.record-damaged' });
    expect(mirror.storage.head()).toBeNull();
  });

  it('refuses an origin with another history, and a storage that holds backups of its own', async () => {
    const older = disk.copy();
    await commit(origin, (writer) => storeBytes(writer, 'small', small));
    await run();
    for (const path of disk.files().keys()) if (/^\/origin\/(copies\/)?commits/.test(path)) disk.unlink(path);
    expect([...older.files().keys()].some((path) => path.startsWith('/origin/commits'))).toBe(false);
    expect(() => lacks()).toThrow(expect.objectContaining({ code: 'mirror.origin-differs' }));

    await commit(third, (writer) => storeBytes(writer, 'own', small));
    await expect(run(mirror, third)).rejects.toMatchObject({ code: 'mirror.not-empty' });
  });

  it('gives back a content for who repairs the origin', async () => {
    await commit(origin, async (writer) => writer.add(manifestOf('small', await writer.store({ kind: 'bytes', bytes: small }))));
    await run();
    const { item, version } = origin.catalog.manifests[0] ?? expect.unreachable();
    const pieces: Uint8Array[] = [];
    for await (const piece of contentFrom(mirror, { item, version, part: 'raw' }) ?? []) pieces.push(piece);
    expect(Buffer.compare(Buffer.concat(pieces), small)).toBe(0);
    expect(contentFrom(mirror, { item, version: 9, part: 'raw' })).toBeUndefined();
  });
});
