import type { JobId, RunId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import { causeOf, isWhole, type RunCause } from '../../shared/domain/run-cause.ts';
import type { Run } from '../../shared/domain/run.ts';
import { emptyBook, type PlannedRun, type Schedule, type StartReason, type Timing } from '../../shared/domain/schedule.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { JobBook, StoredJob } from '../catalog/index.ts';
import {
  catchesUp,
  dealtWith,
  dueOf,
  type JobPast,
  type JobRule,
  nextChange,
  paintNow,
  planOf,
  type Verdict,
} from '../schedule/index.ts';
import type { Watched } from './capture-view.ts';
import { storagesOf } from './job-storages.ts';
import { missedBy, missedByCapture } from './missed-storages.ts';
import type { Parts } from './parts.ts';
import { pausedRun } from './runs.ts';
import type { Surroundings } from './surroundings.ts';
import { knownZone, systemZone } from './zones.ts';

interface Rule {
  readonly schedule: Schedule;
  readonly timing: Timing;
  readonly zone: string | null;
}

/** A job as the scheduler left it when it looked last. */
interface Looked {
  readonly job: StoredJob;
  readonly isRunning: boolean;
  readonly isHeld: boolean;
}

const dayMs = 86_400_000;
/** A laptop that is closed over a weekend is no alarm. */
const leastLateMs = 2 * dayMs;
/** What was missed begins within ten minutes of waking, and may take its time. */
const wakingMs = 30 * 60_000;
/** Of so many runs the length in the middle is what is usual. */
const usualOf = 9;
/** As far ahead as the rarest rule reaches. */
const farthestMs = 9 * 366 * dayMs;

/** Joins the calendar's answer with what the profile knows, and remembers what came of it. */
export class JobDues {
  readonly #parts: Parts;
  readonly #surroundings: Surroundings;
  readonly #watched: Watched;

  constructor(parts: Parts, surroundings: Surroundings, watched: Watched) {
    this.#parts = parts;
    this.#surroundings = surroundings;
    this.#watched = watched;
  }

  verdict(job: StoredJob): Verdict {
    if (job.scan !== 'on') return { due: { kind: 'never' }, book: null, slot: null, atMs: null };
    if (pausedRun(this.#parts, job.id) !== undefined)
      return { due: { kind: 'wait', because: 'run', untilMs: null }, book: null, slot: null, atMs: null };
    const isScanAsked = this.#watched.view(job).scanDue !== null;
    return dueOf(ruleOf(job, job.id), this.#past(job.id), { ...this.#surroundings.moments(storagesOf(job)), isScanAsked });
  }

  /** Its storages that the newest run did not serve, or that lack what capture stored in others, and that can be served by now, and why they can. */
  missed(job: StoredJob): readonly { readonly storage: StorageId; readonly because: StartReason }[] {
    const storages = storagesOf(job);
    if (storages.length < 2 || job.scan !== 'on' || pausedRun(this.#parts, job.id) !== undefined) return [];
    const runs = this.#allRuns(job.id).filter(({ endedAtMs }) => endedAtMs !== null);
    const lacking = this.#watched.view(job).missed;
    return storages.flatMap((storage) => {
      const captured = lacking.find((one) => one.storage === storage);
      const missed = missedBy(runs, storage) ?? (captured === undefined ? null : missedByCapture(runs, captured));
      const moments = { ...this.#surroundings.moments([storage]), isScanAsked: false };
      const because = missed === null ? null : catchesUp(ruleOf(job, job.id), missed, moments);
      return because === null ? [] : [{ storage, because }];
    });
  }

  /** When it begins by itself, as far as a clock can tell; a time that has passed: it cannot begin, and is late since then. */
  nextMs({ due, atMs }: Verdict): number | null {
    if (due.kind === 'start') return atMs;
    return due.kind === 'wait' ? due.untilMs : null;
  }

  /**
   * Since when nothing complete was saved, where that is too long for how often the job should run: three times that, and two days at least.
   * Null: it is not, or the job runs by no clock.
   */
  lateSinceMs(job: StoredJob): number | null {
    const { mode } = job.schedule;
    if (job.scan !== 'on' || (mode !== 'continuous' && mode !== 'times' && mode !== 'cron')) return null;
    const nowMs = this.#parts.clock.nowMs();
    const { complete, sinceMs } = this.#past(job.id);
    const plan = planOf(ruleOf(job, job.id), newPast(nowMs), nowMs, { untilMs: nowMs + farthestMs, limit: 3, usualMs: null });
    const gapsMs = plan.slice(1).map(({ startMs }, index) => startMs - (plan[index]?.startMs ?? startMs));
    const savedMs = complete?.endMs ?? sinceMs;
    if (this.#isOnItsWay(job)) return null;
    return nowMs - savedMs > Math.max(leastLateMs, 3 * Math.max(0, ...gapsMs)) ? savedMs : null;
  }

  /** A computer that was off for a week makes up for it within minutes, or asks: that is no alarm, but where it still has not. */
  #isOnItsWay(job: StoredJob): boolean {
    const { due } = this.verdict(job);
    const isComing = due.kind === 'start' || (due.kind === 'wait' && (due.because === 'waking' || due.because === 'answer'));
    return isComing && this.#surroundings.moments(storagesOf(job)).awakeForMs < wakingMs;
  }

  awakeSinceMs(job: StoredJob): number {
    const { nowMs, awakeForMs } = this.#surroundings.moments(storagesOf(job));
    return nowMs - awakeForMs;
  }

  /** Right after the run was written down, so that a kill in between leaves a run that is gone on with, and no time that nobody answers. */
  began(job: JobId, verdict: Verdict | undefined): void {
    // A person's run is a first try of its own: retries of an earlier one say nothing of it.
    if (verdict === undefined) this.#put(job, { slots: { ...this.#book(job).slots, tries: 1 } });
    else if (verdict.book !== null) this.#put(job, { slots: verdict.book });
  }

  /** Why a run begins that this verdict starts; undefined: a person wants it. */
  cause({ schedule, timing }: StoredJob, verdict: Verdict | undefined): RunCause {
    if (verdict?.due.kind !== 'start') return causeOf('hand');
    const { due, slot, book } = verdict;
    const of = schedule.mode === 'continuous' ? null : timing.retries;
    const retry = due.because === 'retry' ? { nth: Math.max(1, (book?.tries ?? 0) - 1), of } : null;
    return { reason: due.because, forMs: slot?.ms ?? null, retry };
  }

  /** A rule that is new answers for nothing that was before it. */
  ruled(job: StoredJob, before: StoredJob | null): void {
    const isSame = before !== null && ruleText(before) === ruleText(job);
    if (!isSame) this.#put(job.id, { sinceMs: this.#parts.clock.nowMs(), slots: emptyBook });
  }

  forget(job: JobId): void {
    this.#parts.store.removeJobBook(job);
  }

  /** What a person says to a missed time. */
  answer(job: StoredJob, answer: 'run' | 'skip'): void {
    const { due, slot } = this.verdict(job);
    if (due.kind !== 'wait' || due.because !== 'answer' || slot === null) {
      throw new StrataError('job.nothing-missed', 'never', { job: job.name });
    }
    const { slots } = this.#book(job.id);
    const rule = ruleOf(job, job.id);
    this.#put(job.id, { slots: answer === 'run' ? { ...slots, wantedMs: slot.ms } : dealtWith(rule, slots, slot.ms) });
  }

  /** How a run has to end because its window has; null: it may go on. Runs that a person began mind no window. */
  ending(job: StoredJob, run: Run): 'after-item' | 'now' | null {
    const { windows, windowEnd } = job.timing;
    if (run.trigger !== 'schedule' || windowEnd === 'cycle') return null;
    if (paintNow(windows, job.zone ?? systemZone(), this.#parts.clock.nowMs()) !== 'blocked') return null;
    this.#put(job.id, { cut: run.id });
    return windowEnd === 'stop' ? 'now' : 'after-item';
  }

  /** Of sources whose job has a slow time now: how many bytes a second may be read. */
  slowSources(jobs: readonly StoredJob[]): Map<SourceId, number> {
    const slow = new Map<SourceId, number>();
    for (const { timing, zone, sources } of jobs) {
      if (paintNow(timing.windows, zone ?? systemZone(), this.#parts.clock.nowMs()) !== 'slow') continue;
      for (const id of sources) slow.set(id, Math.min(slow.get(id) ?? Infinity, timing.slowBytesPerSecond));
    }
    return slow;
  }

  /**
   * In how many milliseconds something begins or ends, if that is sooner than the limit: what came to be due since somebody looked, at once.
   * What was held, because it could not begin, waits for the next look.
   */
  soonestMs(jobs: readonly Looked[], lookedMs: number, limitMs: number): number | null {
    const nowMs = this.#parts.clock.nowMs();
    const times = jobs.map(({ job, isRunning, isHeld }) => {
      // Also where a slow time begins or ends within its window.
      if (isRunning) return nextChange(job.timing.windows, job.zone ?? systemZone(), lookedMs);
      const { due } = this.verdict(job);
      if (due.kind === 'start') return isHeld ? null : nowMs;
      return due.kind === 'wait' && due.untilMs !== null && due.untilMs > nowMs ? due.untilMs : null;
    });
    const soon = times.filter((ms) => ms !== null && ms - nowMs < limitMs) as number[];
    return soon.length === 0 ? null : Math.max(0, Math.min(...soon) - nowMs);
  }

  /** The runs to come by a rule that may not be anybody's yet. Fails where the rule cannot be understood. */
  forecast(job: JobId | null, rule: Rule, days: number, limit: number): { zone: string; nowMs: number; runs: PlannedRun[] } {
    const nowMs = this.#parts.clock.nowMs();
    const whole = ruleOf({ ...rule, zone: rule.zone === null ? null : knownZone(rule.zone) }, job ?? 'new');
    const stored = this.#parts.store.jobs().find(({ id }) => id === job);
    const isAsIs = stored !== undefined && ruleText(stored) === ruleText(rule);
    const past = job === null ? newPast(nowMs) : this.#past(job);
    const usualMs = job === null ? null : this.#usualMs(job);
    const since = isAsIs ? past : { ...past, sinceMs: nowMs, book: emptyBook };
    return { zone: whole.zone, nowMs, runs: planOf(whole, since, nowMs, { untilMs: nowMs + days * dayMs, limit, usualMs }) };
  }

  /** Refuses what would never run by itself though it should. */
  refuseNever({ schedule, timing, zone }: Rule): void {
    if (schedule.mode === 'manual' || schedule.mode === 'on-change' || schedule.mode === 'on-plug') return;
    const nowMs = this.#parts.clock.nowMs();
    const rule = ruleOf({ schedule, timing, zone }, 'new');
    const plan = planOf(rule, newPast(nowMs), nowMs, { untilMs: nowMs + farthestMs, limit: 1, usualMs: null });
    if (plan.length === 0) throw new StrataError('schedule.never', 'never');
  }

  #past(job: JobId): JobPast {
    const { sinceMs, slots, cut } = this.#book(job);
    const runs = this.#runs(job).filter(({ endedAtMs }) => endedAtMs !== null);
    const complete = runs.find(({ status }) => status === 'success' || status === 'warning');
    const [last] = runs;
    return {
      sinceMs,
      book: slots,
      last:
        last === undefined
          ? null
          : {
              ...spanOf(last),
              outcome: last.id === cut && last.status === 'stopped' ? 'cut' : outcomeOf(last),
              mayPass: last.failure?.retry !== 'after-user-action',
            },
      complete: complete === undefined ? null : spanOf(complete),
    };
  }

  #usualMs(job: JobId): number | null {
    const lengths = this.#runs(job)
      .filter(({ status }) => status === 'success' || status === 'warning')
      .slice(0, usualOf)
      .map((run) => spanOf(run).endMs - run.startedAtMs)
      .toSorted((a, b) => a - b);
    return lengths[Math.floor(lengths.length / 2)] ?? null;
  }

  /** A run of a part is no run of the job: what the rest lacks is due as before. */
  readonly #runs = (job: JobId): Run[] => this.#allRuns(job).filter(isWhole);

  readonly #allRuns = (job: JobId): Run[] => this.#parts.store.runs({ job, storage: null, kind: 'backup', limit: 30 });

  readonly #book = (job: JobId): JobBook =>
    this.#parts.store.jobBooks().find(({ id }) => id === job) ?? { id: job, sinceMs: 0, slots: emptyBook, cut: null };

  #put(job: JobId, change: { sinceMs?: number; slots?: JobBook['slots']; cut?: RunId }): void {
    this.#parts.store.putJobBook({ ...this.#book(job), ...change });
  }
}

const newPast = (nowMs: number): JobPast => ({ sinceMs: nowMs, book: emptyBook, last: null, complete: null });

const ruleOf = ({ schedule, timing, zone }: Rule, seed: string): JobRule => ({
  schedule,
  timing,
  zone: zone ?? systemZone(),
  seed,
});

const ruleText = ({ schedule, timing: { windows }, zone }: Rule): string => JSON.stringify([schedule, windows, zone]);

const spanOf = ({ startedAtMs, endedAtMs }: Run): { startMs: number; endMs: number } => ({
  startMs: startedAtMs,
  endMs: endedAtMs ?? startedAtMs,
});

function outcomeOf({ status }: Run): NonNullable<JobPast['last']>['outcome'] {
  switch (status) {
    case 'success':
    case 'warning':
      return 'complete';
    case 'interrupted':
      return 'broken';
    case 'stopped':
      return 'stopped';
    case 'failed':
    case 'running':
    case 'paused':
      return 'failed';
  }
}
