import type { RunId } from '../../shared/domain/ids.ts';
import { noCounts, type Problem, type Run, type RunCounts, type RunPhase, type RunProgress } from '../../shared/domain/run.ts';
import { causeOf } from '../../shared/domain/run-cause.ts';
import type { RunStep } from '../../shared/domain/run-step.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Progress } from '../kernel/run-context.ts';
import type { RunEnd, RunningRun, StartRun } from './run-request.ts';

/** A run with a million failures must stay small; the count stays exact. */
const problemLimit = 10_000;

/** A run while it goes on: takes facts from the work, gives copies of them to whoever asks. */
export class LiveRun implements Progress, RunningRun {
  readonly id: RunId;
  readonly #request: StartRun;
  readonly #clock: Clock;
  readonly #save: (run: Run) => void;
  readonly #startedAtMs: number;
  readonly #phases: { phase: RunPhase; startedAtMs: number; endedAtMs: number | null }[] = [];
  readonly #problems: Problem[] = [];
  #steps: readonly RunStep[] = [];
  #problemCount = 0;
  #counts: { -readonly [Key in keyof RunCounts]: number } = { ...noCounts };
  #itemsTotal: number | null = null;
  #bytesTotal: number | null = null;
  #itemsDone = 0;
  #bytesDone = 0;
  #bytesRead = 0;
  #bytesStored = 0;
  #storedBefore = 0;
  #current = '';
  readonly #waits = new Map<string, number>();
  #untold = true;
  /** A person wants it to pause: kept as paused from then on, so that a kill changes nothing. */
  isPausing = false;
  /** What earlier parts of it saved, and a part that goes on finds unchanged. */
  readonly #savedBefore: number;

  constructor(id: RunId, request: StartRun, clock: Clock, save: (run: Run) => void) {
    this.id = id;
    this.#request = request;
    this.#clock = clock;
    this.#save = save;
    const before = request.resumes;
    this.#startedAtMs = before?.startedAtMs ?? clock.nowMs();
    if (before !== undefined) {
      const { new: added, changed, metadataOnly, moved, vanished } = before.counts;
      this.#counts = { ...noCounts, new: added, changed, metadataOnly, moved, vanished };
      this.#phases.push(...before.phases.map((phase) => ({ ...phase })));
      this.#bytesRead = before.bytes.read;
      this.#storedBefore = before.bytes.stored;
    }
    this.#savedBefore = this.#counts.new + this.#counts.changed + this.#counts.metadataOnly + this.#counts.moved;
    this.phase('preparing');
  }

  /** The numbers done belong to a phase and begin anew with it. */
  phase(phase: RunPhase): void {
    const last = this.#phases.at(-1);
    if (last?.phase === phase) return;
    const nowMs = this.#clock.nowMs();
    if (last !== undefined) last.endedAtMs = nowMs;
    this.#phases.push({ phase, startedAtMs: nowMs, endedAtMs: null });
    this.#itemsDone = 0;
    this.#bytesDone = 0;
    this.#itemsTotal = null;
    this.#bytesTotal = null;
    this.#untold = true;
  }

  total(items: number | null, bytes: number | null): void {
    this.#itemsTotal = items;
    this.#bytesTotal = bytes;
    this.#untold = true;
  }

  done(items: number, bytes: number): void {
    this.#itemsDone += items;
    this.#bytesDone += bytes;
    this.#bytesRead += bytes;
    this.#untold = true;
  }

  stored(bytes: number): void {
    this.#bytesStored = bytes;
    this.#untold = true;
  }

  current(what: string): void {
    this.#current = what;
    this.#untold = true;
  }

  waiting(host: string, untilMs: number | null): void {
    if (untilMs === null) this.#waits.delete(host);
    else this.#waits.set(host, untilMs);
    this.#untold = true;
  }

  count(which: keyof RunCounts, by = 1): void {
    this.#counts[which] += by;
    this.#untold = true;
  }

  problem(problem: Problem): void {
    this.#problemCount += 1;
    if (this.#problems.length < problemLimit) this.#problems.push(problem);
    this.#untold = true;
  }

  step(step: RunStep): void {
    const at = this.#steps.findIndex(({ kind, name }) => kind === step.kind && name === step.name);
    this.#steps = at === -1 ? [...this.#steps, step] : this.#steps.with(at, step);
    this.#save(this.kept());
  }

  problems(): number {
    return this.#problemCount;
  }

  counts(): RunCounts {
    return { ...this.#counts, unchanged: Math.max(0, this.#counts.unchanged - this.#savedBefore) };
  }

  progressNow(): RunProgress {
    const waits = [...this.#waits].map(([host, untilMs]) => ({ host, untilMs }));
    return {
      phase: this.#phases.at(-1)?.phase ?? 'preparing',
      itemsTotal: this.#itemsTotal,
      itemsDone: this.#itemsDone,
      bytesTotal: this.#bytesTotal,
      bytesDone: this.#bytesDone,
      bytesStored: this.#bytesStored,
      current: this.#current,
      ...(waits.length === 0 ? {} : { waits }),
      counts: this.counts(),
      problems: this.#problemCount,
    };
  }

  /** Undefined when nothing changed since it was last asked. */
  takeProgress(): RunProgress | undefined {
    if (!this.#untold) return undefined;
    this.#untold = false;
    return this.progressNow();
  }

  snapshot(): Run {
    const { kind, job, storage, trigger } = this.#request;
    const { cause = causeOf(trigger === 'person' ? 'hand' : 'upkeep') } = this.#request;
    return {
      id: this.id,
      kind,
      trigger,
      cause,
      status: 'running',
      job: job?.id ?? null,
      jobName: job?.name ?? null,
      storage: storage?.id ?? null,
      storageName: storage?.name ?? null,
      startedAtMs: this.#startedAtMs,
      endedAtMs: null,
      phases: this.#phases.map((phase) => ({ ...phase })),
      counts: this.counts(),
      bytes: { read: this.#bytesRead, stored: this.#storedBefore + this.#bytesStored },
      problems: [...this.#problems],
      steps: this.#steps,
      failure: null,
      restore: null,
      check: null,
      retention: null,
      purge: null,
      repair: null,
    };
  }

  /** As it is kept while it goes on. */
  kept(): Run {
    return { ...this.snapshot(), status: this.isPausing ? 'paused' : 'running' };
  }

  end(end: RunEnd): Run {
    const endedAtMs = this.#clock.nowMs();
    const last = this.#phases.at(-1);
    if (last !== undefined) last.endedAtMs = endedAtMs;
    if (this.isPausing && end.status === 'stopped') return this.kept();
    return {
      ...this.snapshot(),
      status: end.status,
      endedAtMs,
      failure: end.failure ?? null,
      restore: end.restore ?? null,
      undo: end.undo ?? null,
      check: end.check ?? null,
      retention: end.retention ?? null,
      purge: end.purge ?? null,
      repair: end.repair ?? null,
      rehearsal: end.rehearsal ?? null,
    };
  }
}
