import type { Schedule } from './schedule.ts';

/**
 * Work on a storage that can have times of its own. Without them, `purge` comes once a week while nothing else runs, and `mirror` (of a
 * storage that receives) after each cycle; `rehearsal` comes once a week, too, unless nothing is to be read back by itself; `check` comes only
 * when it is asked for, beside the scrub, which reads a little all the time.
 */
export const upkeepKinds = ['check', 'rehearsal', 'purge', 'mirror'] as const;
export type UpkeepKind = (typeof upkeepKinds)[number];

/** How deep a check goes: names and sizes, what is listed, a share of the data, or all of it. */
export const upkeepDepths = ['quick', 'structure', 'part', 'all'] as const;
export type UpkeepDepth = (typeof upkeepDepths)[number];

/** By the same rule as the times of jobs; what was missed is made up for once. */
export interface UpkeepTimes {
  readonly schedule: Extract<Schedule, { mode: 'times' | 'cron' }>;
  /** Whose clock counts; null: this computer's. */
  readonly zone: string | null;
  /** Of a check. */
  readonly depth: UpkeepDepth;
  /** Of a check of a part: how much of the storage. Those packs come first that were not read for longest. */
  readonly percent: number;
}

/** The newest time at which it could not begin, and when it did then; null: not yet. */
export interface MissedUpkeep {
  readonly atMs: number;
  readonly madeUpAtMs: number | null;
}
