import type { StartReason } from '../../shared/domain/schedule.ts';
import { longestPauseMs } from './candidate.ts';
import { gate } from './gate.ts';
import type { Candidate, JobRule, Moments } from './rule.ts';

/** The last attempt at a storage that the newest run of its job did not serve, though it served another one. */
export interface MissedStorage {
  readonly startMs: number;
  readonly endMs: number;
  /** Attempts since the run that missed it, with that one. */
  readonly tries: number;
  /** Whether trying again may help before a person did something. */
  readonly mayPass: boolean;
}

/** Why a run into it alone begins now; null: none does. @param moments How things are with that storage. */
export function catchesUp(rule: JobRule, missed: MissedStorage, moments: Moments): StartReason | null {
  const candidate = rule.schedule.mode === 'manual' ? null : candidateOf(rule, missed, moments);
  if (candidate === null || candidate.atMs > moments.nowMs || gate(rule, moments, candidate) !== null) return null;
  return candidate.because;
}

/** At once where it has come back since; else as a whole run is tried again that failed. */
function candidateOf({ timing }: JobRule, missed: MissedStorage, { pluggedMs }: Moments): Candidate | null {
  if (pluggedMs !== null && pluggedMs > missed.startMs) return { atMs: pluggedMs, because: 'plugged', slot: null };
  if (!missed.mayPass || missed.tries > timing.retries) return null;
  const pauseMs = Math.min(timing.retryPauseMs * 2 ** (missed.tries - 1), Math.max(longestPauseMs, timing.retryPauseMs));
  return { atMs: missed.endMs + pauseMs, because: 'retry', slot: null };
}
