import {
  createStorage,
  openStorage,
  type Storage,
  type StorageDeps,
  type StorageWriter,
  whatIsAt,
} from '../../src/engine/storage/index.ts';
import { openLocalTarget } from '../../src/engine/targets/local/index.ts';
import { type CrashVariant, cutPowerAt, PowerCut, SimFileSystem } from '../kit/sim-file-system.ts';
import {
  draftOf,
  MapCatalog,
  readBack,
  storeBytes,
  type TestDeps,
  testDeps,
  testMachine,
  testRun,
  testStorage,
} from '../kit/storage-world.ts';
import { seededRandom } from '../kit/seeded-random.ts';

export type Contents = Readonly<Record<string, Uint8Array>>;

/** What a storage must hold: the contents of its commits, in order. */
export interface Promised {
  /** Said to be committed: must be there. */
  readonly certain: readonly Contents[];
  /** Was being committed when the power went out: there as a whole, or not at all. */
  readonly pending: Contents | undefined;
}

/** Something that is done to a disk, and what it promises when it is broken off. */
export interface Workload {
  readonly name: string;
  /** The disk before; never changed. */
  readonly before: SimFileSystem;
  run(files: SimFileSystem, progress: { promised: Promised }): Promise<void>;
  readonly promisedBefore: Promised;
}

export interface Violation {
  readonly workload: string;
  readonly operation: number;
  readonly variant: CrashVariant;
  readonly what: string;
}

export const allVariants = (randomSeeds: number): CrashVariant[] => [
  { kind: 'lost' },
  { kind: 'kept' },
  { kind: 'torn' },
  { kind: 'names-first' },
  { kind: 'zeros' },
  ...Array.from({ length: randomSeeds }, (_, seed) => ({ kind: 'random', seed }) as const),
];

let boot = 0;
let seed = 100;

/** Another process after another start of the computer, with chances of its own. */
export function afterBoot(files: SimFileSystem): TestDeps {
  boot += 1;
  return testDeps(files, { random: seededRandom(seed++), machine: testMachine({ bootId: `boot-${boot}` }) });
}

export const targetOn = (files: SimFileSystem, deps: StorageDeps) => openLocalTarget(files, '/disk', deps.random);

/** A copy of a disk as it is, with everything durable. */
export const copyOf = (files: SimFileSystem): SimFileSystem => files.afterCrash({ kind: 'kept' });

export async function commitContents(storage: Storage, deps: TestDeps, catalog: MapCatalog, contents: Contents): Promise<void> {
  const lock = storage.lock('backup', 'write');
  let writer: StorageWriter | undefined;
  try {
    writer = storage.writer(lock, catalog);
    for (const [name, bytes] of Object.entries(contents)) await storeBytes(writer, name, bytes);
    catalog.apply(await writer.commit(draftOf(deps), testRun(deps)));
  } finally {
    writer?.abandon();
    lock.release();
  }
}

/** Cuts the power before each operation of a workload, and looks at what each kind of crash leaves. */
export async function crashEverywhere(
  workload: Workload,
  variants: readonly CrashVariant[],
  judge: (found: SimFileSystem, promised: Promised) => Promise<void>,
  pretend?: 'sync' | 'syncDirectory',
): Promise<{ readonly states: number; readonly violations: Violation[] }> {
  const violations: Violation[] = [];
  let states = 0;
  for (let operation = 1; ; operation++) {
    const files = copyOf(workload.before);
    files.pretend(pretend);
    const power = cutPowerAt(files, operation);
    const progress = { promised: workload.promisedBefore };
    await untilPowerCut(() => workload.run(files, progress));
    files.onOperation(undefined);
    for (const variant of variants) {
      states += 1;
      try {
        await judge(files.afterCrash(variant), progress.promised);
      } catch (error) {
        violations.push({
          workload: workload.name,
          operation,
          variant,
          what: error instanceof Error ? `${error.name}: ${error.message} ${JSON.stringify(error)}` : String(error),
        });
      }
    }
    if (!power.isCut) return { states, violations };
  }
}

async function untilPowerCut(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof PowerCut)) throw error;
  }
}

/** Opens what a crash left, holds it to what was promised, and goes on working with it. */
export async function holdToPromise(found: SimFileSystem, promised: Promised, secret: string): Promise<void> {
  const deps = afterBoot(found);
  const storage = await openStorage(targetOn(found, deps), { by: 'device', secret }, deps);
  const catalog = MapCatalog.rebuilt(storage);
  const there = await requirePromised(storage, catalog, promised);
  await requireWorking(storage, deps, catalog, there);
  // Whoever opens it now, from nothing, finds the same.
  const again = await openStorage(targetOn(found, deps), { by: 'device', secret }, afterBoot(found));
  await requirePromised(again, MapCatalog.rebuilt(again), { certain: [...there, next], pending: undefined });
}

export async function requirePromised(
  storage: Storage,
  catalog: MapCatalog,
  { certain, pending }: Promised,
): Promise<readonly Contents[]> {
  const expected = catalog.commits.length > certain.length && pending !== undefined ? [...certain, pending] : certain;
  if (catalog.commits.length !== expected.length)
    throw new Error(`${catalog.commits.length} commits instead of ${expected.length}`);
  const items = Object.assign({}, ...expected) as Contents;
  const names = new Set(catalog.manifests.map(({ name }) => name));
  if (names.size !== Object.keys(items).length) throw new Error(`${names.size} items instead of ${Object.keys(items).length}`);
  for (const [name, bytes] of Object.entries(items)) {
    if (Buffer.compare(await readBack(storage, catalog, name), bytes) !== 0) throw new Error(`wrong bytes of ${name}`);
  }
  return expected;
}

const next: Contents = { next: new TextEncoder().encode('the next cycle '.repeat(50)) };

async function requireWorking(storage: Storage, deps: TestDeps, catalog: MapCatalog, there: readonly Contents[]): Promise<void> {
  await commitContents(storage, deps, catalog, next);
  const report = await storage.check('all', () => [], testRun(deps));
  if (report.findings.length > 0) throw new Error(`a check found ${JSON.stringify(report.findings[0])}`);
  const left = targetOn(deps.files as SimFileSystem, deps).list('tmp');
  if (left.length > 0) throw new Error('something is left in tmp');
  if (catalog.commits.length !== there.length + 1) throw new Error('the next cycle is not there');
}

/** A creation that broke off left nothing, and can be repeated, or it made a storage that opens with its password. */
export async function holdCreationToPromise(found: SimFileSystem, wasCreated: boolean): Promise<void> {
  const deps = afterBoot(found);
  const target = targetOn(found, deps);
  const state = found.stat('/disk') === undefined ? 'empty' : whatIsAt(target);
  if (state === 'not-empty') throw new Error('a broken-off creation is in the way');
  if (wasCreated && state !== 'storage') throw new Error('the new storage is gone');
  const storage =
    state === 'storage'
      ? await openStorage(target, { by: 'password', password: testStorage.password }, deps)
      : (await createStorage(target, testStorage, deps)).storage;
  await requireWorking(storage, deps, new MapCatalog(), []);
}
