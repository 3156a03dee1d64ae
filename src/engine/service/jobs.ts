import type { JobId, RunId } from '../../shared/domain/ids.ts';
import type { Switch } from '../../shared/domain/capture.ts';
import type { JobFinding } from '../../shared/domain/job-check.ts';
import { type PlannedRun, type Schedule, type StartReason, type Timing, usualTiming } from '../../shared/domain/schedule.ts';
import type { JobPlace } from '../../shared/domain/job-marks.ts';
import { causeOf, isWhole, type RunWish } from '../../shared/domain/run-cause.ts';
import type { Run, RunTrigger } from '../../shared/domain/run.ts';
import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { StoredJob } from '../catalog/index.ts';
import { type RunEnd, type RunningRun, Turns } from '../jobs/index.ts';
import { newId } from '../kernel/random.ts';
import type { RunContext } from '../kernel/run-context.ts';
import type { Verdict } from '../schedule/index.ts';
import type { Watched } from './capture-view.ts';
import type { JobActions } from './job-actions.ts';
import { JobChecks, refuseRunning, runningOf } from './job-checks.ts';
import { runOf } from './job-run.ts';
import { clonedJob, editedJob, type JobDefinition, newJob } from './job-definition.ts';
import { JobDues } from './job-dues.ts';
import type { Mirrors } from './mirrors.ts';
import { byPriority, moveJob, orderedJobs } from './job-order.ts';
import { needsOf } from './job-needs.ts';
import { savesTo } from './job-storages.ts';
import { JobSummaries, type JobSummary } from './job-summaries.ts';
import { known, refuseTakenName } from './names.ts';
import type { OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';
import { findRun, pausedRun } from './runs.ts';
import { knownZone } from './zones.ts';
import type { Sources } from './sources.ts';
import type { Surroundings } from './surroundings.ts';

/** How often the shell's clock asks. */
const beatMs = 60_000;
/** So many cycles at a time: each packs with threads of its own. */
const mostAtOnce = 3;

/** What a run begins on: the schedule's word, or a wish. */
interface Occasion {
  readonly verdict?: Verdict | undefined;
  readonly wish?: RunWish | undefined;
  /** Absent: the verdict tells, or a person began it. */
  readonly because?: StartReason | undefined;
}

type RunServices = Parameters<typeof runOf>[0];
interface JobNeighbours extends Pick<RunServices, 'mirrors' | 'removals' | 'clock' | 'watched'> {
  readonly surroundings: Surroundings;
  readonly actions: JobActions;
}

export class Jobs {
  readonly #parts: Parts;
  readonly #sources: Sources;
  readonly #mirrors: Mirrors;
  readonly #watched: Watched;
  readonly #dues: JobDues;
  readonly #summaries: JobSummaries;
  readonly #checks: JobChecks;
  readonly #actions: JobActions;
  readonly #runOf: (run: Parameters<typeof runOf>[1], context: RunContext, running: RunningRun) => Promise<RunEnd>;
  readonly #turns = new Turns(mostAtOnce);
  /** Somebody asks what is due: a command that runs one job does not. */
  #isBeating = false;
  #lookedMs = 0;
  /** What was due when it looked, and could not begin. */
  readonly #held = new Set<JobId>();
  #stopAlarm: () => void = () => undefined;

  constructor(parts: Parts, open: OpenStorages, sources: Sources, neighbours: JobNeighbours) {
    this.#parts = parts;
    this.#sources = sources;
    this.#mirrors = neighbours.mirrors;
    this.#watched = neighbours.watched;
    this.#dues = new JobDues(parts, neighbours.surroundings, neighbours.watched);
    const services: RunServices = { ...neighbours, parts, open, sources };
    this.#runOf = (run, context, running) => runOf(services, run, context, running);
    this.#actions = neighbours.actions;
    this.#checks = new JobChecks(parts, open, { ...neighbours, sources });
    this.#summaries = new JobSummaries(parts, open, this.#dues, neighbours.watched);
  }

  create(definition: JobDefinition): { id: JobId } {
    this.#refuseUnknown(definition);
    refuseTakenName('job', definition.name, this.#parts.store.jobs());
    const id = newId<JobId>(this.#parts.random);
    const storage = known('storage', definition.storage, this.#parts.store.storages());
    const job = newJob(this.#parts, id, definition, storage);
    this.#dues.refuseNever(job);
    this.#parts.store.putJob(job);
    this.#dues.ruled(job, null);
    this.#watched.changed();
    this.#parts.changed('jobs');
    return { id };
  }

  edit(job: JobDefinition & { readonly id: JobId }): void {
    const before = this.#stored(job.id);
    this.#refuseUnknown(job);
    refuseTakenName('job', job.name, this.#parts.store.jobs(), job.id);
    const after = editedJob(this.#parts, before, job);
    this.#dues.refuseNever(after);
    const paused = after.storage === before.storage ? undefined : pausedRun(this.#parts, job.id);
    this.#parts.store.putJob(after);
    // What it has not saved yet would go on elsewhere, as one run in two storages.
    if (paused !== undefined) this.#parts.runs.stop(paused.id, 'now');
    this.#dues.ruled(after, before);
    this.#watched.changed();
    this.#parts.changed('jobs');
  }

  /** Nothing else of the job. */
  switch(id: JobId, change: { readonly scan?: Switch; readonly capture?: Switch }): void {
    this.#parts.store.putJob({ ...this.#stored(id), ...change });
    this.#watched.changed();
    this.#parts.changed('jobs');
  }

  move(id: JobId, to: JobPlace, group?: string | null): void {
    moveJob(this.#parts, id, to, group);
  }

  /** Stands behind the one that it was made of. */
  clone(id: JobId, name: string, isEnabled: boolean): { id: JobId } {
    const before = this.#stored(id);
    refuseTakenName('job', name, this.#parts.store.jobs());
    const job = clonedJob(this.#parts, before, newId<JobId>(this.#parts.random), name, isEnabled);
    this.#parts.store.putJob(job);
    this.#dues.ruled(job, null);
    this.#watched.changed();
    this.#parts.changed('alerts');
    this.move(job.id, { at: 'after', job: id });
    return { id: job.id };
  }

  remove(id: JobId): void {
    const job = this.#stored(id);
    if (this.#running(id) !== undefined) throw new StrataError('run.already-running', 'after-user-action', { job: job.name });
    const paused = pausedRun(this.#parts, id);
    this.#parts.store.removeJob(id);
    if (paused !== undefined) this.#parts.runs.stop(paused.id, 'now');
    this.#dues.forget(id);
    this.#watched.changed();
    this.#parts.changed('jobs');
  }

  async list(): Promise<JobSummary[]> {
    return Promise.all(orderedJobs(this.#parts).map((job) => this.#summaries.of(job, this.#running(job.id))));
  }

  async show(id: JobId): Promise<JobSummary> {
    return this.#summaries.of(this.#stored(id), this.#running(id));
  }

  /** One cycle now, whatever the schedule says. The storage is unlocked first, so that a missing password is said at once. */
  async run(id: JobId, trigger: RunTrigger, { verdict, wish, because }: Occasion = {}): Promise<RunId> {
    const job = this.#stored(id);
    refuseOthers(job, wish);
    const places = await this.#checks.admit(job, (wish ?? pausedRun(this.#parts, id)?.cause?.wish)?.storages);
    // Somebody else may have begun it while its storages were opened.
    refuseRunning(this.#parts, job);
    const [lead] = places.flatMap((place) => ('open' in place ? [place] : []));
    // A person who is alone here is told at once who works there; what can wait, waits.
    const waits =
      trigger === 'schedule' || this.#parts.runs.going().some(({ storage }) => storage !== null && savesTo(job, storage));
    const paused = pausedRun(this.#parts, id);
    const cause = {
      ...(paused?.cause ?? (because && causeOf(because)) ?? this.#dues.cause(job, verdict)),
      ...(wish && { wish }),
    };
    const run = this.#parts.runs.start({
      kind: 'backup',
      trigger: paused?.trigger ?? trigger,
      cause,
      resumes: paused,
      job: { id, name: job.name },
      storage: { id: lead?.id ?? job.storage, name: lead?.name ?? '' },
      body: (context, running) => this.#inTurn({ job, places, waits, wish: cause.wish }, context, running),
    });
    if (isWhole({ cause })) this.#dues.began(id, verdict);
    void this.#parts.runs.ended(run).then(() => this.#setAlarm());
    return run;
  }

  /** Whether it could run now, and why not; nothing is changed. */
  check(id: JobId): Promise<JobFinding[]> {
    return this.#checks.look(id);
  }

  /** Goes on with a paused run. */
  async resume(id: RunId): Promise<RunId> {
    const run = findRun(this.#parts, id);
    if (run.status !== 'paused' || run.job === null) throw new StrataError('run.not-paused', 'never');
    return this.run(run.job, run.trigger);
  }

  /** In its turn: jobs that share a source, an account or a storage go one after the other. */
  async #inTurn(asked: Parameters<typeof runOf>[1], run: RunContext, running: RunningRun): Promise<RunEnd> {
    const { job } = asked;
    const end = await this.#turns.take({
      name: job.name,
      needs: needsOf(job, this.#parts.store.sources()),
      priority: job.priority,
      signal: AbortSignal.any([run.signal, run.finishSoon]),
      onHeld: (by) => {
        run.progress.phase('waiting');
        run.progress.current(by);
        run.log.info('run.waits', { for: by });
      },
    });
    try {
      return run.finishSoon.aborted
        ? { status: 'stopped' }
        : await this.#actions.around({ job, run, running }, () => this.#runOf(asked, run, running));
    } finally {
      end();
    }
  }

  /** Fails where the rule cannot be understood, or never comes. */
  refuseRule({ schedule, timing, zone }: Pick<JobDefinition, 'schedule' | 'timing' | 'zone'>): void {
    const rule = { schedule, timing: timing ?? usualTiming, zone: zone === undefined ? null : knownZone(zone) };
    this.#dues.refuseNever(rule);
  }

  /** What a person says to a time at which nothing could run. */
  answer(id: JobId, answer: 'run' | 'skip'): void {
    this.#dues.answer(this.#stored(id), answer);
    this.#parts.changed('jobs');
  }

  /** The runs to come, by a rule that may be nobody's yet. */
  forecast(asked: {
    readonly id: JobId | null;
    readonly schedule: Schedule;
    readonly timing: Timing;
    readonly zone: string | null;
    readonly days: number;
    readonly limit: number;
  }): { zone: string; nowMs: number; runs: PlannedRun[] } {
    return this.#dues.forecast(asked.id, asked, asked.days, asked.limit);
  }

  /** Starts what is due and ends what may go on no longer; what cannot start now (a locked storage) stays due and is said by Home, not by a failed run each minute. */
  async tick(): Promise<number> {
    this.#isBeating = true;
    this.#lookedMs = this.#parts.clock.nowMs();
    this.#held.clear();
    let started = 0;
    this.#sources.paces.slow(this.#dues.slowSources(this.#parts.store.jobs()));
    for (const job of byPriority(orderedJobs(this.#parts))) {
      const running = this.#running(job.id);
      if (running !== undefined) {
        this.#endWithWindow(job, running);
        continue;
      }
      const verdict = this.#dues.verdict(job);
      const occasion = verdict.due.kind === 'start' ? { verdict } : this.#missed(job);
      if (occasion === undefined) continue;
      try {
        await this.run(job.id, 'schedule', occasion);
        started += 1;
      } catch (error) {
        if (!isStrataError(error)) throw error;
        this.#held.add(job.id);
        this.#parts.log.warn('job.not-started', { job: job.id, code: error.code });
      }
    }
    this.#setAlarm();
    return started;
  }

  /** A storage that was away need not wait for the next time of the whole job. */
  #missed(job: StoredJob): Occasion | undefined {
    const missed = this.#dues.missed(job);
    const [first] = missed;
    const wish = { sources: null, storages: missed.map(({ storage }) => storage), readsAgain: false };
    return first && { because: first.because, wish };
  }

  /** Between two beats of the heart: a window that opens or closes, or a time that comes, is answered to the second. */
  #setAlarm(): void {
    this.#stopAlarm();
    if (!this.#isBeating) return;
    const jobs = this.#parts.store
      .jobs()
      .map((job) => ({ job, isRunning: this.#running(job.id) !== undefined, isHeld: this.#held.has(job.id) }));
    const inMs = this.#dues.soonestMs(jobs, this.#lookedMs, beatMs);
    if (inMs === null) return;
    this.#stopAlarm = this.#parts.clock.every(inMs, () => {
      this.#stopAlarm();
      this.tick().catch((error: unknown) => this.#parts.log.error('bug', { stack: String(error) }));
    });
  }

  /** No alarm rings after this. */
  close(): void {
    this.#isBeating = false;
    this.#stopAlarm();
  }

  /** What has to be known of the machine for the conditions that jobs have. */
  asks(): { power: boolean; network: boolean } {
    const timings = this.#parts.store.jobs().map(({ timing }) => timing);
    return {
      power: timings.some(({ batteryAbove }) => batteryAbove > 0),
      network: timings.some(({ onMetered, networks }) => !onMetered || networks.length > 0),
    };
  }

  #endWithWindow(job: StoredJob, run: Run): void {
    const how = this.#dues.ending(job, run);
    if (how !== null) this.#parts.runs.stop(run.id, how);
  }

  #running(id: JobId): Run | undefined {
    return runningOf(this.#parts, id);
  }

  #stored(id: JobId): StoredJob {
    return known('job', id, this.#parts.store.jobs());
  }

  #refuseUnknown(definition: JobDefinition): void {
    for (const storage of [definition.storage, ...(definition.alsoTo ?? [])]) {
      known('storage', storage, this.#parts.store.storages());
      this.#mirrors.refuseMirror(storage);
    }
    for (const source of definition.sources) known('source', source, this.#parts.store.sources());
  }
}

/** A wish is for sources and storages of the job. */
function refuseOthers(job: StoredJob, wish: RunWish | undefined): void {
  const { sources } = job;
  for (const id of wish?.storages ?? [])
    if (!savesTo(job, id)) throw new StrataError('name.unknown', 'never', { kind: 'storage', name: id });
  for (const id of wish?.sources ?? [])
    if (!sources.includes(id)) throw new StrataError('name.unknown', 'never', { kind: 'source', name: id });
}
