import type { Problem, RunCounts, RunPhase } from '../../shared/domain/run.ts';
import { Cancelled } from '../../shared/domain/strata-error.ts';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';

/** Where long work reports facts. Calls are cheap; the receiver throttles. */
export interface Progress {
  phase(phase: RunPhase): void;
  /** Null: still counting. */
  total(items: number | null, bytes: number | null): void;
  done(items: number, bytes: number): void;
  stored(bytes: number): void;
  current(what: string): void;
  /** A server asked for a pause until then (wall clock), or it is over (null). */
  waiting(host: string, untilMs: number | null): void;
  count(which: keyof RunCounts, by?: number): void;
  problem(problem: Problem): void;
}

/**
 * Handed down as the last argument of everything that takes long.
 * Duty: check `signal` before every step that changes a target; after a cancel nothing more is written.
 */
export interface RunContext {
  /** Aborted: stop now. */
  readonly signal: AbortSignal;
  /** Aborted: finish the item at hand, commit, and end. */
  readonly finishSoon: AbortSignal;
  readonly progress: Progress;
  readonly clock: Clock;
  readonly log: Log;
}

export function stopIfCancelled(run: Pick<RunContext, 'signal'>): void {
  if (run.signal.aborted) throw new Cancelled('stopped');
}
