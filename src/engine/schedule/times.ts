import { type DayRule, type Schedule, type TimeRule } from '../../shared/domain/schedule.ts';
import type { ClockTimes } from './clock-times.ts';
import { cronTimes } from './cron.ts';
import type { Wall } from './wall.ts';

export const dayMs = 86_400_000;
const minuteMs = 60_000;
/** The rarest there is: a 29th of February about the year 2100. */
const farthestDays = 8 * 366;

export const timesOf = (schedule: Extract<Schedule, { mode: 'times' | 'cron' }>): ClockTimes[] =>
  schedule.mode === 'cron' ? [cronTimes(schedule.expression)] : schedule.rules.map(ruleTimes);

const ruleTimes = ({ days, minutes }: TimeRule): ClockTimes => ({ minutes, isOn: (day) => isDayOf(days, day) });

/** The latest time up to and including this wall, or null where there is none for years. */
export const latestUpTo = (times: readonly ClockTimes[], wall: Wall): Wall | null => search(times, wall, -1);

export const firstAfter = (times: readonly ClockTimes[], wall: Wall): Wall | null => search(times, wall, 1);

function search(times: readonly ClockTimes[], wall: Wall, direction: 1 | -1): Wall | null {
  const today = Math.floor(wall / dayMs);
  for (let step = 0; step <= farthestDays; step += 1) {
    const day = today + step * direction;
    let nearest: Wall | null = null;
    for (const { isOn, minutes } of times) {
      if (!isOn(day)) continue;
      for (const minute of minutes) {
        const one = day * dayMs + minute * minuteMs;
        const fits = direction === 1 ? one > wall : one <= wall;
        if (fits && (nearest === null || (direction === 1 ? one < nearest : one > nearest))) nearest = one;
      }
    }
    if (nearest !== null) return nearest;
  }
  return null;
}

function isDayOf(days: DayRule, day: number): boolean {
  switch (days.every) {
    case 'week':
      return days.weekdays.includes(weekdayOf(day) + 1);
    case 'month': {
      const date = new Date(day * dayMs).getUTCDate();
      const isLast = new Date((day + 1) * dayMs).getUTCDate() === 1;
      return days.days.includes(date) || (isLast && days.days.some((wanted) => wanted > date));
    }
    case 'count':
      return (day - Date.parse(`${days.from}T00:00:00Z`) / dayMs) % days.count === 0;
  }
}

/** 0 is Monday; the first of January 1970 was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;
