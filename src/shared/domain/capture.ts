import type { RunId, StorageId } from './ids.ts';
import type { Failure } from './strata-error.ts';

/** `paused`: a person wants it back; `off`: not. Neither does anything. */
export const switches = ['on', 'paused', 'off'] as const;
export type Switch = (typeof switches)[number];

/** Why a stretch of watching ended. `stopped`: the program was closed; `interrupted`: it was killed, or the computer went down or slept. */
export const stretchEnds = ['paused', 'stopped', 'interrupted', 'lost'] as const;
export type StretchEnd = (typeof stretchEnds)[number];

/** `beginning`: nobody knows what happened before; `overflow`: more at once than could be told; `much`: more went than a part can judge. */
export const scanReasons = ['beginning', 'overflow', 'much', 'lost', 'failed'] as const;
export type ScanReason = (typeof scanReasons)[number];

/** A time in which changes were noticed as they happened. */
export interface CaptureStretch {
  /** What its transactions name as their run. */
  readonly run: RunId;
  readonly fromMs: number;
  /** Until when it surely went on. */
  readonly untilMs: number;
  /** Null: it goes on. */
  readonly end: StretchEnd | null;
  readonly commits: number;
  readonly changes: number;
  readonly failed: number;
  readonly lastChangeMs: number | null;
  /** What happened between the stretch before and this one was told afterwards. */
  readonly caughtUp: boolean;
}

/** A storage of a job that did not get what capture stored in another one. */
export interface CaptureMiss {
  readonly storage: StorageId;
  /** Since when it lacks something, and when that was so last. */
  readonly sinceMs: number;
  readonly atMs: number;
  readonly failure: Failure;
}
