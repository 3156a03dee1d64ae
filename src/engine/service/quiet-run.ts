import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Progress, RunContext } from '../kernel/run-context.ts';

const noProgress: Progress = {
  phase: () => undefined,
  total: () => undefined,
  done: () => undefined,
  stored: () => undefined,
  current: () => undefined,
  count: () => undefined,
  problem: () => undefined,
};

/** For work that is part of answering a call and shows no progress of its own. */
export function quietRun(clock: Clock, log: Log, signal: AbortSignal = new AbortController().signal): RunContext {
  return { signal, finishSoon: signal, progress: noProgress, clock, log };
}
