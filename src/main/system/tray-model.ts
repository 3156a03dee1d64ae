import type { CallOutput } from '../../shared/contract/calls.ts';
import type { JobId, RunId } from '../../shared/domain/ids.ts';
import type { WaitReason } from '../../shared/domain/schedule.ts';
import type { Run, RunProgress } from '../../shared/domain/run.ts';
import type { EngineStatus } from '../engine/supervisor.ts';

export type Jobs = CallOutput<'job.list'>;
export type Status = CallOutput<'status.get'>;

/** All that the tray shows, as facts. */
export interface TrayModel {
  readonly engine: EngineStatus['state'];
  readonly jobs: Jobs;
  readonly status: Status | undefined;
  readonly running: readonly { readonly run: Run; readonly progress: RunProgress | undefined }[];
}

export const nothingKnown: TrayModel = { engine: 'starting', jobs: [], status: undefined, running: [] };

export type TrayState = 'idle' | 'working' | 'paused' | 'needs-you';

export function trayState(model: TrayModel): TrayState {
  if (model.engine === 'failed') return 'needs-you';
  if (model.running.length > 0) return 'working';
  if (model.status?.verdict === 'attention') return 'needs-you';
  return (model.status?.pausedUntilMs ?? null) === null ? 'idle' : 'paused';
}

/** Of bytes where they are known, as one large item may be most of the work; else of items. Undefined while it is still being counted. */
export function percentOf(progress: RunProgress | undefined): number | undefined {
  if (!progress) return undefined;
  const { bytesTotal, bytesDone, itemsTotal, itemsDone } = progress;
  const [done, total] = bytesTotal ? [bytesDone, bytesTotal] : [itemsDone, itemsTotal ?? 0];
  // Rounded down, and never 100 before the end: the last step is still to come.
  return total > 0 ? Math.min(99, Math.floor((done / total) * 100)) : undefined;
}

export interface LastRun {
  readonly jobName: string;
  readonly run: Run;
}

export function lastRun(jobs: Jobs): LastRun | undefined {
  return jobs
    .flatMap((job) => (job.lastRun && job.lastRun.endedAtMs !== null ? [{ jobName: job.name, run: job.lastRun }] : []))
    .sort((left, right) => (right.run.endedAtMs ?? 0) - (left.run.endedAtMs ?? 0))[0];
}

export function nextJob(jobs: Jobs): { readonly name: string; readonly atMs: number } | undefined {
  return jobs
    .flatMap((job) =>
      job.scan === 'on' && !job.running && heldBy(job) === null && job.nextRunAtMs !== null
        ? [{ name: job.name, atMs: job.nextRunAtMs }]
        : [],
    )
    .sort((left, right) => left.atMs - right.atMs)[0];
}

/** A job that something else than its time keeps from running, those first that wait for a person. */
export function heldJob(jobs: Jobs): { readonly name: string; readonly because: WaitReason } | undefined {
  return jobs
    .flatMap((job) => {
      const because = job.scan === 'on' && !job.running ? heldBy(job) : null;
      return because === null ? [] : [{ name: job.name, because }];
    })
    .sort((left, right) => Number(right.because === 'answer') - Number(left.because === 'answer'))[0];
}

const heldBy = ({ due }: Jobs[number]): WaitReason | null => (due.kind === 'wait' && due.because !== 'time' ? due.because : null);

/** Jobs that a person can start now. */
export function startable(jobs: Jobs): readonly { readonly id: JobId; readonly name: string }[] {
  return jobs.filter((job) => job.scan !== 'off' && !job.running).map(({ id, name }) => ({ id, name }));
}

/** Runs that wait until a person goes on with them. */
export function pausedRuns(jobs: Jobs): readonly { readonly id: RunId; readonly jobName: string }[] {
  return jobs.flatMap(({ name, running, lastRun: last }) =>
    running === null && last?.status === 'paused' ? [{ id: last.id, jobName: name }] : [],
  );
}

export type TrayAction =
  | { readonly do: 'open'; readonly route?: string }
  | { readonly do: 'back-up'; readonly jobs: readonly JobId[] }
  /** `tomorrow`: until eight in the morning; null: no longer. */
  | { readonly do: 'pause'; readonly until: 'hour' | 'tomorrow' | null }
  | { readonly do: 'stop' | 'pause-run' | 'resume-run'; readonly run: RunId }
  | { readonly do: 'quit' };
