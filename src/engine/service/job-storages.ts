import type { StorageId } from '../../shared/domain/ids.ts';
import { runStep } from '../../shared/domain/run-step.ts';
import { type Failure, failureOf, isStrataError, type StrataError } from '../../shared/domain/strata-error.ts';
import type { StoredJob } from '../catalog/index.ts';
import type { RunEnd, RunningRun } from '../jobs/index.ts';
import type { RunContext } from '../kernel/run-context.ts';
import type { OpenStorage } from './open-storages.ts';
import { StoragePart } from './storage-part.ts';

/** Where a job saves to, in the order in which a run serves them. */
export const storagesOf = ({ storage, alsoTo = [] }: Pick<StoredJob, 'storage' | 'alsoTo'>): StorageId[] => [storage, ...alsoTo];

export const savesTo = (job: Pick<StoredJob, 'storage' | 'alsoTo'>, storage: StorageId): boolean =>
  storagesOf(job).includes(storage);

/** One of a job's storages, as it was found when the run was to begin. */
export type Place = { readonly name: string; readonly id: StorageId } & (
  | { readonly open: OpenStorage }
  | { readonly failure: StrataError }
);

type Serve = (open: OpenStorage, run: RunContext, running: RunningRun) => Promise<RunEnd>;

/**
 * A job with one storage: that one. With several: one after the other, and what fails at one keeps no other from being served. The run
 * failed where nothing came to its end; it is a warning that names the storage where something did.
 */
export async function serveAll(places: readonly Place[], serve: Serve, run: RunContext, running: RunningRun): Promise<RunEnd> {
  const [first] = places;
  if (first !== undefined && places.length === 1) {
    if ('failure' in first) throw first.failure;
    return serve(first.open, run, running);
  }
  const ends: RunEnd[] = [];
  let storedBytes = 0;
  for (const place of places) {
    if (run.finishSoon.aborted) return stopped(ends);
    const part = new StoragePart(run.progress, running, {
      ...{ name: place.name, isFirst: ends.length === 0, storedBefore: storedBytes },
    });
    const end = await serveOne(place, serve, { ...run, progress: part }, part);
    if (end.status === 'stopped') return stopped(ends);
    tell(place, end, run, running);
    storedBytes = part.storedBytes;
    ends.push(end);
  }
  return together(ends);
}

async function serveOne(place: Place, serve: Serve, run: RunContext, running: RunningRun): Promise<RunEnd> {
  try {
    if ('failure' in place) throw place.failure;
    run.log.info('run.storage', { storage: place.name });
    return await serve(place.open, run, running);
  } catch (error) {
    // Stopped, or a bug: neither is about this storage.
    if (!isStrataError(error)) throw error;
    run.log.warn('run.storage-failed', { storage: place.name, code: error.code });
    return { status: 'failed', failure: failureOf(error) };
  }
}

function tell({ id, name }: Place, { status, failure }: RunEnd, run: RunContext, running: RunningRun): void {
  const state = status === 'success' ? 'done' : status;
  running.step(runStep('storage', state, { name, storage: id, failure: failure ?? null, atMs: run.clock.nowMs() }));
  if (status !== 'failed') return;
  const why: Failure = failure ?? { code: 'storage.not-served', retry: 'later', facts: { name } };
  run.progress.problem({ failure: why, source: '', folder: '', item: name, atMs: run.clock.nowMs() });
}

const stopped = ([first]: readonly RunEnd[]): RunEnd => ({ ...kept(first), status: 'stopped' });

function together(ends: readonly RunEnd[]): RunEnd {
  const failed = ends.filter(({ status }) => status === 'failed');
  const [first] = failed;
  if (first !== undefined && failed.length === ends.length) return first;
  const isWhole = ends.every(({ status }) => status === 'success');
  return { ...kept(ends.find(({ status }) => status !== 'failed')), status: isWhole ? 'success' : 'warning' };
}

const kept = (end: RunEnd | undefined): Pick<RunEnd, 'retention'> =>
  end?.retention === undefined ? {} : { retention: end.retention };
