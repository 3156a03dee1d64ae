import type { CaptureMiss } from '../../shared/domain/capture.ts';
import type { StorageId } from '../../shared/domain/ids.ts';
import type { Run } from '../../shared/domain/run.ts';
import { isWhole } from '../../shared/domain/run-cause.ts';
import type { MissedStorage } from '../schedule/index.ts';

type Served = 'served' | 'missed';

/**
 * Whether the newest run of a job left a storage out that has not been served since. Where that run served none, the job itself is tried
 * again. @param runs Of the job, newest first.
 */
export function missedBy(runs: readonly Run[], storage: StorageId): MissedStorage | null {
  let last: Run | undefined;
  let tries = 0;
  for (const run of runs) {
    const served = servedBy(run, storage);
    if (served === 'served') return null;
    if (served === 'missed') {
      last ??= run;
      tries += 1;
    }
    if (!isWhole(run)) continue;
    if (last === undefined || served === undefined || run.status === 'failed') return null;
    return asMissed(last, tries, storage);
  }
  return null;
}

/** The same of what capture stored in other storages only: until a run that began afterwards has served this one. */
export function missedByCapture(runs: readonly Run[], { storage, atMs, failure }: CaptureMiss): MissedStorage {
  const tries = runs.filter((run) => run.startedAtMs >= atMs && servedBy(run, storage) === 'missed');
  const [last] = tries;
  if (last !== undefined) return asMissed(last, tries.length + 1, storage);
  return { startMs: atMs, endMs: atMs, tries: 1, mayPass: failure.retry !== 'after-user-action' };
}

function servedBy({ status, steps, cause }: Run, storage: StorageId): Served | undefined {
  const step = steps.find((one) => one.kind === 'storage' && one.storage === storage);
  if (step !== undefined) return step.state === 'failed' ? 'missed' : 'served';
  // A run into one storage alone is that one's own.
  if (cause?.wish?.storages?.includes(storage) !== true || cause.wish.storages.length > 1) return undefined;
  if (status === 'failed') return 'missed';
  return status === 'success' || status === 'warning' ? 'served' : undefined;
}

function asMissed(run: Run, tries: number, storage: StorageId): MissedStorage {
  const { startedAtMs, endedAtMs, failure, steps } = run;
  const why = steps.find((one) => one.kind === 'storage' && one.storage === storage)?.failure ?? failure;
  return { startMs: startedAtMs, endMs: endedAtMs ?? startedAtMs, tries, mayPass: why?.retry !== 'after-user-action' };
}
