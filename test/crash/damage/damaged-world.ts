import type { ChunkId, PackId } from '../../../src/shared/domain/ids.ts';
import { isStrataError } from '../../../src/shared/domain/strata-error.ts';
import { hide, prune, returnFromTrash } from '../../kit/removal-world.ts';
import type { SimFileSystem } from '../../kit/sim-file-system.ts';
import { MapCatalog, readBack, someBytes, testRun } from '../../kit/storage-world.ts';
import { commitContents, type Contents, copyOf, openOn, type OpenedWorld, startDisks } from '../sim-world.ts';

const cycles: readonly Contents[] = [
  { a: someBytes(3000, 1, 'text'), b: someBytes(40_000, 2) },
  { c: someBytes(10_000, 3, 'text'), d: someBytes(60_000, 4) },
  { e: someBytes(500, 5), f: someBytes(20_000, 6, 'text'), g: someBytes(50_000, 7), i: someBytes(500, 9) },
];
const items: Contents = Object.assign({}, ...cycles) as Contents;
const thrown: Contents = { t: someBytes(30_000, 11), u: someBytes(700, 12, 'text') };
const more: Contents = { h: someBytes(5000, 8) };

/** A whole storage, what a catalog that was never lost knows of it, and the same storage one commit earlier. */
export interface WholeWorld {
  readonly disk: SimFileSystem;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly older: ReadonlyMap<string, Uint8Array>;
  readonly catalog: MapCatalog;
  readonly secret: string;
}

export async function wholeWorld(): Promise<WholeWorld> {
  const { created, secret } = await startDisks();
  const disk = copyOf(created);
  const world = await openOn(disk, secret);
  const catalog = new MapCatalog();
  let older = disk.files();
  for (const contents of cycles) {
    older = disk.files();
    await commitContents(world, catalog, contents);
  }
  return { disk: copyOf(disk), files: ofTheStorage(disk.files()), older: ofTheStorage(older), catalog, secret };
}

/** The same with what nothing needs: packs in the trash with their list, and the lock of a process that died. Only these files. */
export async function leftWorld(): Promise<WholeWorld> {
  const whole = await wholeWorld();
  const disk = whole.disk.copy();
  const { storage, deps } = await openOn(disk, whole.secret);
  await commitContents({ storage, deps }, whole.catalog, thrown);
  await hide(storage, deps, whole.catalog, Object.keys(thrown));
  await prune(storage, deps, whole.catalog, { leastLive: 0 });
  storage.lock('backup', 'write');
  const files = new Map([...disk.files()].filter(([path]) => /^\/disk\/(?:trash|locks)\//.test(path)));
  if (files.size < 3) throw new Error(`only ${[...files.keys()].join()}`);
  return { ...whole, disk: copyOf(disk), files };
}

/** Brings back what is in the trash. Throws where what comes back is wrong, or cannot be read. */
export async function returnOn(found: SimFileSystem, secret: string): Promise<void> {
  const { storage, deps } = await openOn(found, secret);
  for (const { sequence } of storage.trash()) await returnFromTrash(storage, deps, sequence).catch(nameOf);
  const catalog = MapCatalog.rebuilt(storage);
  for (const [name, bytes] of Object.entries(thrown)) {
    if (!catalog.manifests.some((manifest) => manifest.name === name)) continue;
    if (Buffer.compare(await readBack(storage, catalog, name), bytes) !== 0) throw new Error(`wrong bytes of ${name}`);
  }
}

/** The ballast only takes up room: what is in it is nobody's business. */
const ofTheStorage = (files: ReadonlyMap<string, Uint8Array>): Map<string, Uint8Array> =>
  new Map([...files].filter(([path]) => path !== '/disk/ballast'));

/** What a storage makes of damage to one place. */
export interface DamageOutcome {
  /** It did not open, by a name. */
  readonly refused?: string;
  /** How many versions a catalog has that is made from nothing. */
  readonly listed: number;
  /** A full check said so. */
  readonly findings: number;
  readonly unreadable: readonly string[];
  /** A cycle failed, by a name. */
  readonly refusedCycle?: string;
  readonly findingsAfter: number;
  readonly unreadableAfter: readonly string[];
}

/**
 * Opens, lists, restores all, checks all, backs up, and restores all again. Throws where bytes are wrong, or where something ends
 * without a name. What is damaged or refused is the outcome.
 */
export async function outcomeOf(found: SimFileSystem, whole: WholeWorld): Promise<DamageOutcome> {
  let world: OpenedWorld;
  try {
    world = await openOn(found, whole.secret);
  } catch (error) {
    return { refused: nameOf(error), listed: 0, findings: 0, unreadable: [], findingsAfter: 0, unreadableAfter: [] };
  }
  const listed = list(world);
  const unreadable = await unreadableItems(world, whole.catalog);
  const findings = await findingsOf(world, whole.catalog);
  const refusedCycle = await cycleOn(world, whole.catalog);
  const again = await openOn(found, whole.secret);
  return {
    listed,
    findings,
    unreadable,
    ...(refusedCycle === undefined ? {} : { refusedCycle }),
    unreadableAfter: await unreadableItems(again, whole.catalog),
    findingsAfter: await findingsOf(again, whole.catalog),
  };
}

/** From nothing. Where a commit is lost in both copies it says so, and what comes after it stays within reach of the catalog. */
function list({ storage }: OpenedWorld): number {
  try {
    return MapCatalog.rebuilt(storage).manifests.length;
  } catch (error) {
    nameOf(error);
    return 0;
  }
}

async function unreadableItems({ storage }: OpenedWorld, catalog: MapCatalog): Promise<string[]> {
  const failed: string[] = [];
  for (const [name, bytes] of Object.entries(items)) {
    try {
      if (Buffer.compare(await readBack(storage, catalog, name), bytes) !== 0) throw new Error(`wrong bytes of ${name}`);
    } catch (error) {
      nameOf(error);
      failed.push(name);
    }
  }
  return failed;
}

async function findingsOf({ storage, deps }: OpenedWorld, catalog: MapCatalog): Promise<number> {
  const affected = (chunks: ReadonlySet<ChunkId>, packs: ReadonlySet<PackId>): string[] =>
    catalog.manifests
      .filter(({ contents }) =>
        contents.some((part) =>
          part.chunks.some((id) => chunks.has(id) || packs.has(catalog.locate(id)?.pack ?? ('' as PackId))),
        ),
      )
      .map(({ name }) => name);
  return (await storage.check('all', affected, testRun(deps))).findings.length;
}

async function cycleOn(world: OpenedWorld, before: MapCatalog): Promise<string | undefined> {
  // It knows no chunk, so that all is stored again; and the newest commit, as whoever has caught up.
  const head = world.storage.head();
  const applied = () => ({ sequence: head?.sequence ?? 0, id: head?.id ?? null });
  const catalog = Object.assign(new MapCatalog(), { applied });
  for (const manifest of before.manifests) catalog.manifests.push(manifest);
  try {
    await commitContents(world, catalog, more);
    return undefined;
  } catch (error) {
    return nameOf(error);
  }
}

function nameOf(error: unknown): string {
  if (!isStrataError(error)) throw error;
  return error.code;
}

/** The items that need something out of this pack. */
export function itemsOf(whole: WholeWorld, path: string): ReadonlySet<string> {
  const found = whole.catalog.manifests.filter(({ contents }) =>
    contents.some(({ chunks }) => chunks.some((id) => path.includes(whole.catalog.locate(id)?.pack ?? 'nowhere'))),
  );
  return new Set(found.map(({ name }) => name));
}
