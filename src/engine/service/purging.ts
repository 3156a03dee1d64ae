import type { FreezeReason } from '../../shared/domain/freeze.ts';
import type { RunId, SourceId } from '../../shared/domain/ids.ts';
import type { PurgeReport, RetentionReport, SparedReport } from '../../shared/domain/run.ts';
import type { RunContext } from '../kernel/run-context.ts';
import { purge, type Purged, type TrashSummary, trashSummary } from '../maintenance/index.ts';
import type { OpenStorage } from './open-storages.ts';
import { sourceNames } from './removal-views.ts';

const dayMs = 86_400_000;

export interface PurgeStep {
  readonly runId: RunId;
  readonly dryRun: boolean;
  readonly retention: RetentionReport | null;
  readonly nowMs: number;
}

/** Takes packs that nothing needs out of use, and deletes what lay in the trash longer than the grace. */
export async function purgeStorage(open: OpenStorage, step: PurgeStep, run: RunContext): Promise<PurgeReport> {
  const { runId, dryRun, retention, nowMs } = step;
  run.progress.phase('removing');
  const author = { run: runId, atMs: nowMs };
  const purged = await purge(open.storage, open.catalog, { author, graceMs: graceMs(open), dryRun }, run);
  const { unused, repacked, orphans, writtenBytes } = purged.prune;
  const spared = sparedOf(purged, open);
  return {
    dryRun,
    retention,
    trashedPacks: unused.packs + repacked.packs + orphans.packs,
    trashedBytes: unused.bytes + repacked.bytes + orphans.bytes,
    rewrittenBytes: writtenBytes,
    deletedPacks: purged.deleted.packs,
    deletedBytes: purged.deleted.bytes,
    waitingPacks: purged.waiting.packs,
    waitingBytes: purged.waiting.bytes,
    ...(spared !== undefined && { spared }),
  };
}

/** What stayed, and because of which freeze. Of several freezes of a source the first. */
function sparedOf({ prune: { sources }, spared }: Purged, { catalog }: OpenStorage): SparedReport | undefined {
  const names = sourceNames(catalog);
  const reasons = new Map<SourceId, FreezeReason>();
  for (const { source, reason } of catalog.freezes()) if (!reasons.has(source)) reasons.set(source, reason);
  if (reasons.size === 0) return undefined;
  return {
    sources: [...reasons].map(([source, reason]) => {
      const numbers = sources.find((one) => one.source === source);
      const name = names.get(source) ?? '';
      return { source, name, reason, versions: numbers?.spared ?? 0, bytes: numbers?.sparedBytes ?? 0 };
    }),
    trashPacks: spared.packs,
    trashBytes: spared.bytes,
  };
}

const graceMs = ({ stored }: OpenStorage): number => stored.settings.graceDays * dayMs;

export const trashOf = (open: OpenStorage, nowMs: number): TrashSummary => trashSummary(open.storage, graceMs(open), nowMs);
