import type { SourceId } from './ids.ts';
import { startReasons } from './schedule.ts';

/**
 * Why a run began. `hand`: somebody asked for it. `follows`: the run before it brought something new. `behind`: a mirror that lacked something
 * could go on. `upkeep`: what is done by itself every so often. All others are the schedule's.
 */
export const runReasons = ['hand', ...startReasons, 'follows', 'behind', 'upkeep'] as const;
export type RunReason = (typeof runReasons)[number];

export interface RunCause {
  readonly reason: RunReason;
  /** The time by the schedule that it is for; null: for none. */
  readonly forMs: number | null;
  /** Of a retry: which one it is, and of how many; `of` is null where it is tried without end. */
  readonly retry: { readonly nth: number; readonly of: number | null } | null;
  /** Absent: an ordinary one. */
  readonly wish?: RunWish | undefined;
}

/** What a person wants of a run beyond what its job does anyway. Kept with it, so that it holds as well when a paused one goes on. */
export interface RunWish {
  /** These of the job's alone; null: all of them. */
  readonly sources: readonly SourceId[] | null;
  /** What seems unchanged is read again all the same, and held against what is stored. */
  readonly readsAgain: boolean;
}

/** It answers for all sources of its job. */
export const isOfAllSources = ({ cause }: { readonly cause: RunCause | null }): boolean =>
  (cause?.wish?.sources ?? null) === null;

export const causeOf = (reason: RunReason): RunCause => ({ reason, forMs: null, retry: null });
