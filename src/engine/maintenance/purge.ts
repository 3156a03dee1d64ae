import type { Catalog } from '../catalog/index.ts';
import type { RunContext } from '../kernel/run-context.ts';
import type { Author, KnownCommit, PackCount, PruneNumbers, Storage, StorageLock } from '../storage/index.ts';

type Applied = Pick<Catalog, 'applied' | 'apply'>;

export interface PurgeRequest {
  readonly author: Author;
  /** Never under 7 days, whatever it says. */
  readonly graceMs: number;
  /** Then nothing changes. */
  readonly dryRun: boolean;
}

export interface Purged {
  readonly prune: PruneNumbers;
  /** Lay in the trash for longer than the grace, and was deleted for good. */
  readonly deleted: PackCount;
  /** Would have been, but for what a frozen source needs of it. */
  readonly spared: PackCount;
  /** What lies in the trash afterwards. */
  readonly waiting: PackCount;
}

/**
 * Takes packs that nothing needs out of use, and deletes what lay in the trash longer than the grace, and nothing that this run put
 * there. Of frozen sources nothing goes. All of it under one lock, so that the storage is read once.
 * Caller's duty, here and below: a catalog that is up to date, because what it knows must be there.
 */
export function purge(
  storage: Storage,
  catalog: Applied,
  { author, graceMs, dryRun }: PurgeRequest,
  run: RunContext,
): Promise<Purged> {
  return withLock(storage, async (lock) => {
    const removal = storage.removal(lock);
    run.progress.phase('checking');
    const plan = await removal.planPrune({ known: knownTo(catalog) }, run);
    run.progress.phase('writing');
    const contents = dryRun ? null : await plan.apply(author, run);
    if (contents !== null) catalog.apply(contents);
    const options = { graceMs, run: author.run, nowMs: author.atMs, known: knownTo(catalog) };
    const { due, spared, folders, apply } = await removal.planEmptying(options, run);
    if (!dryRun) await apply();
    const { unused, repacked, orphans } = plan.numbers;
    const toCome = dryRun ? [unused, repacked, orphans] : [];
    const lying = folders.flatMap(({ packs }) => packs.map(({ sizeBytes }) => ({ packs: 1, bytes: sizeBytes })));
    const there = total([...lying, ...toCome]);
    const waiting = { packs: there.packs - due.packs, bytes: there.bytes - due.bytes };
    return { prune: plan.numbers, deleted: due, spared, waiting };
  });
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

export const total = (counts: readonly PackCount[]): PackCount => ({
  packs: counts.reduce((sum, { packs }) => sum + packs, 0),
  bytes: counts.reduce((sum, { bytes }) => sum + bytes, 0),
});

function knownTo(catalog: Applied): KnownCommit {
  const { sequence, id } = catalog.applied();
  return id === null ? null : { sequence, id };
}

async function withLock<T>(storage: Storage, action: (lock: StorageLock) => Promise<T>): Promise<T> {
  const lock = storage.lock('prune', 'exclusive');
  try {
    return await action(lock);
  } finally {
    lock.release();
  }
}
