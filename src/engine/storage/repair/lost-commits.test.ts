import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { repair, type RepairWish, tryRepair } from '../../../../test/kit/repair-world.ts';
import { SimFileSystem } from '../../../../test/kit/sim-file-system.ts';
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
} from '../../../../test/kit/storage-world.ts';
import type { Target } from '../../targets/target.ts';
import { openLocalTarget } from '../../targets/local/index.ts';
import { createStorage, openStorage, type Storage } from '../index.ts';

const contents: Readonly<Record<string, Uint8Array>> = {
  a: someBytes(3000, 1, 'text'),
  b: someBytes(60_000, 2),
  c: someBytes(5000, 3, 'text'),
};

let saved: SimFileSystem;
let secret: string;
let known: ReturnType<Storage['head']>;
let files: SimFileSystem;
let deps: TestDeps;
let storage: Storage;

const targetOn = (disk: SimFileSystem): Target => openLocalTarget(disk, '/disk', deps.random);
const openOn = (disk: SimFileSystem): Promise<Storage> => openStorage(targetOn(disk), { by: 'device', secret }, deps);
const everything = (): ReadonlyMap<string, Uint8Array> =>
  new Map([...files.files()].filter(([path]) => !path.includes('/locks/') && !path.endsWith('ballast')));
const filesOf = (sequence: number, disk = files): string[] => {
  const number = String(sequence).padStart(10, '0');
  return [...disk.files().keys()].filter((path) => path.includes(`/commits/${number}`));
};

async function cycle(name: string, on: Storage, bytes = contents[name] ?? new Uint8Array(0)): Promise<void> {
  const lock = on.lock('backup', 'write');
  const writer = on.writer(lock, MapCatalog.rebuilt(on));
  await storeBytes(writer, name, bytes);
  await writer.commit(draftOf(deps), testRun(deps));
  lock.release();
}

beforeAll(async () => {
  saved = new SimFileSystem();
  deps = testDeps(saved);
  ({ storage } = await createStorage(targetOn(saved), testStorage, deps));
  secret = storage.exportDeviceSecret();
  for (const name of 'abc') await cycle(name, storage);
  known = storage.head();
});

beforeEach(() => {
  files = saved.copy();
  deps = testDeps(files);
});

const ways: Readonly<Record<string, (path: string) => void>> = {
  damaged: (path) => files.plant(path, someBytes(300, 9)),
  'cut short': (path) => files.plant(path, (files.files().get(path) ?? new Uint8Array()).subarray(0, 40)),
  empty: (path) => files.plant(path, new Uint8Array(0)),
  missing: (path) => files.takeAway(path),
};

const from = (...twins: SimFileSystem[]): RepairWish => ({
  known,
  help: { twins: twins.map((disk) => targetOn(disk)) },
});

async function expectRefusal(wish: RepairWish): Promise<void> {
  const before = everything();
  const refusal = { code: expect.stringMatching(/^storage\.(?:damaged|went-back)$/) as string };
  await expect(tryRepair(await openOn(files), deps, wish)).rejects.toMatchObject(refusal);
  expect(everything()).toEqual(before);
  await expect(repair(await openOn(files), deps, wish)).rejects.toMatchObject(refusal);
  const commitsOf = (all: ReadonlyMap<string, Uint8Array>) => [...all].filter(([path]) => path.includes('/commits/')).sort();
  expect(commitsOf(everything())).toEqual(commitsOf(before));
}

async function expectAll(): Promise<void> {
  const again = await openOn(files);
  expect(again.head()).toEqual(known);
  expect((await again.check('all', () => [], testRun(deps))).findings).toEqual([]);
  const rebuilt = MapCatalog.rebuilt(again);
  for (const [name, bytes] of Object.entries(contents)) expect(await readBack(again, rebuilt, name), name).toEqual(bytes);
  await cycle('d', again, someBytes(900, 7));
}

describe.each(Object.keys(ways))('a commit that is %s in both copies', (way) => {
  it.each([[[1]], [[2]], [[3]], [[2, 3]], [[1, 2, 3]]])(
    'comes back from a plain copy of the storage, and is refused without: %j',
    async (lost) => {
      for (const sequence of lost) for (const path of filesOf(sequence)) ways[way]?.(path);
      await expectRefusal(from());
      const before = everything();
      const dry = await tryRepair(await openOn(files), deps, from(saved));
      expect(dry.numbers).toMatchObject({
        copiesMended: 2 * lost.length,
        packsDamaged: 0,
        packsMissing: 0,
        chunksLost: 0,
        manifestsLost: 0,
      });
      expect(everything()).toEqual(before);
      const { numbers } = await repair(await openOn(files), deps, from(saved));
      expect(numbers).toMatchObject({
        copiesMended: 2 * lost.length,
        packsDamaged: 0,
        packsMissing: 0,
        chunksLost: 0,
        manifestsLost: 0,
      });
      for (const sequence of lost) {
        for (const path of filesOf(sequence, saved)) expect(files.files().get(path), path).toEqual(saved.files().get(path));
      }
      await expectAll();
    },
  );

  it('comes back where the storage was open before it was lost, and nothing is written meanwhile', async () => {
    const open = await openOn(files);
    for (const path of filesOf(3)) ways[way]?.(path);
    expect(() => open.lock('backup', 'write')).toThrow(expect.objectContaining({ code: 'storage.damaged' }) as Error);
    await expect(repair(open, deps, from())).rejects.toMatchObject({ code: 'storage.damaged' });
    await repair(open, deps, from(saved));
    await expectAll();
  });
});

describe('a copy that is not what it should be', () => {
  beforeEach(() => {
    for (const path of filesOf(2)) ways['damaged']?.(path);
  });

  it('helps with what it has whole: one file of a commit is enough', async () => {
    const twin = saved.copy();
    for (const path of [...filesOf(2, twin).slice(0, 1), ...filesOf(1, twin)]) twin.plant(path, someBytes(80, 3));
    await repair(await openOn(files), deps, from(twin));
    await expectAll();
  });

  it('gives nothing where its commit is damaged too, or missing, or in the place of another', async () => {
    const changes: Readonly<Record<string, (twin: SimFileSystem) => void>> = {
      damaged: (twin) => filesOf(2, twin).forEach((path) => twin.plant(path, someBytes(300, 4))),
      missing: (twin) => filesOf(2, twin).forEach((path) => twin.takeAway(path)),
      other: (twin) => {
        const other = twin.files().get(filesOf(3, twin)[0] ?? '') ?? expect.unreachable();
        for (const path of filesOf(2, twin)) twin.plant(path, other);
      },
      'one bit': (twin) => {
        for (const path of filesOf(2, twin)) {
          const bytes = (twin.files().get(path) ?? new Uint8Array()).slice();
          bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
          twin.plant(path, bytes);
        }
      },
    };
    for (const change of Object.values(changes)) {
      const twin = saved.copy();
      change(twin);
      await expectRefusal(from(twin));
    }
  });

  it('gives nothing of another storage', async () => {
    const twin = new SimFileSystem();
    deps.random.bytes(64); // or it would get the same keys
    const { storage: other } = await createStorage(targetOn(twin), testStorage, deps);
    for (const name of 'abc') await cycle(name, other);
    await expectRefusal(from(twin));
  });

  it('is asked after another one did not have it', async () => {
    const twin = saved.copy();
    for (const path of filesOf(2, twin)) twin.takeAway(path);
    await repair(await openOn(files), deps, from(twin, saved));
    await expectAll();
  });
});

describe('a copy that went on by itself', () => {
  /** The same storage and keys, the same first two commits, another third one. */
  async function fork(): Promise<SimFileSystem> {
    const twin = saved.copy();
    for (const path of filesOf(3, twin)) twin.takeAway(path);
    await cycle('z', await openOn(twin), someBytes(700, 8));
    return twin;
  }

  it('gives nothing, and is no hindrance to one that has what was there', async () => {
    for (const sequence of [2, 3]) for (const path of filesOf(sequence)) ways['missing']?.(path);
    const twin = saved.copy();
    for (const sequence of [2, 3]) for (const path of filesOf(sequence, twin)) twin.takeAway(path);
    const forked = await openOn(twin);
    for (const name of 'xy') await cycle(name, forked, someBytes(700, 8));
    await expectRefusal(from(twin));
    await repair(await openOn(files), deps, from(twin, saved));
    await expectAll();
  });

  it('took the place of an earlier commit here: what followed the true one is not put after it', async () => {
    await cycle('d', await openOn(files), someBytes(900, 7));
    const twin = files.copy();
    const other = saved.copy();
    for (const sequence of [2, 3]) for (const path of filesOf(sequence, other)) other.takeAway(path);
    await cycle('x', await openOn(other), someBytes(700, 8));
    for (const sequence of [2, 3]) for (const path of filesOf(sequence)) files.takeAway(path);
    for (const path of filesOf(2, other)) files.plant(path, other.files().get(path) ?? new Uint8Array());
    await expectRefusal({ ...from(twin), known: (await openOn(twin)).head() });
  });

  it('gives nothing, because it is known which commit was the newest', async () => {
    for (const path of filesOf(3)) ways['missing']?.(path);
    await expectRefusal(from(await fork()));
  });

  it('gives nothing, because the name of the damaged file says which commit it was', async () => {
    for (const path of filesOf(3)) ways['damaged']?.(path);
    await expectRefusal({ ...from(await fork()), known: null });
  });

  it('gives nothing, because the commit after it says which one it follows', async () => {
    await cycle('d', await openOn(files), someBytes(900, 7));
    for (const path of filesOf(3)) ways['missing']?.(path);
    await expectRefusal({ ...from(await fork()), known: (await openOn(files)).head() });
  });
});
