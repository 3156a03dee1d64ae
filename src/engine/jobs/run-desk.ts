import type { RunId, StorageId } from '../../shared/domain/ids.ts';
import type { Run, RunProgress } from '../../shared/domain/run.ts';
import { Cancelled, failureOf, isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { ProfileStore } from '../catalog/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { newId, type Random } from '../kernel/random.ts';
import type { RunContext } from '../kernel/run-context.ts';
import { LiveRun } from './live-run.ts';
import type { RunEnd, StartRun } from './run-request.ts';

export interface RunNotices {
  started(run: Run): void;
  progress(id: RunId, progress: RunProgress): void;
  ended(run: Run): void;
}

/** Where runs and their logs are kept. */
export type RunStore = Pick<ProfileStore, 'putRun' | 'run' | 'runs' | 'appendLog'>;

interface Going {
  readonly live: LiveRun;
  readonly stopNow: AbortController;
  readonly finishSoon: AbortController;
  readonly ended: Promise<Run>;
}

/** At most ten notices a second for one run: what an eye can follow, and little enough for any pipe. */
const noticeEveryMs = 100;
/** What a killed engine forgets of the numbers of a run. */
const saveEveryMs = 5000;

export class RunDesk {
  readonly #store: RunStore;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #log: Log;
  readonly #notices: RunNotices;
  readonly #going = new Map<RunId, Going>();
  #before: (storage: StorageId) => Promise<void> = () => Promise.resolve();

  constructor(parts: { store: RunStore; clock: Clock; random: Random; log: Log; notices: RunNotices }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#random = parts.random;
    this.#log = parts.log;
    this.#notices = parts.notices;
  }

  /** Short work on a storage that is no run, and that ends when a run is to begin there. */
  endBefore(end: (storage: StorageId) => Promise<void>): void {
    this.#before = end;
  }

  /** At start, before anything runs: what still claims to run was cut off. */
  markInterrupted(): void {
    for (const run of this.#store.runs({ job: null, storage: null, kind: null, limit: 1000 })) {
      if (run.status !== 'running') continue;
      const failure = { code: 'run.interrupted', retry: 'later', facts: {} } as const;
      const steps = run.steps.map((step) =>
        step.state === 'going' && step.run === null ? { ...step, state: 'cut' as const } : step,
      );
      this.#store.putRun({ ...run, steps, status: 'interrupted', endedAtMs: this.#clock.nowMs(), failure });
    }
  }

  start(request: StartRun): RunId {
    const id = request.resumes?.id ?? newId<RunId>(this.#random);
    const live = new LiveRun(id, request, this.#clock, (run) => this.#store.putRun(run));
    const stopNow = new AbortController();
    const finishSoon = new AbortController();
    this.#store.putRun(live.snapshot());
    this.#notices.started(live.snapshot());
    const log = this.#runLog(id);
    const context: RunContext = {
      signal: stopNow.signal,
      finishSoon: finishSoon.signal,
      progress: live,
      clock: this.#clock,
      log,
    };
    const body = async (): Promise<RunEnd> => {
      if (request.storage !== null) await this.#before(request.storage.id);
      return request.body(context, live);
    };
    const ended = this.#follow(live, body, log);
    this.#going.set(id, { live, stopNow, finishSoon, ended });
    return id;
  }

  async #follow(live: LiveRun, body: () => Promise<RunEnd>, log: Log): Promise<Run> {
    const stopTelling = this.#clock.every(noticeEveryMs, () => {
      const progress = live.takeProgress();
      if (progress !== undefined) this.#notices.progress(live.id, progress);
    });
    const stopSaving = this.#clock.every(saveEveryMs, () => this.#store.putRun(live.kept()));
    // The body may fail before its first wait: `start` must have returned by then.
    const end = await Promise.resolve()
      .then(body)
      .catch((error: unknown) => this.#endOf(error, log));
    stopTelling();
    stopSaving();
    const run = live.end(end);
    this.#store.putRun(run);
    log.info('run.ended', { status: run.status });
    this.#going.delete(live.id);
    this.#notices.ended(run);
    return run;
  }

  #endOf(error: unknown, log: Log): RunEnd {
    if (error instanceof Cancelled) return { status: 'stopped' };
    const failure = failureOf(error);
    log.error('run.failed', { code: failure.code, ...failure.facts });
    if (!isStrataError(error))
      this.#log.error('bug', { stack: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    return { status: 'failed', failure };
  }

  #runLog(id: RunId): Log {
    const line =
      (level: 'info' | 'warn' | 'error') =>
      (event: string, facts: Readonly<Record<string, string | number>> = {}) =>
        this.#store.appendLog(id, this.#clock.nowMs(), level, event, facts);
    return { info: line('info'), warn: line('warn'), error: line('error') };
  }

  going(): Run[] {
    return [...this.#going.values()].map(({ live }) => live.snapshot());
  }

  progress(id: RunId): RunProgress | undefined {
    return this.#going.get(id)?.live.progressNow();
  }

  /** The run as it stands now, from memory while it goes on. */
  show(id: RunId): Run | undefined {
    return this.#going.get(id)?.live.snapshot() ?? this.#store.run(id);
  }

  stop(id: RunId, how: 'after-item' | 'now'): boolean {
    const going = this.#going.get(id);
    if (going === undefined) return this.#endPaused(id);
    going.live.isPausing = false;
    going.finishSoon.abort();
    if (how === 'now') going.stopNow.abort();
    return true;
  }

  /** After the item at hand. Written down at once: whatever happens then, it is paused and not broken off. */
  pause(id: RunId): void {
    const going = this.#going.get(id);
    if (going === undefined || going.live.snapshot().kind !== 'backup') throw new StrataError('run.cannot-pause', 'never');
    if (going.finishSoon.signal.aborted) return;
    going.live.isPausing = true;
    this.#store.putRun(going.live.kept());
    going.finishSoon.abort();
  }

  /** What is paused and shall not go on was stopped. */
  #endPaused(id: RunId): boolean {
    const run = this.#store.run(id);
    if (run?.status !== 'paused') return false;
    const stopped: Run = { ...run, status: 'stopped', endedAtMs: this.#clock.nowMs() };
    this.#store.putRun(stopped);
    this.#notices.ended(stopped);
    return true;
  }

  async ended(id: RunId): Promise<Run | undefined> {
    return (await this.#going.get(id)?.ended) ?? this.#store.run(id);
  }

  async close(how: 'finish-item' | 'now'): Promise<void> {
    const going = [...this.#going.keys()];
    for (const { finishSoon, stopNow } of this.#going.values()) {
      finishSoon.abort();
      if (how === 'now') stopNow.abort();
    }
    await Promise.all(going.map((id) => this.ended(id)));
  }
}
