import type { PackId } from '../../src/shared/domain/ids.ts';
import type { ItemKind } from '../../src/shared/domain/item.ts';
import { createStorage, openStorage, type Storage, type StorageWriter } from '../../src/engine/storage/index.ts';
import { openLocalTarget } from '../../src/engine/targets/local/index.ts';
import type { Target } from '../../src/engine/targets/target.ts';
import { SimFileSystem } from '../kit/sim-file-system.ts';
import {
  draftOf,
  MapCatalog,
  manifestOf,
  type TestDeps,
  testDeps,
  testMachine,
  testRun,
  testStorage,
} from '../kit/storage-world.ts';
import { seededRandom } from '../kit/seeded-random.ts';

export type Contents = Readonly<Record<string, Uint8Array>>;

let boot = 0;
let seed = 100;

let isUp = false;

/** What is done in `work` is done by one process. */
export async function withoutReboot<T>(work: () => Promise<T>): Promise<T> {
  boot += 1;
  isUp = true;
  try {
    return await work();
  } finally {
    isUp = false;
  }
}

/** Another process after another start of the computer, with chances of its own. */
export function afterBoot(files: SimFileSystem): TestDeps {
  if (!isUp) boot += 1;
  return testDeps(files, { random: seededRandom(seed++), machine: testMachine({ bootId: `boot-${boot}` }) });
}

export const targetOn = (files: SimFileSystem, deps: TestDeps): Target => openLocalTarget(files, '/disk', deps.random);

/** A copy of a disk as it is, with everything durable. */
export const copyOf = (files: SimFileSystem): SimFileSystem => files.afterCrash({ kind: 'kept' });

export interface OpenedWorld {
  readonly storage: Storage;
  readonly deps: TestDeps;
}

/** Opens the storage of a disk with the secret that the keychain holds. */
export async function openOn(files: SimFileSystem, secret: string): Promise<OpenedWorld> {
  const deps = afterBoot(files);
  return { deps, storage: await openStorage(targetOn(files, deps), { by: 'device', secret }, deps) };
}

const packNames = /packs\/.*?([0-9a-f]{64})/;

/** The packs that lie on a disk. */
export const packsOf = (files: SimFileSystem): PackId[] =>
  [...files.files().keys()].flatMap((path) => packNames.exec(path)?.[1] ?? []) as PackId[];

export function packPath(files: SimFileSystem, pack: PackId): string {
  const path = [...files.files().keys()].find((one) => packNames.exec(one)?.[1] === pack);
  if (path === undefined) throw new Error(`no pack ${pack}`);
  return path;
}

/** A new storage, with the keys and the names that this boot draws. */
export async function createOn(files: SimFileSystem): Promise<Storage> {
  const deps = afterBoot(files);
  return (await createStorage(targetOn(files, deps), testStorage, deps)).storage;
}

/** One cycle: takes a lock, stores, commits. */
export async function commitContents(
  { storage, deps }: OpenedWorld,
  catalog: MapCatalog,
  contents: Contents,
  kind: 'full' | 'checkpoint' = 'full',
  kindOf: (name: string) => ItemKind = () => 'message',
): Promise<void> {
  const lock = storage.lock('backup', 'write');
  let writer: StorageWriter | undefined;
  try {
    writer = storage.writer(lock, catalog);
    for (const [name, bytes] of Object.entries(contents))
      writer.add({ ...manifestOf(name, await writer.store({ kind: 'bytes', bytes })), kind: kindOf(name) });
    catalog.apply(await writer.commit(draftOf(deps, kind), testRun(deps)));
  } finally {
    writer?.abandon();
    lock.release();
  }
}

/** Disks to begin with, all of one storage: none has to be made twice. */
export interface StartDisks {
  readonly secret: string;
  readonly created: SimFileSystem;
  /** With these contents, one commit each. */
  with(...cycles: readonly Contents[]): Promise<SimFileSystem>;
}

let disks: Promise<StartDisks> | undefined;

export function startDisks(): Promise<StartDisks> {
  return (disks ??= makeStartDisks());
}

async function makeStartDisks(): Promise<StartDisks> {
  const created = new SimFileSystem();
  const secret = (await createOn(created)).exportDeviceSecret();
  return {
    secret,
    created: copyOf(created),
    async with(...cycles) {
      const files = copyOf(created);
      const world = await openOn(files, secret);
      const catalog = new MapCatalog();
      for (const contents of cycles) await commitContents(world, catalog, contents);
      return copyOf(files);
    },
  };
}
