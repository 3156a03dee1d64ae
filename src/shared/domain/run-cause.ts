import type { SourceId, StorageId } from './ids.ts';
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

/**
 * What is wanted of a run beside, or instead of, what its job does: by a person, or to make up for what an earlier run left out. Kept with
 * it, so that it holds as well when a paused one goes on.
 */
export interface RunWish {
  /** These of the job's alone; null: all of them. */
  readonly sources: readonly SourceId[] | null;
  /** Into these of the job's alone. Absent: all of them. */
  readonly storages?: readonly StorageId[] | undefined;
  /** What seems unchanged is read again all the same, and held against what is stored. */
  readonly readsAgain: boolean;
}

/** It answers for its whole job: all sources, all storages. */
export const isWhole = ({ cause }: { readonly cause: RunCause | null }): boolean =>
  (cause?.wish?.sources ?? null) === null && cause?.wish?.storages === undefined;

export const causeOf = (reason: RunReason): RunCause => ({ reason, forMs: null, retry: null });
