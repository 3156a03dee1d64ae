import { isStrataError } from '../../src/shared/domain/strata-error.ts';
import { openStorage, whatIsAt } from '../../src/engine/storage/index.ts';
import type { SimFileSystem } from '../kit/sim-file-system.ts';
import { MapCatalog, readBack, testRun, testStorage } from '../kit/storage-world.ts';
import { afterBoot, commitContents, type Contents, createOn, type OpenedWorld, openOn, targetOn } from './sim-world.ts';

/** What a storage must hold: the contents of its commits, in order. */
export interface Promised {
  /** Said to be committed: must be there. */
  readonly certain: readonly Contents[];
  /** Was being committed when the power went out: there as a whole, or not at all. */
  readonly pending: Contents | undefined;
}

const nextName = 'next';
const next: Contents = { [nextName]: new TextEncoder().encode('the next cycle '.repeat(50)) };

/** Opens what a crash left, holds it to what was promised, and goes on working with it. */
export async function holdToPromise(
  found: SimFileSystem,
  promised: Promised,
  secret: string,
  wait?: 'ten minutes',
): Promise<void> {
  const world = await openOn(found, secret);
  if (wait !== undefined) await outlive(world);
  const catalog = MapCatalog.rebuilt(world.storage);
  const there = await requirePromised(world, catalog, promised);
  await requireWorking(world, catalog);
  // Whoever opens it now, from nothing, finds the same.
  const again = await openOn(found, secret);
  await requirePromised(again, MapCatalog.rebuilt(again.storage), { certain: there, pending: undefined });
}

/** Where files cannot get their name whole, a crash can leave a lock of which nobody can say whose it is. */
async function outlive({ storage, deps }: OpenedWorld): Promise<void> {
  try {
    storage.lock('backup', 'write').release();
  } catch (error) {
    if (!isStrataError(error) || error.code !== 'storage.locked' || error.facts['purpose'] !== 'unknown') throw error;
    await deps.clock.advance(600_000);
  }
}

/** Returns what is there. A next cycle that an earlier recovery committed is no part of the promise. */
export async function requirePromised(
  { storage }: OpenedWorld,
  catalog: MapCatalog,
  { certain, pending }: Promised,
): Promise<readonly Contents[]> {
  const manifests = catalog.manifests.filter(({ name }) => name !== nextName);
  const recoveries = catalog.manifests.length - manifests.length;
  const commits = catalog.commits.length - recoveries;
  const expected = commits > certain.length && pending !== undefined ? [...certain, pending] : certain;
  if (commits !== expected.length) throw new Error(`${commits} commits instead of ${expected.length}`);
  const items = Object.assign({}, ...expected) as Contents;
  const names = new Set(manifests.map(({ name }) => name));
  if (names.size !== Object.keys(items).length) throw new Error(`${names.size} items instead of ${Object.keys(items).length}`);
  for (const [name, bytes] of Object.entries(items)) {
    if (Buffer.compare(await readBack(storage, catalog, name), bytes) !== 0) throw new Error(`wrong bytes of ${name}`);
  }
  return expected;
}

/** The next cycle succeeds, a check of everything finds nothing, and nobody's leftovers are left. */
async function requireWorking(world: OpenedWorld, catalog: MapCatalog): Promise<void> {
  const { storage, deps } = world;
  const before = storage.head()?.sequence ?? 0;
  await commitContents(world, catalog, next);
  if (storage.head()?.sequence !== before + 1) throw new Error('the next cycle is not there');
  const report = await storage.check('all', () => [], testRun(deps));
  if (report.findings.length > 0) throw new Error(`a check found ${JSON.stringify(report.findings[0])}`);
  const left = targetOn(deps.files as SimFileSystem, deps).list('tmp');
  if (left.length > 0) throw new Error('something is left in tmp');
}

/** The next cycle, as a recovery that may be broken off. */
export async function recoverByNextCycle(found: SimFileSystem, secret: string): Promise<void> {
  const world = await openOn(found, secret);
  await commitContents(world, MapCatalog.rebuilt(world.storage), next);
}

/** A creation that broke off left nothing, and can be repeated, or it made a storage that opens with its password. */
export async function holdCreationToPromise(found: SimFileSystem, { certain }: Promised): Promise<void> {
  const deps = afterBoot(found);
  const state = whatIsFound(found);
  if (state === 'not-empty') throw new Error('a broken-off creation is in the way');
  if (certain.length > 0 && state !== 'storage') throw new Error('the new storage is gone');
  const storage = state === 'storage' ? await openByPassword(found) : await createOn(found);
  await requireWorking({ storage, deps }, MapCatalog.rebuilt(storage));
}

/** A person tries to create it again, or opens what is there and backs up. */
export async function recoverByCreating(found: SimFileSystem): Promise<void> {
  if (whatIsFound(found) !== 'storage') return void (await createOn(found));
  const storage = await openByPassword(found);
  await commitContents({ storage, deps: afterBoot(found) }, MapCatalog.rebuilt(storage), next);
}

const whatIsFound = (found: SimFileSystem): 'storage' | 'empty' | 'not-empty' =>
  found.stat('/disk') === undefined ? 'empty' : whatIsAt(targetOn(found, afterBoot(found)));

async function openByPassword(found: SimFileSystem): Promise<OpenedWorld['storage']> {
  const deps = afterBoot(found);
  return openStorage(targetOn(found, deps), { by: 'password', password: testStorage.password }, deps);
}
