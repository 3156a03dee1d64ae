import type { SourceId } from '../../../src/shared/domain/ids.ts';
import { isStrataError } from '../../../src/shared/domain/strata-error.ts';
import { draftOf, MapCatalog, manifestOf, readBack, someBytes, storeBytes, testRun } from '../../kit/storage-world.ts';
import { act, dayMs, emptyTrash, freeze, hide, prune, returnFromTrash, thaw } from '../../kit/removal-world.ts';
import type { SimFileSystem } from '../../kit/sim-file-system.ts';
import { commitContents, type Contents, copyOf, openOn, startDisks } from '../sim-world.ts';
import type { NamedWorkload, Workload } from '../workload.ts';

const b = someBytes(3000, 2, 'text');
const c = someBytes(20_000, 3);
const stays: Contents = { b, c };
const goes: Contents = { a: someBytes(40_000, 1) };
const alone: Contents = { d: someBytes(9000, 4) };
const all: Contents = { ...stays, ...goes, ...alone };
const next: Contents = { next: someBytes(500, 9) };

/** What may be seen: one of these, whole. */
export type Seen = readonly Contents[];

interface Story {
  readonly name: string;
  /** What happened before the disk is crashed. */
  prepare(files: SimFileSystem, secret: string): Promise<void>;
  readonly before: Seen;
  run(files: SimFileSystem, secret: string, see: (seen: Seen) => void): Promise<void>;
  readonly isCostly?: boolean;
  /** Packs that were out of use may lie where they were until the next prune. */
  readonly mayLeave?: boolean;
  /** What is promised beside what is seen. */
  judgeAlso?(found: SimFileSystem, secret: string): Promise<void>;
}

const frozenSource = 'frozen'.padEnd(20, '0') as SourceId;
/** Of the frozen source: the first is in the trash when it freezes, the second hidden. */
const frozen = { x: someBytes(30_000, 5), y: someBytes(3000, 6) } as const;

async function storeFrozen(files: SimFileSystem, secret: string): Promise<void> {
  const { storage, deps } = await openOn(files, secret);
  const catalog = MapCatalog.rebuilt(storage);
  const lock = storage.lock('backup', 'write');
  const writer = storage.writer(lock, catalog);
  for (const [name, bytes] of Object.entries(frozen)) {
    writer.add({ ...manifestOf(name, await writer.store({ kind: 'bytes', bytes }, frozenSource)), source: frozenSource });
  }
  await storeBytes(writer, 'e', someBytes(9000, 7));
  catalog.apply(await writer.commit(draftOf(deps), testRun(deps)));
  lock.release();
  await hide(storage, deps, catalog, ['x']);
  await prune(storage, deps, catalog, { leastLive: 1 });
  await hide(storage, deps, catalog, ['y', 'e']);
  await freeze(storage, deps, catalog, frozenSource);
}

/** What a broken-off run left lies in the trash, too, in a folder of its own. It never was anything that could be had. */
function onlyLeftovers(error: unknown): void {
  if (!isStrataError(error) || error.code !== 'storage.nothing-to-return') throw error;
}

/** All of it can be had back by whoever answers for the source. */
async function requireFrozen(found: SimFileSystem, secret: string): Promise<void> {
  const { storage, deps } = await openOn(found, secret);
  await thaw(storage, deps, MapCatalog.rebuilt(storage));
  for (const { sequence } of storage.trash().reverse()) await returnFromTrash(storage, deps, sequence).catch(onlyLeftovers);
  const catalog = MapCatalog.rebuilt(storage);
  const hidden = catalog.hiddenManifests.filter(({ source }) => source === frozenSource);
  await act(storage, deps, catalog, { shows: hidden.map(({ item, version }) => ({ item, versions: [version] })) });
  for (const [name, bytes] of Object.entries(frozen)) {
    if (Buffer.compare(await readBack(storage, catalog, name), bytes) !== 0) throw new Error(`wrong bytes of ${name}`);
  }
}

async function hideAndPrune(files: SimFileSystem, secret: string, see: (seen: Seen) => void): Promise<void> {
  const { storage, deps } = await openOn(files, secret);
  const catalog = MapCatalog.rebuilt(storage);
  await hide(storage, deps, catalog, ['a', 'd']);
  see([stays]);
  await prune(storage, deps, catalog, { leastLive: 1 });
}

/** Days go by until what lies in the trash is due. */
async function grow(files: SimFileSystem, secret: string): Promise<void> {
  const { storage, deps } = await openOn(files, secret);
  await deps.clock.advance(40 * dayMs);
  await act(storage, deps, MapCatalog.rebuilt(storage), {});
}

async function purgeBesideFrozen(files: SimFileSystem, secret: string): ReturnType<typeof emptyTrash> {
  const { storage, deps } = await openOn(files, secret);
  await deps.clock.advance(40 * dayMs);
  await prune(storage, deps, MapCatalog.rebuilt(storage), { leastLive: 1 });
  return emptyTrash(storage, deps);
}

const e: Contents = { e: someBytes(30_000, 6) };

/** The first prune takes what has the bytes of `b`, and not these: `b` itself needs them until the second. */
async function pruneTwice(files: SimFileSystem, secret: string): Promise<void> {
  const { storage, deps } = await openOn(files, secret);
  const catalog = MapCatalog.rebuilt(storage);
  await commitContents({ storage, deps }, catalog, { ...e, sameAsB: b });
  await hide(storage, deps, catalog, ['e', 'sameAsB']);
  await prune(storage, deps, catalog, { leastLive: 1 });
  await hide(storage, deps, catalog, ['b']);
  await prune(storage, deps, catalog, { leastLive: 1 });
  await act(storage, deps, catalog, {});
}

const withoutB: Contents = { c, ...goes, ...alone };

const stories: readonly Story[] = [
  {
    name: 'hiding, and a prune that writes anew',
    prepare: () => Promise.resolve(),
    before: [all, stays],
    run: hideAndPrune,
  },
  {
    name: 'emptying the trash',
    async prepare(files, secret) {
      await hideAndPrune(files, secret, () => undefined);
      await grow(files, secret);
    },
    before: [stays],
    async run(files, secret) {
      const { storage, deps } = await openOn(files, secret);
      await deps.clock.advance(40 * dayMs);
      const { packs } = await emptyTrash(storage, deps);
      if (packs === 0) throw new Error('nothing was in the trash');
    },
  },
  {
    // What was hidden of the other source goes; what was hidden of the frozen one can be shown afterwards, wherever it broke off.
    name: 'a purge while a source is frozen',
    async prepare(files, secret) {
      await hideAndPrune(files, secret, () => undefined);
      await storeFrozen(files, secret);
      await grow(files, secret);
      // Not in the run: where a disk fails, what cannot be read is spared as well, and that may be all.
      const { packs, spared = 0 } = await purgeBesideFrozen(files.copy(), secret);
      if (packs === 0 || spared === 0) throw new Error('nothing is emptied, or nothing spared');
    },
    before: [stays],
    run: async (files, secret) => void (await purgeBesideFrozen(files, secret)),
    judgeAlso: requireFrozen,
    isCostly: true,
  },
  {
    // Not right after the prune, so that whoever takes a lock does not clear up for it.
    name: 'returning from the trash',
    async prepare(files, secret) {
      await hideAndPrune(files, secret, () => undefined);
      const { storage, deps } = await openOn(files, secret);
      await act(storage, deps, MapCatalog.rebuilt(storage), {});
    },
    before: [stays, all],
    mayLeave: true,
    async run(files, secret, see) {
      const { storage, deps } = await openOn(files, secret);
      await returnFromTrash(storage, deps, storage.trash()[0]?.sequence ?? 0);
      see([all]);
    },
  },
  {
    // One version of the record is there again and another is not: it is written anew.
    name: 'returning one of two prunes from the trash',
    prepare: pruneTwice,
    before: [withoutB, { ...withoutB, ...e }],
    mayLeave: true,
    async run(files, secret, see) {
      const { storage, deps } = await openOn(files, secret);
      await returnFromTrash(storage, deps, storage.trash()[0]?.sequence ?? 0);
      see([{ ...withoutB, ...e }]);
    },
  },
];

export const removing: readonly NamedWorkload[] = stories.map((story) => ({ name: story.name, make: () => makeOf(story) }));

async function makeOf({
  name,
  prepare,
  before: promisedBefore,
  run,
  mayLeave,
  judgeAlso,
  isCostly,
}: Story): Promise<Workload<Seen>> {
  const disks = await startDisks();
  const files = await disks.with({ ...stays, ...goes }, alone);
  await prepare(files, disks.secret);
  return {
    name,
    before: copyOf(files),
    promisedBefore,
    async run(disk, progress) {
      await run(disk, disks.secret, (seen) => {
        progress.promised = seen;
      });
    },
    async judge(found, seen) {
      await requireSeen(found, seen, disks.secret, mayLeave);
      await judgeAlso?.(found, disks.secret);
    },
    async recover(found) {
      const { storage, deps } = await openOn(found, disks.secret);
      await prune(storage, deps, MapCatalog.rebuilt(storage));
    },
    ...(isCostly === true && { isCostly }),
  };
}

/** What is seen is whole, and stays so through a cycle, a prune that finishes what broke off, and a check of everything. */
export async function requireSeen(found: SimFileSystem, seen: Seen, secret: string, mayLeave = false): Promise<void> {
  const { storage, deps } = await openOn(found, secret);
  const catalog = MapCatalog.rebuilt(storage);
  const there = await requireOneOf(storage, catalog, seen);
  await commitContents({ storage, deps }, catalog, next);
  const { leftovers } = await storage.check('structure', () => [], testRun(deps));
  if (leftovers > 0 && !mayLeave) throw new Error('who writes next does not put away what was left');
  await prune(storage, deps, catalog, { leastLive: 1 });
  const report = await storage.check('all', () => [], testRun(deps));
  if (report.findings.length > 0) throw new Error(`a check found ${JSON.stringify(report.findings[0])}`);
  if (report.orphans + report.leftovers > 0) throw new Error('a prune left something where it was');
  const again = await openOn(found, secret);
  await requireOneOf(again.storage, MapCatalog.rebuilt(again.storage), [{ ...there, ...next }]);
}

export async function requireOneOf(storage: Parameters<typeof readBack>[0], catalog: MapCatalog, seen: Seen): Promise<Contents> {
  const names = new Set(catalog.manifests.map(({ name }) => name).filter((name) => seen.some((one) => name in one)));
  const there = seen.find((one) => Object.keys(one).length === names.size && Object.keys(one).every((name) => names.has(name)));
  if (there === undefined) throw new Error(`${[...names].join()} is seen`);
  for (const [name, bytes] of Object.entries(there)) {
    if (Buffer.compare(await readBack(storage, catalog, name), bytes) !== 0) throw new Error(`wrong bytes of ${name}`);
  }
  return there;
}
