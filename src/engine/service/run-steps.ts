import type { RunId, StorageId } from '../../shared/domain/ids.ts';
import type { Run, RunStatus } from '../../shared/domain/run.ts';
import { type RunStep, runStep, stepKinds, type StepState } from '../../shared/domain/run-step.ts';
import type { AlertTold } from '../../shared/domain/alert-delivery.ts';
import type { Jobs } from './jobs.ts';
import type { OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';
import { findRun } from './runs.ts';
import type { Scrubs } from './scrubs.ts';

/** Of so many runs of a mirror is looked for the one that brought up what a cycle saved. */
const mirrorRuns = 100;

/** What goes with a run, as it stands now: some of it goes on when the run has long ended. */
export class RunSteps {
  readonly #parts: Parts;
  readonly #open: OpenStorages;
  readonly #jobs: Jobs;
  readonly #scrubs: Scrubs;

  constructor(parts: Parts, open: OpenStorages, { jobs, scrubs }: { readonly jobs: Jobs; readonly scrubs: Scrubs }) {
    this.#parts = parts;
    this.#open = open;
    this.#jobs = jobs;
    this.#scrubs = scrubs;
  }

  async of(id: RunId): Promise<RunStep[]> {
    const run = findRun(this.#parts, id);
    const steps = [
      ...run.steps.map((step) => (step.kind === 'mirror' ? this.#mirror(step, run) : step)),
      ...(run.status === 'running' ? [] : this.#notices(run)),
      ...(this.#isNewest(run) ? [...(await this.#check(run.storage)), ...(await this.#next(run))] : []),
    ];
    const place = ({ kind }: RunStep): number => stepKinds.indexOf(kind);
    return steps.toSorted((one, other) => place(one) - place(other));
  }

  /** A later run of the mirror brings what this one could not. */
  #mirror(step: RunStep, { endedAtMs, startedAtMs }: Run): RunStep {
    const filter = { job: null, storage: step.storage, kind: 'mirror', limit: mirrorRuns };
    const since = this.#parts.store
      .runs(filter)
      .filter((run) => run.id === step.run || run.startedAtMs >= (endedAtMs ?? startedAtMs));
    const done = since.findLast(({ status }) => status === 'success' || status === 'warning');
    const run = done ?? since[0];
    if (run === undefined) return step;
    return { ...step, run: run.id, state: stateOfRun[run.status], failure: run.failure, atMs: run.endedAtMs };
  }

  /** What would be told of an older run, was; what is read back and what comes next belongs to the newest alone. */
  #isNewest({ id, job, kind }: Run): boolean {
    if (kind !== 'backup' || job === null) return false;
    return this.#parts.store.runs({ job, storage: null, kind, limit: 1 })[0]?.id === id;
  }

  #notices(run: Run): RunStep[] {
    const { alerts } = this.#parts.store;
    const told = alerts.told(run.id);
    const channels = new Map(alerts.channels().map((channel) => [channel.id, channel]));
    if (told.length === 0) return [runStep('notice', 'nothing')];
    return told.flatMap(({ channel: id, state, atMs }) => {
      const channel = channels.get(id);
      if (channel === undefined) return [];
      const failure = state === 'sent' ? null : (channel.lastFailure?.failure ?? null);
      return [runStep('notice', stateOfTold[state], { name: channel.name, atMs, failure })];
    });
  }

  async #check(id: StorageId | null): Promise<RunStep[]> {
    if (id === null || !this.#open.isOpen(id)) return [];
    const open = await this.#open.use(id);
    const { scrubs, nextDueMs } = this.#scrubs.view(open);
    if (!scrubs) return [runStep('check', 'off')];
    if (open.stored.scrub.roundSinceMs !== null) return [runStep('check', 'going')];
    return [nextDueMs === null ? runStep('check', 'nothing') : runStep('check', 'waiting', { atMs: nextDueMs })];
  }

  async #next({ job: id }: Run): Promise<RunStep[]> {
    const stored = this.#parts.store.jobs().find((job) => job.id === id);
    if (stored === undefined) return [];
    const { due, running, scan, nextRunAtMs } = await this.#jobs.show(stored.id);
    if (running !== null) return [runStep('next', 'going', { run: running })];
    if (scan !== 'on' && stored.schedule.mode !== 'manual') return [runStep('next', 'off')];
    return [due.kind === 'never' ? runStep('next', 'nothing') : runStep('next', 'waiting', { atMs: nextRunAtMs })];
  }
}

const stateOfRun: Readonly<Record<RunStatus, StepState>> = {
  running: 'going',
  paused: 'waiting',
  success: 'done',
  warning: 'warning',
  failed: 'failed',
  stopped: 'stopped',
  interrupted: 'cut',
};

const stateOfTold: Readonly<Record<AlertTold['state'], StepState>> = { sent: 'done', waiting: 'waiting', 'given-up': 'failed' };
