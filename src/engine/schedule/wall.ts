import { IANAZone } from 'luxon';

/**
 * What a clock on the wall shows, as milliseconds: 2026-11-29 12:30 of any zone is what `Date.UTC` gives for it. Which instant that is,
 * the zone says, by rules of our own where it is none or two: a time that is skipped is the first instant after the gap, one that comes
 * twice is the first of the two. So later walls never mean earlier instants.
 */
export type Wall = number;
export interface Moment {
  readonly ms: number;
  readonly note: 'gap' | 'overlap' | null;
}

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** No zone has changed within a quarter of an hour since 1973 (all 598 of the tz database were looked at). */
const quarterMs = 15 * minuteMs;
/** The calendar of the system takes 10 µs for an answer, and a forecast asks thousands of times. */
const known = new Map<string, Map<number, number>>();
const mostKnown = 50_000;

export function offsetMs(zone: string, ms: number): number {
  const quarter = Math.floor(ms / quarterMs);
  let ofZone = known.get(zone);
  if (ofZone === undefined || ofZone.size > mostKnown) {
    ofZone = new Map<number, number>();
    known.set(zone, ofZone);
  }
  let offset = ofZone.get(quarter);
  if (offset === undefined) ofZone.set(quarter, (offset = IANAZone.create(zone).offset(quarter * quarterMs) * minuteMs));
  return offset;
}

export const wallAt = (zone: string, ms: number): Wall => ms + offsetMs(zone, ms);

export function momentOf(zone: string, wall: Wall): Moment {
  // No zone changes twice within two days, and none by more than one.
  const [before, after] = [offsetMs(zone, wall - dayMs), offsetMs(zone, wall + dayMs)];
  const [first, second] = [wall - before, wall - after];
  const isFirst = offsetMs(zone, first) === before;
  const isSecond = offsetMs(zone, second) === after;
  if (isFirst) return { ms: first, note: isSecond && first !== second ? 'overlap' : null };
  if (isSecond) return { ms: second, note: null };
  return { ms: changeIn(zone, second, first), note: 'gap' };
}

/** The latest wall of which the moment has come: where a time comes twice, those of the second time came with the first. */
export function latestWall(zone: string, ms: number): Wall {
  const [before, now] = [offsetMs(zone, ms - dayMs), offsetMs(zone, ms)];
  if (before <= now) return ms + now;
  return Math.max(ms + now, changeIn(zone, ms - dayMs, ms) + before - 1);
}

/** The first instant with another offset than the earlier one's; the two must differ. */
export function changeIn(zone: string, earlierMs: number, laterMs: number): number {
  const before = offsetMs(zone, earlierMs);
  let [low, high] = [earlierMs, laterMs];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}
