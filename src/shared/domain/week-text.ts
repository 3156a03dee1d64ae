import { type DayRule, dayMinutes, type Paint, type Stretch, type TimeRule, weekMinutes } from './schedule.ts';

/**
 * Windows and times as people type them, one a line: `Mon-Fri 08:00-18:00`, `Sat,Sun 22:00-06:00` (over midnight),
 * `Mon-Fri 12:30,18:00`, `daily 02:30`, `month 1,15,31 02:00`, `every 2 days from 2026-11-29 02:30`, `daily every 15 minutes`.
 * Weekdays are said in the language that the reader is given; English is always understood.
 */
export type WeekdayNames = readonly [string, string, string, string, string, string, string];
export const englishWeekdays: WeekdayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Null where the line cannot be understood. */
export function parseWindow(line: string, paint: Exclude<Paint, 'blocked'>, names = englishWeekdays): Stretch[] | null {
  const match = /^(\S+(?:\s*,\s*\S+)*?)\s+(\S+)\s*[-–]\s*(\S+)$/u.exec(line.trim());
  const days = parseWeekdays(match?.[1] ?? '', names);
  const [from, to] = [parseClock(match?.[2] ?? ''), parseClock(match?.[3] ?? '')];
  if (days === null || from === null || to === null || from === dayMinutes || from === to) return null;
  return days.flatMap((day) => stretchesOf((day - 1) * dayMinutes, from, to === 0 ? dayMinutes : to, paint));
}

/** From one time to another that is earlier: into the next day. Sunday's night goes on in the week's beginning. */
function stretchesOf(base: number, from: number, to: number, paint: Stretch['paint']): Stretch[] {
  const end = base + (to > from ? to : to + dayMinutes);
  if (end <= weekMinutes) return [{ from: base + from, to: end, paint }];
  return [
    { from: base + from, to: weekMinutes, paint },
    { from: 0, to: end - weekMinutes, paint },
  ];
}

/** The windows of one paint, days with the same times on one line. */
export function windowLines(windows: readonly Stretch[], paint: Paint, names = englishWeekdays): string[] {
  const byTimes = new Map<string, number[]>();
  for (const one of windows.filter((stretch) => stretch.paint === paint)) {
    for (const { day, times } of dayParts(one)) byTimes.set(times, [...(byTimes.get(times) ?? []), day]);
  }
  return [...byTimes].map(([times, days]) => `${weekdaysText(days, names)} ${times}`);
}

/** A stretch of up to a night over midnight stays one; a longer one is told day by day. */
function dayParts({ from, to }: Stretch): { day: number; times: string }[] {
  const parts: { day: number; times: string }[] = [];
  for (let at = from; at < to; ) {
    const day = Math.floor(at / dayMinutes);
    const midnight = (day + 1) * dayMinutes;
    const isNight = at > day * dayMinutes && to > midnight && to - at < dayMinutes;
    const end = isNight ? to : Math.min(to, midnight);
    parts.push({
      day: day + 1,
      times: `${clockText(at % dayMinutes)}-${end % dayMinutes === 0 ? '24:00' : clockText(end % dayMinutes)}`,
    });
    at = end;
  }
  return parts;
}

export function parseTimeRule(line: string, names = englishWeekdays): TimeRule | null {
  const every = /^(.*?)\s*every (\d+) (minutes?|hours?)$/iu.exec(line.trim());
  if (every !== null) {
    const step = Number(every[2]) * (/^hour/iu.test(every[3] ?? '') ? 60 : 1);
    const days = parseDays(every[1] === '' ? 'daily' : (every[1] ?? ''), names);
    if (days === null || step < 1 || dayMinutes % step !== 0) return null;
    return { days, minutes: Array.from({ length: dayMinutes / step }, (_, index) => index * step) };
  }
  const match = /^(.+?)\s+([\d:]+(?:\s*,\s*[\d:]+)*)$/u.exec(line.trim());
  const days = parseDays(match?.[1] ?? '', names);
  const minutes = (match?.[2] ?? '').split(',').map((time) => parseClock(time.trim()));
  if (days === null || minutes.some((minute) => minute === null || minute === dayMinutes)) return null;
  return { days, minutes: sortedSet(minutes as number[]) };
}

export function timeRuleText({ days, minutes }: TimeRule, names = englishWeekdays): string {
  const step = minutes.length > 4 ? dayMinutes / minutes.length : 0;
  const isEven = step >= 1 && minutes.every((minute, index) => minute === index * step);
  const times = isEven
    ? step % 60 === 0
      ? `every ${step / 60} hours`
      : `every ${step} minutes`
    : minutes.map(clockText).join(',');
  return `${daysText(days, names)} ${times}`;
}

function parseDays(text: string, names: WeekdayNames): DayRule | null {
  const counted = /^every (\d{1,3}) days from (\d{4}-\d{2}-\d{2})$/iu.exec(text.trim());
  if (counted !== null) {
    const [, count, from = ''] = counted;
    return Number(count) >= 1 && isDate(from) ? { every: 'count', count: Number(count), from } : null;
  }
  const monthly = /^month ([\d,\s]+)$/iu.exec(text.trim());
  if (monthly !== null) {
    const days = (monthly[1] ?? '').split(',').map((day) => Number(day.trim()));
    return days.every((day) => Number.isInteger(day) && day >= 1 && day <= 31) ? { every: 'month', days: sortedSet(days) } : null;
  }
  const weekdays = parseWeekdays(text, names);
  return weekdays === null ? null : { every: 'week', weekdays };
}

/** A day that there is: not the 30th of February. */
export function isDate(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

function daysText(days: DayRule, names: WeekdayNames): string {
  if (days.every === 'count') return `every ${days.count} days from ${days.from}`;
  return days.every === 'month' ? `month ${days.days.join(',')}` : weekdaysText(days.weekdays, names);
}

/** `daily`, `Mon-Fri`, `Sat,Sun`: 1 is Monday. */
function parseWeekdays(text: string, names: WeekdayNames): number[] | null {
  if (/^daily$/iu.test(text.trim())) return [1, 2, 3, 4, 5, 6, 7];
  const days: number[] = [];
  for (const part of text.split(',')) {
    const [from, to = from, ...more] = part.split(/[-–]/u).map((name) => weekdayOf(name.trim(), names));
    if (from === undefined || from === 0 || to === undefined || to === 0 || more.length > 0) return null;
    for (let day = from; ; day = (day % 7) + 1) {
      days.push(day);
      if (day === to) break;
    }
  }
  return sortedSet(days);
}

/** 0 where it is none; a name may be longer than its abbreviation (`Monday`). */
function weekdayOf(text: string, names: WeekdayNames): number {
  const wanted = text.toLowerCase();
  const matches = (name: string): boolean => wanted.startsWith(name.toLowerCase().replace(/[.]$/u, ''));
  if (wanted === '') return 0;
  return names.findIndex(matches) + 1 || englishWeekdays.findIndex(matches) + 1;
}

/** Three and more neighbours as a range. */
function weekdaysText(days: readonly number[], names: WeekdayNames): string {
  const sorted = sortedSet(days);
  if (sorted.length === 7) return 'daily';
  const parts: string[] = [];
  for (let index = 0; index < sorted.length; ) {
    let end = index;
    while (sorted[end + 1] === (sorted[end] ?? 0) + 1) end += 1;
    const [first, last] = [names[(sorted[index] ?? 1) - 1] ?? '', names[(sorted[end] ?? 1) - 1] ?? ''];
    if (end - index >= 2) parts.push(`${first}-${last}`);
    else parts.push(...(end === index ? [first] : [first, last]));
    index = end + 1;
  }
  return parts.join(',');
}

/** Minutes since midnight; 24:00 is a day's end. Null where it is no time. */
export function parseClock(text: string): number | null {
  const match = /^(\d{1,2}):(\d{2})$/u.exec(text.trim());
  const minutes = Number(match?.[1]) * 60 + Number(match?.[2]);
  return match !== null && Number(match[2]) < 60 && minutes <= dayMinutes ? minutes : null;
}

export const clockText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

const sortedSet = (numbers: readonly number[]): number[] => [...new Set(numbers)].toSorted((a, b) => a - b);
