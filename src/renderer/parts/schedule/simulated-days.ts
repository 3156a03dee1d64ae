import type { PlannedRun } from '../../../shared/domain/schedule.ts';

const dayMs = 86_400_000;

/** A moment as the clock on the wall of a zone shows it. */
export interface WallTime {
  /** The calendar day, as midnight of that date in UTC: only for counting and naming days. */
  readonly date: number;
  readonly minute: number;
}

export function wallClock(zone: string): (ms: number) => WallTime {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  return (ms) => {
    const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
    return { date: Date.UTC(year, month - 1, day), minute: hour * 60 + minute };
  };
}

export interface RunOfDay {
  readonly run: PlannedRun;
  /** In minutes of the day; equal where no length is known. */
  readonly from: number;
  readonly to: number;
  /** It began on a day before. */
  readonly goesOn: boolean;
}
export interface SimulatedDay {
  readonly date: number;
  /** 0 is Monday. */
  readonly weekday: number;
  readonly runs: readonly RunOfDay[];
}

/** Days in their order, each with what of the runs lies in it. */
export function simulatedDays(runs: readonly PlannedRun[], nowMs: number, days: number, zone: string): SimulatedDay[] {
  const clock = wallClock(zone);
  const today = clock(nowMs).date;
  const pieces = runs.flatMap((run) => piecesOf(run, clock));
  return Array.from({ length: days }, (_, index) => {
    const date = today + index * dayMs;
    return {
      date,
      weekday: (new Date(date).getUTCDay() + 6) % 7,
      runs: pieces.filter((piece) => piece.date === date),
    };
  });
}

function piecesOf(run: PlannedRun, clock: (ms: number) => WallTime): (RunOfDay & { readonly date: number })[] {
  const [start, end] = [clock(run.startMs), clock(run.endMs ?? run.startMs)];
  const nights = Math.max(0, Math.round((end.date - start.date) / dayMs));
  return Array.from({ length: nights + 1 }, (_, night) => ({
    run,
    date: start.date + night * dayMs,
    from: night === 0 ? start.minute : 0,
    // A run over a night in which the clock is put back may end before it began, by the clock.
    to: night < nights ? 24 * 60 : Math.max(end.minute, night === 0 ? start.minute : 0),
    goesOn: night > 0,
  })).filter(({ from, to, goesOn }) => !goesOn || to > from);
}

export interface Gap {
  readonly fromMs: number;
  readonly toMs: number;
  /** Nothing ends it within the days that were looked at. */
  readonly isOpen: boolean;
}

/**
 * The longest that new work would wait for its copy: from the beginning of one run, which does not see what comes after, to the end
 * of the next that is not cut off. What was saved before now is not looked at.
 */
export function worstGap(runs: readonly PlannedRun[], nowMs: number, untilMs: number): Gap | null {
  let worst: Gap | null = null;
  let fromMs = nowMs;
  const consider = (gap: Gap): void => {
    if (worst === null || gap.toMs - gap.fromMs > worst.toMs - worst.fromMs) worst = gap;
  };
  for (const run of runs.filter(({ isCut }) => !isCut)) {
    consider({ fromMs, toMs: run.endMs ?? run.startMs, isOpen: false });
    fromMs = run.startMs;
  }
  if (untilMs > fromMs) consider({ fromMs, toMs: untilMs, isOpen: true });
  return worst;
}
