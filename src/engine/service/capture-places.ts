import type { StorageId } from '../../shared/domain/ids.ts';
import { type Failure, failureOf, isStrataError } from '../../shared/domain/strata-error.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { CycleOutcome } from '../backup/index.ts';
import type { StoredJob } from '../catalog/index.ts';
import { storagesOf } from './job-storages.ts';
import type { CountingRun } from './quiet-run.ts';

/** One limited cycle, into one of a job's storages. */
export interface StoredPart {
  readonly outcome: CycleOutcome;
  readonly run: CountingRun;
}
export interface LeftOut {
  readonly storage: StorageId;
  readonly failure: Failure;
}

/**
 * What was noticed, into each of a job's storages. One that fails keeps no other from having it; where none has it, that is a failure of
 * the whole. What is no failure of ours is a bug, and thrown. A cycle that is stopped is the last: a run waits for it.
 */
export async function storeInEach(
  storages: readonly StorageId[],
  store: (storage: StorageId) => Promise<StoredPart>,
): Promise<{ readonly parts: readonly StoredPart[]; readonly leftOut: readonly LeftOut[] }> {
  const parts: StoredPart[] = [];
  const leftOut: LeftOut[] = [];
  for (const storage of storages) {
    try {
      const part = await store(storage);
      parts.push(part);
      if (part.outcome.kind === 'stopped') break;
    } catch (error) {
      if (!isStrataError(error)) throw error;
      leftOut.push({ storage, failure: failureOf(error) });
    }
  }
  return { parts, leftOut };
}

/** So long what was noticed waits for all of a job's storages to be free; then those that are have it. */
const longestHoldMs = 5 * 60_000;

/**
 * Where it can be stored now; undefined: it waits. Who works on one of several storages for long does not hold up the others. A run of this
 * very job sees what was noticed, in each of them.
 */
export function placesNow(
  job: Pick<StoredJob, 'id' | 'storage' | 'alsoTo'>,
  going: readonly Pick<Run, 'job' | 'storage'>[],
  heldMs: number,
): readonly StorageId[] | undefined {
  if (going.some((run) => run.job === job.id)) return undefined;
  const all = storagesOf(job);
  const free = all.filter((id) => !going.some(({ storage }) => storage === id));
  return free.length === all.length || (free.length > 0 && heldMs >= longestHoldMs) ? free : undefined;
}
