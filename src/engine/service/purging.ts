import type { RunId } from '../../shared/domain/ids.ts';
import type { PurgeReport, RetentionReport } from '../../shared/domain/run.ts';
import type { RunContext } from '../kernel/run-context.ts';
import { emptyTrash, planPrune, prune, type TrashSummary, trashSummary } from '../maintenance/index.ts';
import type { OpenStorage } from './open-storages.ts';

const dayMs = 86_400_000;

export interface PurgeStep {
  readonly runId: RunId;
  readonly dryRun: boolean;
  readonly retention: RetentionReport | null;
  readonly nowMs: number;
}

/** Takes packs that nothing needs out of use, and deletes what lay in the trash longer than the grace. */
export async function purge(open: OpenStorage, step: PurgeStep, run: RunContext): Promise<PurgeReport> {
  const { storage, catalog } = open;
  const { runId, dryRun, retention, nowMs } = step;
  run.progress.phase('removing');
  const { unused, repacked, orphans, writtenBytes } = dryRun
    ? await planPrune(storage, catalog, run)
    : await prune(storage, catalog, { run: runId, atMs: nowMs }, () => undefined, run);
  const numbers = {
    dryRun,
    retention,
    trashedPacks: unused.packs + repacked.packs + orphans.packs,
    trashedBytes: unused.bytes + repacked.bytes + orphans.bytes,
    rewrittenBytes: writtenBytes,
  };
  const { due } = trashOf(open, nowMs);
  const gone = dryRun ? due : await emptyTrash(storage, catalog, { graceMs: graceMs(open), run: runId }, run);
  const left = trashOf(open, nowMs);
  return {
    ...numbers,
    deletedPacks: gone.packs,
    deletedBytes: gone.bytes,
    waitingPacks: dryRun ? left.packs - due.packs + numbers.trashedPacks : left.packs,
    waitingBytes: dryRun ? left.bytes - due.bytes + numbers.trashedBytes : left.bytes,
  };
}

const graceMs = ({ stored }: OpenStorage): number => stored.settings.graceDays * dayMs;

export const trashOf = (open: OpenStorage, nowMs: number): TrashSummary => trashSummary(open.storage, graceMs(open), nowMs);
