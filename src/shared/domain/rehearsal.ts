import type { RunId, SourceId } from './ids.ts';

/** Of each source, unless somebody says otherwise. */
export const usualRehearsalItems = 50;
export const mostRehearsalItems = 5000;
/** Of each source in one rehearsal. What is larger is left to the scrub, which reads everything. */
export const mostRehearsalBytes = 256 * 1024 * 1024;

/** `nothing`: the storage holds nothing of it that could be tried. */
export const rehearsalOutcomes = ['proven', 'unequal', 'nothing'] as const;
export type RehearsalOutcome = (typeof rehearsalOutcomes)[number];

/** What a trial restore did with one source. What was not equal, and why, is among the run's problems. */
export interface RehearsedSource {
  readonly source: SourceId;
  readonly name: string;
  readonly outcome: RehearsalOutcome;
  readonly items: number;
  readonly bytes: number;
  readonly unequal: number;
  /** Of which something beside the bytes, such as the owner, can not be set by whoever tries it here. */
  readonly notSet: number;
  /** Was not among those to be drawn from, because of its size. */
  readonly tooLarge: number;
  /** The oldest and the newest kept moment of which something was tried; null: of none. */
  readonly oldestMs: number | null;
  readonly newestMs: number | null;
  readonly milliseconds: number;
  /**
   * How long all that the storage has of the source now would take to come back, one by one, to a disk, read back. Absent: nothing was
   * tried, or it is from before this was measured.
   */
  readonly wholeMs?: number | undefined;
}

export interface RehearsalReport {
  /** The same seed, with the same numbers, draws the same from a storage that is as it was. */
  readonly seed: number;
  /** At most, of each source. */
  readonly itemsWanted: number;
  readonly sources: readonly RehearsedSource[];
}

/** The newest rehearsal of a source that came to its end. */
export interface RehearsalMark extends RehearsedSource {
  readonly atMs: number;
  readonly run: RunId;
  readonly seed: number;
}
