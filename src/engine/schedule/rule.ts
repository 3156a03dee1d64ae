import type { Schedule, SlotBook, StartReason, Timing } from '../../shared/domain/schedule.ts';
import type { Moment } from './wall.ts';

/** What a person decided about a job. */
export interface JobRule {
  readonly schedule: Schedule;
  readonly timing: Timing;
  readonly zone: string;
  /** Spreads what is random over jobs, always the same for one: its id. */
  readonly seed: string;
}

/** What is known of a job's past. */
export interface JobPast {
  /** Since when the rule is as it is: times before it are nobody's. */
  readonly sinceMs: number;
  readonly book: SlotBook;
  /** The newest run that has ended, whoever began it. */
  readonly last: {
    readonly startMs: number;
    readonly endMs: number;
    /** `complete`: with or without problems. `cut`: ended by a window. `broken`: by a restart. */
    readonly outcome: 'complete' | 'failed' | 'stopped' | 'cut' | 'broken';
    /** Whether trying again may help before a person did something. */
    readonly mayPass: boolean;
  } | null;
  readonly complete: { readonly startMs: number; readonly endMs: number } | null;
}

/** As many times as are remembered. */
export const recentSlots = 128;

/** What is so at this moment. Null: not known here, and no reason to wait. */
export interface Moments {
  readonly nowMs: number;
  /** Since it was last asleep or switched off. */
  readonly awakeForMs: number;
  /** Null: not paused. */
  readonly pausedUntilMs: number | null;
  /** Percent left; null: not on battery. */
  readonly battery: number | null;
  readonly isMetered: boolean;
  /** Null: no wireless network. */
  readonly network: string | null;
  readonly isStorageHere: boolean;
  /** Since when the storage is here without a break, where it was away before. */
  readonly pluggedMs: number | null;
  /** Capture has missed something that only a cycle finds. */
  readonly isScanAsked: boolean;
}

/** At a time when nothing but time stands in the way of a run. */
export const nothingInTheWay: Omit<Moments, 'nowMs'> = {
  awakeForMs: Number.POSITIVE_INFINITY,
  pausedUntilMs: null,
  battery: null,
  isMetered: false,
  network: null,
  isStorageHere: true,
  pluggedMs: null,
  isScanAsked: false,
};

/** A run that should be, and from when on. Null from the candidates: none is in sight. */
export interface Candidate {
  readonly atMs: number;
  readonly because: StartReason;
  /** The time that it answers; null: it answers none. */
  readonly slot: Moment | null;
}
