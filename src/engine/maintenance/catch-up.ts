import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Catalog } from '../catalog/index.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import type { Storage } from '../storage/index.ts';

/**
 * Applies the commits that the catalog does not know yet: after a crash between commit and catalog, or when another
 * computer wrote to the storage. Fails with `catalog.unusable` when the catalog does not belong to this chain;
 * the caller then makes a new one.
 */
export function catchUp(storage: Storage, catalog: Catalog): number {
  const applied = catalog.applied();
  const head = storage.head();
  if (head === null && applied.sequence === 0) return 0;
  if (head === null || applied.sequence > head.sequence) throw unusable();
  let count = 0;
  // The last known commit is read again, too: only its id proves that the chain is the same.
  for (const commit of storage.commits(Math.max(0, applied.sequence - 1))) {
    if (commit.sequence === applied.sequence) {
      if (commit.id !== applied.id) throw unusable();
      continue;
    }
    catalog.apply(storage.contents(commit));
    count += 1;
  }
  return count;
}

const unusable = (): StrataError => new StrataError('catalog.unusable', 'later');

/** Fills an empty catalog from the storage alone. */
export function fillCatalog(storage: Storage, catalog: Catalog, run: RunContext): void {
  const head = storage.head();
  run.progress.phase('rebuilding');
  run.progress.total(head?.sequence ?? 0, null);
  const rebuild = catalog.rebuild();
  for (const commit of storage.commits(0)) {
    stopIfCancelled(run);
    rebuild.apply(storage.contents(commit));
    run.progress.done(1, 0);
  }
  rebuild.finish();
}
