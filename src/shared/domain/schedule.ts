/**
 * When cycles of a job begin by themselves. All times are those of a clock on the wall, in the job's zone.
 *
 * `manual`: when asked. `once`: one complete cycle, with windows one in each. `continuous`: a cycle, the idle time, the next.
 * `times`, `cron`: at times of the clock. `on-change`: when capture has missed something, and once at first.
 * `on-plug`: when the disk with the storage comes back.
 */
export type Schedule =
  | { readonly mode: 'manual' | 'once' | 'on-change' | 'on-plug' }
  | { readonly mode: 'continuous'; readonly idleMs: number }
  | { readonly mode: 'times'; readonly rules: readonly TimeRule[] }
  | { readonly mode: 'cron'; readonly expression: string };

export const scheduleModes = ['manual', 'once', 'continuous', 'times', 'cron', 'on-change', 'on-plug'] as const;
export type ScheduleMode = (typeof scheduleModes)[number];

/** Days, and on each of them times of the clock, in minutes since midnight. */
export interface TimeRule {
  readonly days: DayRule;
  readonly minutes: readonly number[];
}

/**
 * `week`: 1 is Monday, 7 Sunday. `month`: the day of the month; a month without that day has its last day instead.
 * `count`: every so many days, counted from a date (`2026-11-29`).
 */
export type DayRule =
  | { readonly every: 'week'; readonly weekdays: readonly number[] }
  | { readonly every: 'month'; readonly days: readonly number[] }
  | { readonly every: 'count'; readonly count: number; readonly from: string };

/** `allowed`: as fast as it goes. `slow`: within the limits of slow times. `blocked`: nothing begins, and what runs ends. */
export const paints = ['allowed', 'slow', 'blocked'] as const;
export type Paint = (typeof paints)[number];

/** A part of the week, in minutes since Monday 00:00, its end excluded. What no stretch covers is blocked. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly paint: Exclude<Paint, 'blocked'>;
}
export const dayMinutes = 1440;
export const weekMinutes = 7 * dayMinutes;

/** What becomes of a run at a window's end: `item` finishes what is being copied, `cycle` the cycle, `stop` nothing. */
export const windowEnds = ['item', 'cycle', 'stop'] as const;
export type WindowEnd = (typeof windowEnds)[number];

/** A time at which nothing could run: `run` makes up for it once, `ask` waits for a person, `skip` waits for the next. */
export const missedRules = ['run', 'skip', 'ask'] as const;
export type MissedRule = (typeof missedRules)[number];

/** Under which conditions a job may run by itself, whatever its schedule. A run that a person starts minds none of it. */
export interface Timing {
  /** Null: at any time. Sorted, and no two overlap. */
  readonly windows: readonly Stretch[] | null;
  readonly windowEnd: WindowEnd;
  /** The most that is read from its sources in slow times, in bytes a second. */
  readonly slowBytesPerSecond: number;
  /** Not on battery below so many percent; 0: always, 101: never on battery. */
  readonly batteryAbove: number;
  /** Whether it runs where data is paid for. */
  readonly onMetered: boolean;
  /** Names of the wireless networks in which it runs; empty: in all, and without any. */
  readonly networks: readonly string[];
  readonly missed: MissedRule;
  /** Begins up to so much later than planned, so that not all begin at once. */
  readonly delayMs: number;
  /** After a failure that may pass by itself: how often it is tried again, and how long after; each pause is twice the one before. */
  readonly retries: number;
  readonly retryPauseMs: number;
  /** A complete run that began so shortly before a time counts for it; 0: none does. */
  readonly enoughMs: number;
}

export const usualTiming: Timing = {
  windows: null,
  windowEnd: 'item',
  slowBytesPerSecond: 1_000_000,
  batteryAbove: 0,
  onMetered: true,
  networks: [],
  missed: 'run',
  delayMs: 0,
  retries: 2,
  retryPauseMs: 15 * 60_000,
  enoughMs: 0,
};

/** Why a run began. `catch-up`: for times at which nothing could run. `resumed`: what a window or a restart had ended goes on. */
export const startReasons = ['first', 'time', 'idle', 'window', 'catch-up', 'retry', 'resumed', 'plugged', 'asked'] as const;
export type StartReason = (typeof startReasons)[number];

/** What a job waits for that would else be due. */
export const waitReasons = [
  'time',
  'window',
  'paused',
  'battery',
  'metered',
  'network',
  'storage',
  'waking',
  'answer',
  'run',
] as const;
export type WaitReason = (typeof waitReasons)[number];

/** What is written down when a run begins, so that no time is ever answered twice. */
export interface SlotBook {
  /** Times up to this one are dealt with. */
  readonly doneMs: number | null;
  /** The newest times that were: the clock may be set back by more than `doneMs` is believed for. */
  readonly recent: readonly number[];
  /** The zone by which `doneMs` was a time. */
  readonly zone: string | null;
  /** Runs that were begun for what is due now and did not come to their end. */
  readonly tries: number;
  /** The missed time to which a person said: run. */
  readonly wantedMs: number | null;
}
export const emptyBook: SlotBook = { doneMs: null, recent: [], zone: null, tries: 0, wantedMs: null };

/** What will become of a job by itself. `never`: nothing, or it is done. `wait`: until then at least; null where only an event ends it. */
export type Due =
  | { readonly kind: 'never' }
  | { readonly kind: 'wait'; readonly because: WaitReason; readonly untilMs: number | null }
  | { readonly kind: 'start'; readonly because: StartReason };

/** One run of the days to come. `gap`: its time does not exist on that day, and it runs at the first that does. */
export interface PlannedRun {
  readonly startMs: number;
  /** As long as its runs usually take; null where none is known. */
  readonly endMs: number | null;
  readonly because: StartReason;
  readonly note: 'gap' | 'overlap' | null;
  readonly isSlow: boolean;
  /** Ends before it is done, because a window does. */
  readonly isCut: boolean;
}
