import type { GivenBack } from '../../shared/domain/commit.ts';
import type { ItemId, RunId, SourceId } from '../../shared/domain/ids.ts';
import { isStrataError } from '../../shared/domain/strata-error.ts';
import type { RestoreStep } from '../catalog/index.ts';
import type { RunContext } from '../kernel/run-context.ts';
import { commitActs } from '../maintenance/index.ts';
import type { StorageLock } from '../storage/index.ts';
import type { OpenStorage } from './open-storages.ts';

/** What fits into one commit with room. docs/format/limits.md */
const mostAtOnce = 50_000;

/** Lets the storage itself remember what restores made where, so that another profile knows as well. Before every cycle, after every restore. */
export async function sayGivenBack(
  { storage, catalog, journal }: Pick<OpenStorage, 'storage' | 'catalog' | 'journal'>,
  lock: StorageLock,
  runId: RunId,
  run: RunContext,
): Promise<void> {
  for (;;) {
    const steps = journal.unsaid(mostAtOnce);
    const last = steps.at(-1);
    if (last === undefined) return;
    const saying = { storage, catalog, lock, run: runId, atMs: run.clock.nowMs() };
    await commitActs('restore', [{ givesBack: steps.map(asGivenBack) }], saying, run);
    journal.said(last.id);
  }
}

/** The restore itself is done: where the storage cannot be written to now, the journal still knows, and the next cycle says it. */
export async function trySayGivenBack(open: OpenStorage, runId: RunId, run: RunContext): Promise<void> {
  if (open.journal.unsaid(1).length === 0) return;
  let lock: StorageLock | undefined;
  try {
    open.storage.assertWritable();
    lock = open.storage.lock('retention', 'write');
    await sayGivenBack(open, lock, runId, run);
  } catch (error) {
    if (!isStrataError(error)) throw error;
    run.log.warn('restore.not-said', { code: error.code });
  } finally {
    lock?.release();
  }
}

const asGivenBack = ({ item, version, place, folder, key, revision }: RestoreStep): GivenBack => ({
  item: item as ItemId,
  version,
  source: place as SourceId,
  folder,
  key,
  revision,
});
