import type { CommitId } from '../../shared/domain/ids.ts';
import type { Catalog } from '../catalog/index.ts';
import type { RunContext } from '../kernel/run-context.ts';
import type { Author, KnownCommit, PackCount, PruneNumbers, Storage, StorageLock } from '../storage/index.ts';

type Applied = Pick<Catalog, 'applied' | 'apply'>;

/**
 * What a prune would take out of use. Changes nothing.
 * Caller's duty, here and below: a catalog that is up to date, because what it knows must be there.
 */
export function planPrune(storage: Storage, catalog: Applied, run: RunContext): Promise<PruneNumbers> {
  return withLock(storage, async (lock) => {
    run.progress.phase('checking');
    return (await storage.removal(lock).planPrune({ known: knownTo(catalog) }, run)).numbers;
  });
}

/** @param approve Sees the plan before it is carried out; what it throws ends it. */
export function prune(
  storage: Storage,
  catalog: Applied,
  author: Author,
  approve: (numbers: PruneNumbers) => void,
  run: RunContext,
): Promise<PruneNumbers> {
  return withLock(storage, async (lock) => {
    run.progress.phase('checking');
    const plan = await storage.removal(lock).planPrune({ known: knownTo(catalog) }, run);
    approve(plan.numbers);
    run.progress.phase('writing');
    const contents = await plan.apply(author, run);
    if (contents !== null) catalog.apply(contents);
    return plan.numbers;
  });
}

/** Deletes for good what lay in the trash longer than the grace (never under 7 days), and nothing that this run put there. */
export function emptyTrash(
  storage: Storage,
  catalog: Applied,
  { graceMs, run }: { readonly graceMs: number; readonly run: Author['run'] },
  context: RunContext,
): Promise<PackCount> {
  return withLock(storage, (lock) =>
    storage.removal(lock).emptyTrash({ graceMs, run, nowMs: context.clock.nowMs(), known: knownTo(catalog) }),
  );
}

/**
 * Brings back what the prune with this sequence took out of use, and shows it again.
 * Caller's duty: a new catalog. The versions that came back are not in the one that was there.
 */
export function returnFromTrash(storage: Storage, sequence: number, author: Author, run: RunContext): Promise<PackCount> {
  return withLock(storage, async (lock) => {
    const { commit } = await storage.removal(lock).returnFromTrash(sequence, author, run);
    return { packs: commit.packs.length, bytes: commit.packs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) };
  });
}

function knownTo(catalog: Applied): KnownCommit {
  const { sequence, id } = catalog.applied();
  return id === null ? null : { sequence, id: id as CommitId };
}

async function withLock<T>(storage: Storage, action: (lock: StorageLock) => Promise<T>): Promise<T> {
  const lock = storage.lock('prune', 'exclusive');
  try {
    return await action(lock);
  } finally {
    lock.release();
  }
}
