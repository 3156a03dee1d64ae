import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { repair, tryRepair } from '../../../../test/kit/repair-world.ts';
import { hide, prune } from '../../../../test/kit/removal-world.ts';
import { SimFileSystem } from '../../../../test/kit/sim-file-system.ts';
import {
  draftOf,
  MapCatalog,
  readBack,
  smallSizes,
  someBytes,
  storeBytes,
  type TestDeps,
  testDeps,
  testRun,
  testSource,
  testStorage,
} from '../../../../test/kit/storage-world.ts';
import type { ChunkId } from '../../../shared/domain/ids.ts';
import { walkPack } from '../../format/index.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import { openLocalTarget } from '../../targets/local/index.ts';
import { Ballast } from '../ballast.ts';
import { createStorage, openStorage, type Storage } from '../index.ts';
import { copyAside } from './aside.ts';
import type { WantedContent } from './repair.ts';

const contents: Readonly<Record<string, Uint8Array>> = {
  a: someBytes(3000, 1, 'text'),
  b: someBytes(60_000, 2),
  c: someBytes(5000, 3, 'text'),
  d: someBytes(90_000, 4),
  e: someBytes(500, 5),
  f: someBytes(20_000, 6, 'text'),
};

let saved: SimFileSystem;
let secret: string;
let files: SimFileSystem;
let deps: TestDeps;
let storage: Storage;
/** What a catalog knows that was there before the damage. */
let catalog: MapCatalog;

const open = (): Promise<Storage> => openStorage(target(), { by: 'device', secret }, deps);
const target = () => openLocalTarget(files, '/disk', deps.random);
const check = () => storage.check('all', () => [], testRun(deps));
const packsOf = (name: string): string[] => [
  ...new Set(
    (catalog.manifests.find((manifest) => manifest.name === name)?.contents[0]?.chunks ?? []).flatMap((id: ChunkId) => {
      const pack = catalog.locate(id)?.pack;
      return pack === undefined ? [] : [`packs/${pack.slice(0, 2)}/${pack}.pack`];
    }),
  ),
];

const cursors = [{ source: testSource, folders: { INBOX: 1 } }];

async function cycle(names: string): Promise<void> {
  const lock = storage.lock('backup', 'write');
  const writer = storage.writer(lock, catalog);
  for (const name of names) await storeBytes(writer, name, contents[name] ?? new Uint8Array(0));
  catalog.apply(await writer.commit({ ...draftOf(deps), cursors }, testRun(deps)));
  lock.release();
}

beforeAll(async () => {
  files = new SimFileSystem();
  deps = testDeps(files);
  ({ storage } = await createStorage(target(), testStorage, deps));
  secret = storage.exportDeviceSecret();
  catalog = new MapCatalog();
  for (const names of ['ab', 'cd', 'ef']) await cycle(names);
  saved = files;
});

beforeEach(async () => {
  files = saved.copy();
  deps = testDeps(files);
  storage = await open();
  catalog = MapCatalog.rebuilt(storage);
});

const damage = (name: string, change: (bytes: Uint8Array) => Uint8Array): void =>
  files.plant(`/disk/${name}`, change(target().read(name).slice()));
const flip =
  (at: number) =>
  (bytes: Uint8Array): Uint8Array => {
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return bytes;
  };
const everything = (): ReadonlyMap<string, Uint8Array> =>
  new Map([...files.files()].filter(([path]) => !path.includes('/locks/') && !path.endsWith('ballast')));

/** Opens it anew, and says which items can be had, all of them to the byte. */
async function readable(): Promise<string[]> {
  storage = await open();
  const rebuilt = MapCatalog.rebuilt(storage);
  const had: string[] = [];
  for (const [name, bytes] of Object.entries(contents)) {
    const read = await readBack(storage, rebuilt, name).catch(() => undefined);
    if (read !== undefined) expect(read).toEqual(bytes);
    if (read !== undefined) had.push(name);
  }
  return had;
}

describe('a repair of a pack with one bad record', () => {
  beforeEach(() => damage(packsOf('b')[0] ?? '', flip(200)));

  it('saves every other record, puts the pack away and deletes nothing', async () => {
    const [pack = ''] = packsOf('b');
    const bytes = target().read(pack);
    const { numbers, lost, aside } = await repair(storage, deps);
    expect(numbers).toMatchObject({ packsDamaged: 1, packsMissing: 0, chunksFromMirror: 0, manifestsLost: 0 });
    expect(numbers.chunksSaved).toBeGreaterThan(0);
    expect(numbers.chunksLost).toBeGreaterThan(0);
    expect(target().read(`quarantine/${pack.slice(9)}`)).toEqual(bytes);
    expect(target().size(pack)).toBeUndefined();
    expect(aside).toMatch(/^aside\/\d{4}-\d\d-\d\d-3\.tar$/);
    const had = await readable();
    expect(had.length).toBe(5);
    const names = lost.map(({ item }) => item.replace(/0*$/, ''));
    expect([...had, ...names].sort()).toEqual(Object.keys(contents));
  });

  it('says the same beforehand, and changes nothing then', async () => {
    const before = everything();
    const dry = await tryRepair(storage, deps);
    expect(everything()).toEqual(before);
    const { numbers, lost } = await repair(storage, deps);
    expect(dry).toEqual({ numbers, lost, aside: null });
  });

  it('has nothing to do a second time', async () => {
    const first = await repair(storage, deps);
    const before = everything();
    const second = await repair(storage, deps);
    expect(everything()).toEqual(before);
    expect(second.lost).toEqual(first.lost);
    expect(second).toMatchObject({ aside: null, numbers: { chunksLost: first.numbers.chunksLost, packsDamaged: 0 } });
  });

  it('leaves to a check exactly what is lost, and lets removing go on', async () => {
    await repair(storage, deps);
    storage = await open();
    const { findings, orphans, leftovers } = await check();
    expect(findings.map(({ file }) => file)).toEqual(['packs']);
    expect([orphans, leftovers]).toEqual([0, 0]);
    await prune(storage, deps, MapCatalog.rebuilt(storage), { leastLive: 1 });
  });
});

describe('a repair', () => {
  it('of a whole storage does nothing', async () => {
    const before = everything();
    const { numbers, lost, aside } = await repair(storage, deps);
    expect(Object.values(numbers).every((number) => number === 0)).toBe(true);
    expect([lost, aside]).toEqual([[], null]);
    expect(everything()).toEqual(before);
  });

  it.each([
    ['footer', (bytes: Uint8Array): Uint8Array => bytes.fill(0, bytes.length - 200, bytes.length - 96)],
    ['trailer', (bytes: Uint8Array): Uint8Array => bytes.fill(0, bytes.length - 96)],
    ['header', (bytes: Uint8Array): Uint8Array => bytes.fill(0, 0, 48)],
  ])('of a pack without its %s loses nothing', async (_what, change) => {
    damage(packsOf('d')[0] ?? '', change);
    const { numbers } = await repair(storage, deps);
    expect(numbers).toMatchObject({ packsDamaged: 1, chunksLost: 0, manifestsLost: 0 });
    expect(await readable()).toEqual(Object.keys(contents));
    expect((await check()).findings).toEqual([]);
  });

  it('takes a missing pack out of use, so that a cycle stores again what was in it', async () => {
    for (const pack of packsOf('d')) target().remove(pack);
    const { numbers } = await repair(storage, deps, { catalog });
    expect(numbers.packsMissing).toBeGreaterThan(0);
    storage = await open();
    catalog = MapCatalog.rebuilt(storage);
    await cycle('abcdef');
    expect(await readable()).toEqual(Object.keys(contents));
    expect((await check()).findings).toEqual([]);
  });

  it('finds a missing pack in the trash, if it is whole', async () => {
    const [pack = ''] = packsOf('b');
    target().move(pack, `trash/2026-01-01-1/${pack.slice(9)}`);
    expect((await tryRepair(storage, deps)).numbers).toMatchObject({ packsFound: 1, packsMissing: 0, chunksLost: 0 });
    expect((await repair(storage, deps)).numbers).toMatchObject({ packsFound: 1, packsMissing: 0, chunksLost: 0 });
    expect((await check()).findings).toEqual([]);
  });

  it('takes from the same file elsewhere what is bad here', async () => {
    const twinDisk = saved.copy();
    const twin = openLocalTarget(twinDisk, '/disk', deps.random);
    for (const pack of [...packsOf('b'), ...packsOf('d')]) damage(pack, (bytes) => bytes.fill(7, 100));
    const { numbers } = await repair(storage, deps, { help: { twins: [twin] } });
    expect(numbers).toMatchObject({ chunksLost: 0, manifestsLost: 0 });
    expect(await readable()).toEqual(Object.keys(contents));
    expect((await check()).findings).toEqual([]);
  });

  it('keeps what was hidden, and it can be shown again', async () => {
    const hidden = catalog.manifests.find(({ name }) => name === 'a');
    await hide(storage, deps, catalog, ['a']);
    damage(packsOf('b')[0] ?? '', (bytes) => bytes.fill(0, bytes.length - 96));
    const { numbers } = await repair(storage, deps);
    expect(numbers.chunksLost).toBe(0);
    const { findings } = await check();
    expect(findings).toEqual([]);
    const rebuilt = MapCatalog.rebuilt(await open());
    for (const id of hidden?.contents[0]?.chunks ?? []) expect(rebuilt.locate(id)).toBeDefined();
  });

  it('puts other bytes beside those that lie in quarantine already', async () => {
    const [pack = ''] = packsOf('b');
    const good = target().read(pack);
    damage(pack, flip(200));
    const bad = target().read(pack);
    await repair(storage, deps);
    files.plant(`/disk/${pack}`, good);
    storage = await open();
    storage.lock('backup', 'write').release();
    expect(target().read(`quarantine/${pack.slice(9)}`)).toEqual(bad);
    expect(target().read(`quarantine/${pack.slice(9, -5)}-2.pack`)).toEqual(good);
  });

  it('refuses a storage of which a commit is gone with its copy, and changes nothing', async () => {
    const [commit = ''] = target().list('commits');
    const gone = [commit, 'copies/commits/0000000001.commit'];
    for (const name of gone) target().remove(name);
    storage = await open();
    const before = everything();
    await expect(tryRepair(storage, deps)).rejects.toMatchObject({ code: 'storage.damaged' });
    expect(everything()).toEqual(before);
    await expect(repair(storage, deps)).rejects.toMatchObject({ code: 'storage.damaged' });
  });

  it('blames no pack where the disk gives nothing of any file any more, though it still knows their sizes', async () => {
    const whole = target();
    let isGone = false;
    const gives = <T>(read: () => T): T => {
      if (isGone) throw new StrataError('path.io', 'later', { path: '/disk' });
      return read();
    };
    const dying = new Proxy(whole, {
      get: (real, member) => {
        if (member === 'readRange') {
          return (name: string, offset: number, length: number) => {
            isGone ||= name.startsWith('packs/');
            return gives(() => real.readRange(name, offset, length));
          };
        }
        if (member === 'read') return (name: string) => gives(() => real.read(name));
        const value: unknown = Reflect.get(real, member, real);
        return typeof value === 'function' ? (value.bind(real) as unknown) : value;
      },
    });
    storage = await openStorage(dying, { by: 'device', secret }, deps);
    const before = everything();
    await expect(tryRepair(storage, deps)).rejects.toMatchObject({ code: 'path.io' });
    expect(everything()).toEqual(before);
    isGone = false;
    await expect(repair(storage, deps)).rejects.toMatchObject({ code: 'path.io' });
    expect(everything()).toEqual(before);
  });

  it('copies aside all that the disk gives, where it does not give one copy of a commit', async () => {
    damage(packsOf('b')[0] ?? '', flip(200));
    const [bad] = target().list('commits');
    files.onReading((path) => {
      if (path.endsWith(bad ?? '')) throw Object.assign(new Error('made up'), { code: 'EIO' });
    });
    const aside = copyAside(3, deps.clock.nowMs(), target(), new Ballast(target(), smallSizes, deps.random, deps.log));
    files.onReading(undefined);
    expect(Buffer.from(target().read(aside)).includes(Buffer.from(bad ?? ''))).toBe(false);
    expect(Buffer.from(target().read(aside)).includes(Buffer.from('copies/commits/0000000001.commit'))).toBe(true);
  });

  it('refuses a storage that went back', async () => {
    const lock = storage.lock('repair', 'exclusive');
    const known = { sequence: 9, id: 'f'.repeat(64) as never };
    const author = { run: 'repair'.padEnd(20, '0') as never, atMs: 1 };
    const help = { twins: [], mirrors: [], remembered: () => undefined };
    const repairing = storage.repair(lock, { known, author, help, isDry: false }, testRun(deps));
    await expect(repairing).rejects.toMatchObject({ code: 'storage.went-back' });
  });
});

describe('lost manifests', () => {
  /** Smashes every record of manifests in every pack. */
  function smash(): void {
    for (const name of target().list('packs')) {
      damage(name, (bytes) => {
        const origin = { path: '', file: name };
        for (const { header, offset } of [...walkPack(bytes, origin)]) if (header.type === 'manifests') flip(offset + 90)(bytes);
        return bytes;
      });
    }
  }

  it('are made again from what a catalog remembers, and proved by the id in the footer', async () => {
    smash();
    const { numbers } = await repair(storage, deps, { catalog });
    expect(numbers).toMatchObject({ manifestsRemembered: 6, manifestsLost: 0, chunksLost: 0 });
    expect(MapCatalog.rebuilt(await open()).manifests).toEqual(catalog.manifests);
    expect((await check()).findings).toEqual([]);
  });

  it('that a catalog remembers wrongly are not believed; then it is said, and all sources are listed anew', async () => {
    smash();
    const remembered = (from: number, count: number, all: number) =>
      catalog.remembered(from, count, all)?.map((manifest) => ({ ...manifest, name: 'other' }));
    const { numbers } = await repair(storage, deps, { help: { remembered } });
    expect(numbers).toMatchObject({ manifestsRemembered: 0, manifestsLost: 6 });
    expect(MapCatalog.rebuilt(await open()).manifests).toEqual([]);
    const cursors = [...storage.commits(0)].flatMap((commit) => commit.cursors);
    expect(cursors.at(-1)).toEqual({ source: testSource, folders: { INBOX: null } });
  });

  it('go on to be stored: a cycle brings all of it back', async () => {
    smash();
    await repair(storage, deps);
    storage = await open();
    catalog = MapCatalog.rebuilt(storage);
    await cycle('abcdef');
    expect(await readable()).toEqual(Object.keys(contents));
  });
});

describe('a mirror', () => {
  const had = (wanted: WantedContent): Uint8Array => {
    const name = catalog.manifests.find(({ item, version }) => item === wanted.item && version === wanted.version)?.name;
    return contents[name ?? ''] ?? new Uint8Array(0);
  };
  async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 1777) yield Promise.resolve(bytes.subarray(at, at + 1777));
  }

  beforeEach(() => {
    for (const pack of packsOf('d')) damage(pack, (bytes) => bytes.fill(9, 60, bytes.length - 96));
  });

  it('gives what is missing, however it cuts it', async () => {
    const mirrors = [(wanted: WantedContent) => inPieces(had(wanted))];
    const dry = await tryRepair(storage, deps, { help: { mirrors }, catalog });
    const { numbers } = await repair(storage, deps, { help: { mirrors }, catalog });
    expect(dry.numbers).toEqual(numbers);
    expect(numbers.chunksLost).toBe(0);
    expect(numbers.chunksFromMirror).toBeGreaterThan(1);
    expect(await readable()).toEqual(Object.keys(contents));
    expect((await check()).findings).toEqual([]);
  });

  it('that has other bytes, has nothing, or cannot be read, is left for the next one', async () => {
    const nothing = () => undefined;
    const wrong = (wanted: WantedContent) => inPieces(had(wanted).map((byte) => byte ^ 1));
    async function* broken(wanted: WantedContent): AsyncGenerator<Uint8Array> {
      yield Promise.resolve(had(wanted).subarray(0, 100));
      throw new StrataError('path.io', 'later');
    }
    const away = (): never => {
      throw new StrataError('path.missing', 'later');
    };
    const useless = await repair(storage, deps, { help: { mirrors: [nothing, wrong, broken, away] }, catalog });
    expect(useless.numbers.chunksFromMirror).toBe(0);
    expect(useless.numbers.chunksLost).toBeGreaterThan(0);
    storage = await open();
    const mirrors = [wrong, (wanted: WantedContent) => inPieces(had(wanted))];
    expect((await repair(storage, deps, { help: { mirrors } })).numbers.chunksLost).toBe(0);
    expect(await readable()).toEqual(Object.keys(contents));
    expect((await check()).findings).toEqual([]);
  });
});

describe('what is copied aside', () => {
  it('is every vital file as it is, once for each newest commit, and the newest three are kept', () => {
    const ballast = new Ballast(target(), smallSizes, deps.random, deps.log);
    const names = [7, 8, 9, 10, 10].map((sequence) => copyAside(sequence, deps.clock.nowMs(), target(), ballast));
    expect(new Set(names).size).toBe(4);
    expect(target().list('aside').sort()).toEqual([...new Set(names)].slice(1).sort());
    const tar = Buffer.from(target().read(names[4] ?? ''));
    const vital = ['STORAGE', ...target().list('keys'), ...target().list('commits'), ...target().list('copies')];
    for (const name of vital) expect(tar.includes(Buffer.concat([Buffer.from(name), Buffer.alloc(1)])), name).toBe(true);
    for (const name of vital) expect(tar.includes(Buffer.from(target().read(name))), name).toBe(true);
  });
});

describe('room', () => {
  it('that is not there is said before anything is changed', async () => {
    damage(packsOf('d')[0] ?? '', flip(200));
    target().remove('ballast');
    files.limit(files.usedBytes + 64 * 1024);
    const before = everything();
    await expect(repair(storage, deps)).rejects.toMatchObject({ code: 'storage.no-room-to-repair' });
    expect(everything()).toEqual(before);
  });

  it('is taken from the ballast where nothing else is free', async () => {
    damage(packsOf('d')[0] ?? '', flip(200));
    target().remove('ballast');
    files.plant('/disk/ballast', new Uint8Array(1024 * 1024));
    files.limit(files.usedBytes);
    expect((await repair(storage, deps)).numbers).toMatchObject({ packsDamaged: 1 });
    expect((await readable()).length).toBeGreaterThanOrEqual(5);
  });
});
