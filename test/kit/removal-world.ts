import type { CommitActs, CommitContents } from '../../src/shared/domain/commit.ts';
import type { FreezeId, RunId, SourceId } from '../../src/shared/domain/ids.ts';
import type { PruneNumbers, PruneOptions, Storage } from '../../src/engine/storage/index.ts';
import { draftOf, type MapCatalog, type TestDeps, testRun } from './storage-world.ts';

export const dayMs = 24 * 3_600_000;

/** A run of its own for each. */
let runs = 0;
const newRun = (): RunId => `run${runs++}`.padEnd(20, '0') as RunId;

/** A commit that does something and brings nothing. */
export async function act(storage: Storage, deps: TestDeps, catalog: MapCatalog, acts: CommitActs): Promise<void> {
  const lock = storage.lock('prune', 'write');
  try {
    const writer = storage.writer(lock, catalog);
    catalog.apply(await writer.commit({ ...draftOf(deps, 'retention'), ...acts }, testRun(deps)));
  } finally {
    lock.release();
  }
}

/** Hides all versions of the items with these names, or the given ones. */
export async function hide(
  storage: Storage,
  deps: TestDeps,
  catalog: MapCatalog,
  names: readonly string[],
  versions?: readonly number[],
): Promise<void> {
  const wanted = catalog.manifests.filter(
    ({ name, version }) => names.includes(name) && (versions === undefined || versions.includes(version)),
  );
  await act(storage, deps, catalog, { hides: wanted.map(({ item, version }) => ({ item, versions: [version] })) });
}

/** One freeze for each source, under its name. */
export async function freeze(storage: Storage, deps: TestDeps, catalog: MapCatalog, source: SourceId): Promise<void> {
  const id = source as string as FreezeId;
  await act(storage, deps, catalog, { freezes: [{ id, source, reason: 'mass-change', facts: {}, atMs: deps.clock.nowMs() }] });
}

/** The answer for the source; for all of them. */
export async function thaw(storage: Storage, deps: TestDeps, catalog: MapCatalog, source?: SourceId): Promise<void> {
  const known = catalog.commits.flatMap(({ freezes = [] }) => freezes.map(({ id }) => id));
  const thaws = source === undefined ? known : [source as string as FreezeId];
  await act(storage, deps, catalog, { thaws });
}

/** Plans and applies, as maintenance does. */
export async function prune(
  storage: Storage,
  deps: TestDeps,
  catalog: MapCatalog,
  options: Partial<PruneOptions> = {},
): Promise<{ readonly numbers: PruneNumbers; readonly contents: CommitContents | null }> {
  const lock = storage.lock('prune', 'exclusive');
  try {
    const plan = await storage.removal(lock).planPrune({ known: storage.head(), ...options }, testRun(deps));
    const contents = await plan.apply({ run: newRun(), atMs: deps.clock.nowMs() }, testRun(deps));
    if (contents !== null) catalog.apply(contents);
    return { numbers: plan.numbers, contents };
  } finally {
    lock.release();
  }
}

/** With the time of now; commits tell how old things are. */
export async function emptyTrash(
  storage: Storage,
  deps: TestDeps,
  graceMs = 30 * dayMs,
  run = newRun(),
): Promise<{ readonly packs: number; readonly bytes: number; readonly spared?: number }> {
  const lock = storage.lock('prune', 'exclusive');
  try {
    const options = { graceMs, nowMs: deps.clock.nowMs(), run, known: storage.head() };
    const { due, spared, apply } = await storage.removal(lock).planEmptying(options, testRun(deps));
    await apply();
    return { ...due, ...(spared.packs > 0 && { spared: spared.packs }) };
  } finally {
    lock.release();
  }
}

export async function returnFromTrash(storage: Storage, deps: TestDeps, sequence: number): Promise<void> {
  const lock = storage.lock('prune', 'exclusive');
  try {
    await storage.removal(lock).returnFromTrash(sequence, { run: newRun(), atMs: deps.clock.nowMs() }, testRun(deps));
  } finally {
    lock.release();
  }
}
