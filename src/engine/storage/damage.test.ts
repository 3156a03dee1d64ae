import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../test/kit/seeded-random.ts';
import { SimFileSystem } from '../../../test/kit/sim-file-system.ts';
import {
  draftOf,
  MapCatalog,
  readBack,
  someBytes,
  storeBytes,
  testDeps,
  testRun,
  testStorage,
} from '../../../test/kit/storage-world.ts';
import type { PackId } from '../../shared/domain/ids.ts';
import type { CheckReport } from '../../shared/domain/run.ts';
import { isStrataError } from '../../shared/domain/strata-error.ts';
import { openLocalTarget } from '../targets/local/index.ts';
import { type Affected, createStorage, openStorage, type Storage } from './index.ts';

const contents: Readonly<Record<string, Uint8Array>> = {
  a: someBytes(3000, 1, 'text'),
  b: someBytes(60_000, 2),
  c: someBytes(10_000, 3, 'text'),
  d: someBytes(90_000, 4),
  e: someBytes(500, 5),
  f: someBytes(20_000, 6, 'text'),
};

let whole: Map<string, Uint8Array>;
let secret: string;
let catalog: MapCatalog;

beforeAll(async () => {
  const files = new SimFileSystem();
  const deps = testDeps(files);
  const { storage } = await createStorage(openLocalTarget(files, '/disk', deps.random), testStorage, deps);
  catalog = new MapCatalog();
  for (const names of ['ab', 'cd', 'ef']) {
    const lock = storage.lock('backup', 'write');
    const writer = storage.writer(lock, catalog);
    for (const name of names) await storeBytes(writer, name, contents[name] ?? new Uint8Array(0));
    catalog.apply(await writer.commit(draftOf(deps), testRun(deps)));
    lock.release();
  }
  whole = files.files();
  // Takes room and means nothing.
  whole.delete('/disk/ballast');
  secret = storage.exportDeviceSecret();
});

/** The storage with other bytes, or none, in one of its files; its catalog is as it was. */
function damaged(name: string, bytes: Uint8Array | undefined): SimFileSystem {
  const files = new SimFileSystem();
  const made = new Set<string>(['/']);
  for (const [path, content] of whole) {
    const parts = path.split('/').slice(1, -1);
    parts.reduce((above, part) => {
      const folder = `${above}/${part}`;
      if (!made.has(folder)) files.makeDirectory(folder, 0o700);
      made.add(folder);
      return folder;
    }, '');
    if (path !== name) files.plant(path, content);
    else if (bytes !== undefined) files.plant(path, bytes);
  }
  return files;
}

const open = (files: SimFileSystem): Promise<Storage> => {
  const deps = testDeps(files);
  return openStorage(openLocalTarget(files, '/disk', deps.random), { by: 'device', secret }, deps);
};

const affected: Affected = (chunks, lostPacks) =>
  catalog.manifests
    .filter(({ contents: [part] }) =>
      part?.chunks.some((id) => chunks.has(id) || lostPacks.has(catalog.locate(id)?.pack ?? ('' as PackId))),
    )
    .map(({ name }) => name);

function check(storage: Storage, level: CheckReport['level']): Promise<CheckReport> {
  const deps = testDeps(new SimFileSystem());
  return storage.check(level, affected, testRun(deps));
}

/** Reads every item with the catalog of before; says which failed. Wrong bytes fail the test. */
async function unreadable(storage: Storage): Promise<string[]> {
  const failed: string[] = [];
  for (const [name, bytes] of Object.entries(contents)) {
    try {
      expect(await readBack(storage, catalog, name)).toEqual(bytes);
    } catch (error) {
      if (!isStrataError(error) || error.code !== 'storage.record-damaged') throw error;
      failed.push(name);
    }
  }
  return failed;
}

function changed(bytes: Uint8Array, change: (copy: Uint8Array) => void): Uint8Array {
  const copy = bytes.slice();
  change(copy);
  return copy;
}

const patterns: Readonly<Record<string, (bytes: Uint8Array, at: number) => Uint8Array | undefined>> = {
  'one bit flipped': (bytes, at) => changed(bytes, (copy) => (copy[at] = (copy[at] ?? 0) ^ (1 << (at % 8)))),
  '512 bytes of zeros': (bytes, at) => changed(bytes, (copy) => copy.fill(0, at, at + 512)),
  'two blocks swapped': (bytes, at) =>
    changed(bytes, (copy) => {
      const half = copy.length >> 1;
      copy.copyWithin(at % half, half, half + 512);
    }),
  'cut off': (bytes, at) => bytes.slice(0, at),
  'cut off by one': (bytes) => bytes.slice(0, -1),
  empty: () => new Uint8Array(0),
  'something appended': (bytes) => Uint8Array.from([...bytes, 1, 2, 3]),
  'another file': () => someBytes(70_000, 99),
  gone: () => undefined,
};

describe.each(Object.keys(patterns))('a file that is %s', (pattern) => {
  it('is found, whichever it is; nothing wrong is read, and all that it does not concern is', async () => {
    const random = seededRandom(11);
    for (const [name, bytes] of whole) {
      const at = random.below(bytes.length);
      const after = patterns[pattern]?.(bytes, at);
      if (after !== undefined && Buffer.compare(after, bytes) === 0) continue;
      const files = damaged(name, after);
      const hint = `${pattern} at ${at} of ${name}`;
      const storage = await open(files);
      const failed = await unreadable(storage);
      const report = await check(storage, 'all');
      const short = name.slice('/disk/'.length);
      const told = report.findings.map(({ file }) => file);
      if (name.includes('/commits/')) expect(told.length, hint).toBeGreaterThan(0);
      else expect(told, hint).toContain(short);
      expect(
        report.findings.flatMap(({ items }) => items),
        hint,
      ).toEqual(expect.arrayContaining(failed));
      if (!name.includes('/packs/')) expect(failed, hint).toEqual([]);
      else expect(failed.length, hint).toBeLessThanOrEqual(2);
      expect(files.files().size, hint).toBe(whole.size - (after === undefined ? 1 : 0));
    }
  });
});

describe('a whole storage', () => {
  it.each(['quick', 'structure', 'all'] as const)('has no findings: %s', async (level) => {
    const report = await check(await open(damaged('', undefined)), level);
    expect(report).toMatchObject({ level, commits: 3, findings: [] });
    expect(report.packs).toBe([...whole.keys()].filter((name) => name.includes('/packs/')).length);
    if (level === 'all') expect(report.bytesRead).toBeGreaterThan(0);
    if (level !== 'quick') expect(report.chunks).toBeGreaterThan(Object.keys(contents).length);
  });
});

describe('every bit of the small vital files', () => {
  it('matters to a check, and none of them keeps the storage from opening', async () => {
    const vital = [...whole.keys()].filter((name) => !name.includes('/packs/'));
    for (const name of vital) {
      const bytes = whole.get(name) ?? new Uint8Array(0);
      for (let at = 0; at < bytes.length; at += 31) {
        const files = damaged(
          name,
          changed(bytes, (copy) => (copy[at] = (copy[at] ?? 0) ^ (1 << (at % 8)))),
        );
        const storage = await open(files);
        expect(storage.head()?.sequence).toBe(3);
        expect((await check(storage, 'quick')).findings.length, `${name} ${at}`).toBeGreaterThan(0);
      }
    }
  });
});

describe('the next write lock', () => {
  it('makes every vital file whole again, and the storage goes on', async () => {
    for (const name of [...whole.keys()].filter((file) => !file.includes('/packs/'))) {
      for (const after of [undefined, new Uint8Array(0), someBytes(300, 1)]) {
        const files = damaged(name, after);
        const storage = await open(files);
        storage.lock('backup', 'write').release();
        expect((await check(storage, 'quick')).findings, name).toEqual([]);
        for (const [path, bytes] of whole)
          expect(Buffer.compare(files.files().get(path) ?? new Uint8Array(0), bytes), path).toBe(0);
      }
    }
  });
});

describe('a bad sector in one copy of a vital file', () => {
  it('keeps nobody from writing: that copy is made anew from the other', async () => {
    for (const name of [...whole.keys()].filter((file) => !file.includes('/packs/'))) {
      const files = damaged(name, whole.get(name));
      let isBad = true;
      files.onReading((path, how) => {
        if (isBad && how === 'read' && path === name) throw Object.assign(new Error('made up'), { code: 'EIO' });
      });
      files.onOperation(({ path }) => {
        if (path === name) isBad = false; // another place on the disk
      });
      const storage = await open(files);
      storage.lock('backup', 'write').release();
      expect(isBad, name).toBe(false);
      expect((await check(storage, 'quick')).findings, name).toEqual([]);
      for (const [path, bytes] of whole)
        expect(Buffer.compare(files.files().get(path) ?? new Uint8Array(0), bytes), path).toBe(0);
    }
  });
});

describe('a rebuilt catalog', () => {
  it('is the same where only footers are damaged, and lacks only what is lost else', async () => {
    for (const name of [...whole.keys()].filter((file) => file.includes('/packs/'))) {
      const bytes = whole.get(name) ?? new Uint8Array(0);
      const withoutTrailer = changed(bytes, (copy) => copy.fill(0, copy.length - 96));
      expect(MapCatalog.rebuilt(await open(damaged(name, withoutTrailer))).dump()).toEqual(catalog.dump());
      const withoutHeader = changed(bytes, (copy) => copy.fill(0, 0, 48));
      expect(MapCatalog.rebuilt(await open(damaged(name, withoutHeader))).dump()).toEqual(catalog.dump());
      const wrongSalt = changed(bytes, (copy) => copy.fill(0, 20, 30));
      expect(MapCatalog.rebuilt(await open(damaged(name, wrongSalt))).dump()).toEqual(catalog.dump());
      const wrongSaltBehind = changed(bytes, (copy) => copy.fill(0, copy.length - 76, copy.length - 70));
      expect(MapCatalog.rebuilt(await open(damaged(name, wrongSaltBehind))).dump()).toEqual(catalog.dump());
      const rest = MapCatalog.rebuilt(await open(damaged(name, undefined)));
      expect(rest.commits).toEqual(catalog.commits);
      expect(rest.manifests.length).toBeLessThanOrEqual(catalog.manifests.length);
    }
  });
});

describe('files that changed places', () => {
  it('are found: packs, commits, slots', async () => {
    const of = (part: string): string[] => [...whole.keys()].filter((name) => name.includes(part));
    for (const group of [of('/packs/'), of('/disk/commits/'), of('/copies/commits/'), of('/disk/keys/')]) {
      for (const name of group) {
        for (const other of group) {
          if (name === other) continue;
          const storage = await open(damaged(name, whole.get(other)));
          expect((await check(storage, 'all')).findings.length, `${other} as ${name}`).toBeGreaterThan(0);
          await unreadable(storage);
        }
      }
    }
  });

  it('of another storage open nothing here', async () => {
    const files = damaged('', undefined);
    const deps = testDeps(files, { random: seededRandom(1234) });
    const { storage } = await createStorage(openLocalTarget(files, '/other', deps.random), testStorage, deps);
    const lock = storage.lock('backup', 'write');
    const writer = storage.writer(lock, new MapCatalog());
    await storeBytes(writer, 'a', someBytes(10, 1));
    await writer.commit(draftOf(deps), testRun(deps));
    const foreign = files.files();
    for (const part of ['STORAGE', 'copies/commits/0000000001.commit']) {
      const changedFiles = damaged(`/disk/${part}`, foreign.get(`/other/${part}`));
      const opened = await open(changedFiles);
      const { findings } = await check(opened, 'quick');
      expect(findings.map(({ file }) => file)).toEqual([part]);
    }
  });
});
