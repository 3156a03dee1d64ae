import type { CheckReport } from '../../shared/domain/run.ts';
import type { Catalog } from '../catalog/index.ts';
import type { RunContext } from '../kernel/run-context.ts';
import type { Storage } from '../storage/index.ts';

/** Checks under a shared lock; the catalog only names the items that damage concerns. */
export async function checkStorage(
  storage: Storage,
  catalog: Catalog,
  level: CheckReport['level'],
  run: RunContext,
): Promise<CheckReport> {
  const lock = storage.lock('check', 'read');
  try {
    run.progress.phase('checking');
    return await storage.check(level, (damaged, lostPacks) => catalog.affected(damaged, lostPacks), run);
  } finally {
    lock.release();
  }
}
