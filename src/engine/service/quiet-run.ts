import { noCounts, type RunCounts } from '../../shared/domain/run.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Progress, RunContext } from '../kernel/run-context.ts';

const noProgress: Progress = {
  phase: () => undefined,
  total: () => undefined,
  done: () => undefined,
  stored: () => undefined,
  current: () => undefined,
  waiting: () => undefined,
  count: () => undefined,
  problem: () => undefined,
};

/** For work that is part of answering a call and shows no progress of its own. */
export function quietRun(clock: Clock, log: Log, signal: AbortSignal = new AbortController().signal): RunContext {
  return { signal, finishSoon: signal, progress: noProgress, clock, log };
}

/** The same, with what it did counted. */
export class CountingRun implements RunContext {
  readonly counted: { -readonly [Key in keyof RunCounts]: number } = { ...noCounts };
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly finishSoon: AbortSignal;
  readonly progress: Progress = { ...noProgress, count: (which, by = 1) => void (this.counted[which] += by) };

  constructor(clock: Clock, log: Log, signal: AbortSignal, finishSoon: AbortSignal) {
    this.clock = clock;
    this.log = log;
    this.signal = signal;
    this.finishSoon = finishSoon;
  }
}
