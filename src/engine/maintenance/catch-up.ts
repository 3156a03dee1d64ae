import type { CommitContents } from '../../shared/domain/commit.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Catalog } from '../catalog/index.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import { turn } from '../kernel/turn.ts';
import type { Storage } from '../storage/index.ts';

/**
 * Applies the commits that the catalog does not know yet: after a crash between commit and catalog, or when another
 * computer wrote to the storage. Fails with `catalog.unusable` when the catalog does not belong to this chain;
 * the caller then makes a new one.
 */
export function catchUp(storage: Storage, catalog: Catalog): number {
  let count = 0;
  for (const done of catchingUp(storage, catalog)) count = done;
  return count;
}

/** The same in short steps, each of which gives the number of commits that are done. */
export function* catchingUp(storage: Storage, catalog: Catalog): Iterable<number> {
  const applied = catalog.applied();
  const head = storage.head();
  if (head === null && applied.sequence === 0) return;
  if (applied.sequence === 0) {
    yield* filling(storage, catalog);
    return;
  }
  if (head === null || applied.sequence > head.sequence) throw unusable();
  // Only the id of the last known commit proves that the chain is the same. Where it is lost, the one that follows names it.
  const there = storage.idAt(applied.sequence);
  if (there !== undefined && there !== applied.id) throw unusable();
  let count = 0;
  for (const commit of storage.commits(applied.sequence, applied.id ?? undefined)) {
    catalog.apply(storage.contents(commit));
    yield ++count;
  }
}

const unusable = (): StrataError => new StrataError('catalog.unusable', 'later');

/** Fills an empty catalog from the storage alone, in steps as above. */
export function filling(storage: Storage, catalog: Catalog): Iterable<number> {
  return catalog.rebuild(contentsOfAll(storage));
}

/** The whole of it at once. */
export function fillCatalog(storage: Storage, catalog: Catalog, run: RunContext): void {
  for (const _ of stepsOfFilling(storage, catalog, run));
}

/** The same, and everything else goes on meanwhile, with the catalog that is there. */
export async function fillCatalogInTurns(storage: Storage, catalog: Catalog, run: RunContext): Promise<void> {
  for (const _ of stepsOfFilling(storage, catalog, run)) await turn();
}

function* stepsOfFilling(storage: Storage, catalog: Catalog, run: RunContext): Iterable<void> {
  run.progress.phase('rebuilding');
  run.progress.total(storage.head()?.sequence ?? 0, null);
  let told = 0;
  for (const done of filling(storage, catalog)) {
    stopIfCancelled(run);
    run.progress.done(done - told, 0);
    told = done;
    yield;
  }
}

function* contentsOfAll(storage: Storage): Iterable<CommitContents> {
  for (const commit of storage.commits(0)) yield storage.contents(commit);
}
