import type { ChosenSource } from '../../shared/domain/choice.ts';
import type { JobId, RunId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import type { Switch } from '../../shared/domain/capture.ts';
import type { Due, Schedule, Timing } from '../../shared/domain/schedule.ts';
import type { JobColor, Priority } from '../../shared/domain/job-marks.ts';
import type { Retention } from '../../shared/domain/retention.ts';
import { type Run, runStatuses } from '../../shared/domain/run.ts';
import type { SourceKind } from '../../shared/domain/source-settings.ts';
import type { Failure } from '../../shared/domain/strata-error.ts';
import type { StoredJob } from '../catalog/index.ts';
import type { CaptureView, Watched } from './capture-view.ts';
import { type DayMark, dayMarks } from './days.ts';
import type { JobDues } from './job-dues.ts';
import type { OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';
import { judgedRuns, unusualOf } from './unusual.ts';
import { systemZone } from './zones.ts';

export interface JobSummary {
  id: JobId;
  name: string;
  sources: SourceId[];
  storage: StorageId;
  alsoTo: StorageId[];
  schedule: Schedule;
  timing: Timing;
  due: Due;
  lateSinceMs: number | null;
  /** The newest run was unlike those before it. */
  unusual: Failure | null;
  scan: Switch;
  capture: Switch;
  watch: CaptureView;
  choices: readonly ChosenSource[];
  retention: Retention | null;
  zone: string;
  group: string | null;
  color: JobColor | null;
  priority: Priority;
  sourceNames: { id: SourceId; name: string; kind: SourceKind }[];
  storageName: string;
  /** Its further storages, each with what of the job is safe there. */
  furtherStorages: { id: StorageId; name: string; protectedUntilMs: number | null }[];
  running: RunId | null;
  lastRun: Run | null;
  nextRunAtMs: number | null;
  protectedUntilMs: number | null;
  days: DayMark[];
}

/** What the strip of a job shows. */
const stripDays = 30;
const ended = runStatuses.filter((status) => status !== 'running');
const backupsOf = ({ id: job }: StoredJob) => ({ job, storage: null, kind: 'backup' }) as const;

/** A job as a person looks at it. */
export class JobSummaries {
  readonly #parts: Parts;
  readonly #open: OpenStorages;
  readonly #dues: JobDues;
  readonly #watched: Watched;

  constructor(parts: Parts, open: OpenStorages, dues: JobDues, watched: Watched) {
    this.#parts = parts;
    this.#open = open;
    this.#dues = dues;
    this.#watched = watched;
  }

  async of(job: StoredJob, running: Run | undefined): Promise<JobSummary> {
    const { store, clock } = this.#parts;
    const [lastRun = null] = store.runs({ ...backupsOf(job), statuses: ended, limit: 1 });
    const verdict = this.#dues.verdict(job);
    const further = await this.#further(job);
    const sources = store.sources().filter(({ id }) => job.sources.includes(id));
    return {
      id: job.id,
      name: job.name,
      sources: [...job.sources],
      storage: job.storage,
      alsoTo: [...(job.alsoTo ?? [])],
      schedule: job.schedule,
      timing: job.timing,
      due: verdict.due,
      unusual: this.#unusual(job, lastRun),
      lateSinceMs: running === undefined ? this.#dues.lateSinceMs(job) : null,
      scan: job.scan,
      capture: job.capture,
      watch: this.#watched.view(job),
      choices: job.choices,
      retention: job.retention,
      zone: job.zone ?? systemZone(),
      group: job.group,
      color: job.color,
      priority: job.priority,
      sourceNames: sources.map(({ id, name, settings }) => ({ id, name, kind: settings.kind })),
      storageName: store.storages().find(({ id }) => id === job.storage)?.name ?? '',
      furtherStorages: further,
      running: running?.id ?? null,
      lastRun,
      nextRunAtMs: running === undefined ? this.#dues.nextMs(verdict) : null,
      protectedUntilMs: newest([await this.#protectedUntil(job, job.storage), ...further.map((one) => one.protectedUntilMs)]),
      days: dayMarks(this.#parts, job.id, stripDays, clock.nowMs()),
    };
  }

  #unusual(job: StoredJob, lastRun: Run | null): Failure | null {
    if (lastRun === null) return null;
    const complete = this.#parts.store.runs({ ...backupsOf(job), statuses: ['success', 'warning'], limit: judgedRuns });
    const runs = [lastRun, ...complete.filter(({ id }) => id !== lastRun.id)];
    return unusualOf(runs, this.#dues.awakeSinceMs(job)) ?? null;
  }

  #further(job: StoredJob): Promise<JobSummary['furtherStorages']> {
    const stored = this.#parts.store.storages();
    return Promise.all(
      (job.alsoTo ?? []).map(async (id) => ({
        ...{ id, name: stored.find((one) => one.id === id)?.name ?? '' },
        protectedUntilMs: await this.#protectedUntil(job, id),
      })),
    );
  }

  /** The least fresh of its sources; null when one has no moment yet, or the storage is locked. */
  async #protectedUntil(job: StoredJob, storage: StorageId): Promise<number | null> {
    if (!this.#open.isOpen(storage)) return null;
    const until = (await this.#open.use(storage)).catalog.protectedUntil();
    const times = job.sources.map((source) => until.get(source) ?? null);
    return times.includes(null) || times.length === 0 ? null : Math.min(...(times as number[]));
  }
}

/** Whatever is whole in one of its storages is safe. */
function newest(times: readonly (number | null)[]): number | null {
  const there = times.filter((time) => time !== null);
  return there.length === 0 ? null : Math.max(...there);
}
