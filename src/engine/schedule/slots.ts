import type { ClockTimes } from './clock-times.ts';
import { firstAfter, latestUpTo } from './times.ts';
import { latestWall, type Moment, momentOf, type Wall } from './wall.ts';

/** A time of a rule, as a clock shows it and as it really comes. Several that fall into one gap come at one instant, and are one. */
export interface Slot extends Moment {
  readonly wall: Wall;
}

/** The newest one that has come. */
export function newestSlot(times: readonly ClockTimes[], zone: string, nowMs: number): Slot | null {
  const wall = latestUpTo(times, latestWall(zone, nowMs));
  return wall === null ? null : { ...momentOf(zone, wall), wall };
}

/** The first one that has not come. */
export function nextSlot(times: readonly ClockTimes[], zone: string, nowMs: number): Slot | null {
  const wall = firstAfter(times, latestWall(zone, nowMs));
  return wall === null ? null : { ...momentOf(zone, wall), wall };
}

/** From a time to the one before it. */
export function periodBefore(times: readonly ClockTimes[], { wall }: Slot): number {
  const before = latestUpTo(times, wall - 1);
  return before === null ? Number.POSITIVE_INFINITY : wall - before;
}
