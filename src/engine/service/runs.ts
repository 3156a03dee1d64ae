import type { JobId, RunId } from '../../shared/domain/ids.ts';
import type { Run, RunProgress } from '../../shared/domain/run.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { LogLine, ProfileStore } from '../catalog/index.ts';
import type { Parts } from './parts.ts';

/** Newest first; what is going on comes from memory, with its newest numbers. */
export function listRuns({ store, runs }: Parts, filter: Parameters<ProfileStore['runs']>[0]): Run[] {
  // One that is asked to pause is kept as paused while it still goes on.
  const mayGoOn = ({ status }: Run): boolean => status === 'running' || status === 'paused';
  return store.runs(filter).map((run) => (mayGoOn(run) ? (runs.show(run.id) ?? run) : run));
}

export function findRun({ runs }: Parts, id: RunId): Run {
  const run = runs.show(id);
  if (run === undefined) throw new StrataError('name.unknown', 'never', { kind: 'run', name: id });
  return run;
}

export function runProgress({ runs }: Parts, id: RunId): RunProgress | null {
  return runs.progress(id) ?? null;
}

export function stopRun(parts: Parts, id: RunId, how: 'after-item' | 'now'): { stopped: boolean } {
  findRun(parts, id);
  return { stopped: parts.runs.stop(id, how) };
}

export function pauseRun(parts: Parts, id: RunId): void {
  findRun(parts, id);
  parts.runs.pause(id);
}

export function runLog(parts: Parts, id: RunId, after: number, limit: number): LogLine[] {
  findRun(parts, id);
  return parts.store.log(id, after, limit);
}

/** The newest of a job: while one is paused no other begins. */
export function pausedRun({ store }: Pick<Parts, 'store'>, job: JobId): Run | undefined {
  return store.runs({ job, storage: null, kind: 'backup', limit: 1 }).find(({ status }) => status === 'paused');
}
