import { noCounts, type Problem, type RunCounts, type RunPhase } from '../../shared/domain/run.ts';
import type { RunStep } from '../../shared/domain/run-step.ts';
import type { RunningRun } from '../jobs/index.ts';
import type { Progress } from '../kernel/run-context.ts';

interface Of {
  readonly name: string;
  /** The run counts what it does for its first storage: the same message, saved twice, is one message. */
  readonly isFirst: boolean;
  readonly storedBefore: number;
}

/** What a run does for one of several storages. Items count at each for themselves; what was read and stored adds up, as it was. */
export class StoragePart implements Progress, RunningRun {
  readonly #run: Progress;
  readonly #running: RunningRun;
  readonly #of: Of;
  readonly #counts: { -readonly [Key in keyof RunCounts]: number } = { ...noCounts };
  storedBytes: number;

  constructor(run: Progress, running: RunningRun, of: Of) {
    this.#run = run;
    this.#running = running;
    this.#of = of;
    this.storedBytes = of.storedBefore;
  }

  get id(): RunningRun['id'] {
    return this.#running.id;
  }

  phase(phase: RunPhase): void {
    this.#run.phase(phase);
  }

  total(items: number | null, bytes: number | null): void {
    this.#run.total(items, bytes);
  }

  done(items: number, bytes: number): void {
    this.#run.done(items, bytes);
  }

  stored(bytes: number): void {
    this.storedBytes = this.#of.storedBefore + bytes;
    this.#run.stored(this.storedBytes);
  }

  current(what: string): void {
    this.#run.current(what);
  }

  waiting(host: string, untilMs: number | null): void {
    this.#run.waiting(host, untilMs);
  }

  count(which: keyof RunCounts, by = 1): void {
    if (this.#of.isFirst) this.#run.count(which, by);
    else this.#counts[which] += by;
  }

  problem(problem: Problem): void {
    this.#run.problem(problem);
  }

  counts(): RunCounts {
    return this.#of.isFirst ? this.#running.counts() : { ...this.#counts };
  }

  problems(): number {
    return this.#running.problems();
  }

  /** Under the storage's name, where there can be one only. */
  step(step: RunStep): void {
    this.#running.step(step.name === '' ? { ...step, name: this.#of.name } : step);
  }
}
