import { dayMinutes, type Paint, type Stretch, weekMinutes } from '../../shared/domain/schedule.ts';
import { paintAt } from '../../shared/domain/week.ts';
import { dayMs, weekdayOf } from './times.ts';
import { changeIn, offsetMs, type Wall, wallAt } from './wall.ts';

const minuteMs = 60_000;
const weekMs = weekMinutes * minuteMs;

/** What is painted where the clock stands: a stretch that comes twice when clocks are set back is painted both times. */
export const paintNow = (windows: readonly Stretch[] | null, zone: string, ms: number): Paint =>
  paintAt(windows, minuteOf(wallAt(zone, ms)));

/** The first instant after this one at which it is painted otherwise; null: always the same. */
export function nextChange(windows: readonly Stretch[] | null, zone: string, fromMs: number): number | null {
  const paint = paintNow(windows, zone, fromMs);
  for (let at = fromMs; at <= fromMs + weekMs + dayMs; ) {
    at = nextEdge(windows ?? [], zone, at);
    if (paintNow(windows, zone, at) !== paint) return at;
  }
  return null;
}

/** When something may run next: now where nothing is blocked; null where all of the week is. */
export const nextOpen = (windows: readonly Stretch[] | null, zone: string, fromMs: number): number | null =>
  paintNow(windows, zone, fromMs) === 'blocked' ? nextChange(windows, zone, fromMs) : fromMs;

/** When it closes next; null: it does not. Allowed and slow stretches that touch are one window. */
export function nextClose(windows: readonly Stretch[] | null, zone: string, fromMs: number): number | null {
  const limitMs = fromMs + weekMs + dayMs;
  for (let at: number | null = fromMs; at !== null && at <= limitMs; at = nextChange(windows, zone, at)) {
    if (paintNow(windows, zone, at) === 'blocked') return at;
  }
  return null;
}

/**
 * Where the window begins that is open at this instant, as the clock shows it: the same for both times that a stretch comes twice.
 * Null: none is open, or it never closes.
 */
export function windowAt(windows: readonly Stretch[] | null, zone: string, ms: number): Wall | null {
  const wall = wallAt(zone, ms);
  const minute = minuteOf(wall);
  if (windows === null || paintAt(windows, minute) === 'blocked') return null;
  let start = minute;
  for (let guard = 0; guard <= windows.length; guard += 1) {
    const stretch = windows.find(({ from, to }) => from <= modulo(start, weekMinutes) && modulo(start, weekMinutes) < to);
    if (stretch === undefined) break;
    const into = modulo(start, weekMinutes) - stretch.from;
    if (paintAt(windows, modulo(start - into - 1, weekMinutes)) === 'blocked') {
      return Math.floor(wall / minuteMs) * minuteMs - (minute - (start - into)) * minuteMs;
    }
    start -= into + 1;
  }
  return null;
}

/** The next instant at which the paint could change: a stretch's edge, or the clock's jump. */
function nextEdge(windows: readonly Stretch[], zone: string, ms: number): number {
  const wall = wallAt(zone, ms);
  const minute = minuteOf(wall);
  const edges = windows.flatMap(({ from, to }) => [from, to]).map((edge) => modulo(edge - minute, weekMinutes) || weekMinutes);
  const minutes = Math.min(dayMinutes, ...edges);
  const edge = ms - modulo(wall, minuteMs) + minutes * minuteMs;
  return offsetMs(zone, edge) === offsetMs(zone, ms) ? edge : changeIn(zone, ms, edge);
}

/** Of the week, from Monday 00:00. */
function minuteOf(wall: Wall): number {
  const day = Math.floor(wall / dayMs);
  return weekdayOf(day) * dayMinutes + Math.floor(modulo(wall, dayMs) / minuteMs);
}

const modulo = (value: number, by: number): number => ((value % by) + by) % by;
