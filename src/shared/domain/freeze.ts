import type { FreezeId, SourceId } from './ids.ts';
import type { Facts } from './strata-error.ts';

/**
 * Why nothing is removed for now. `emptied`: a source that held items shows none. `missing`: it is not there. `swapped`: another one is
 * at its place. `mass-change`: more changed or vanished at once than people do. `listing-errors`: what is there cannot be told.
 */
export const freezeReasons = ['emptied', 'missing', 'swapped', 'mass-change', 'listing-errors'] as const;
export type FreezeReason = (typeof freezeReasons)[number];

/** Retention leaves the source alone, and mirrors pass no removal of it on, until a person answers. */
export interface Freeze {
  readonly id: FreezeId;
  readonly source: SourceId;
  readonly reason: FreezeReason;
  /** Numbers for the sentence: how many of how many. */
  readonly facts: Facts;
  readonly atMs: number;
}
