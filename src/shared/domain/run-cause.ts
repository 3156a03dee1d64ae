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
}

export const causeOf = (reason: RunReason): RunCause => ({ reason, forMs: null, retry: null });
