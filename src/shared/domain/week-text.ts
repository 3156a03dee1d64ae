import { type DayRule, dayMinutes, type Paint, type Stretch, type TimeRule, weekMinutes } from './schedule.ts';

/**
 * Windows and times as people type them, one a line: `Mon-Fri 08:00-12:00,13:00-18:00`, `Sat,Sun 22:00-06:00` (over midnight),
 * `Mon-Fri 12:30,18:00`, `daily 02:30`, `month 1,15,31 02:00`, `every 2 days from 2026-11-29 02:30`, `daily every 15 minutes`.
 * Days and units are said in the words that the reader is given; English is always understood.
 */
export interface LineWords {
  /** Monday first. */
  readonly weekdays: readonly [string, string, string, string, string, string, string];
  readonly daily: string;
  readonly month: string;
  readonly every: string;
  readonly days: string;
  readonly from: string;
  readonly hours: string;
  readonly minutes: string;
}
export const englishLines: LineWords = {
  weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  daily: 'daily',
  month: 'month',
  every: 'every',
  days: 'days',
  from: 'from',
  hours: 'hours',
  minutes: 'minutes',
};

/** Longer than any line that says something, and short enough that none takes long to read. */
const longestLine = 500;

/** Null where the line cannot be understood. */
export function parseWindow(line: string, paint: Exclude<Paint, 'blocked'>, words = englishLines): Stretch[] | null {
  const times = line.search(/\d/u);
  const days = times < 0 || line.length > longestLine ? null : parseWeekdays(line.slice(0, times), words);
  const spans = days === null ? [null] : line.slice(times).split(',').map(parseSpan);
  if (days === null || spans.includes(null)) return null;
  return (spans as Span[]).flatMap(({ from, to }) => days.flatMap((day) => stretchesOf((day - 1) * dayMinutes, from, to, paint)));
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function parseSpan(text: string): Span | null {
  const [from = null, to = null, ...more] = text.split(/[-–]/u).map(parseClock);
  if (from === null || to === null || more.length > 0 || from === dayMinutes || from === to) return null;
  return { from, to: to === 0 ? dayMinutes : to };
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
export function windowLines(windows: readonly Stretch[], paint: Paint, words = englishLines): string[] {
  const byTimes = new Map<string, number[]>();
  for (const one of windows.filter((stretch) => stretch.paint === paint)) {
    for (const { day, times } of dayParts(one)) byTimes.set(times, [...(byTimes.get(times) ?? []), day]);
  }
  return [...byTimes].map(([times, days]) => `${weekdaysText(days, words)} ${times}`);
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

export function parseTimeRule(line: string, words = englishLines): TimeRule | null {
  if (line.length > longestLine) return null;
  const every = new RegExp(`^(.*?)\\s*(?:${either('every', words)})\\s+(\\d+)\\s+(\\p{L}+)$`, 'iu').exec(line.trim());
  if (every !== null) return stepRule(every[1] ?? '', Number(every[2]), every[3] ?? '', words);
  const match = /^(.+?)\s+([\d:]+(?:\s*,\s*[\d:]+)*)$/u.exec(line.trim());
  const days = parseDays(match?.[1] ?? '', words);
  const minutes = (match?.[2] ?? '').split(',').map(parseClock);
  if (days === null || minutes.some((minute) => minute === null || minute === dayMinutes)) return null;
  return { days, minutes: sortedSet(minutes as number[]) };
}

/** `daily every 15 minutes`: from midnight on, so only steps that a day is a multiple of. */
function stepRule(days: string, count: number, unit: string, words: LineWords): TimeRule | null {
  const step = isUnit(unit, 'hours', words) ? count * 60 : isUnit(unit, 'minutes', words) ? count : 0;
  const rule = parseDays(days === '' ? words.daily : days, words);
  if (rule === null || step < 1 || dayMinutes % step !== 0) return null;
  return { days: rule, minutes: Array.from({ length: dayMinutes / step }, (_, index) => index * step) };
}

export function timeRuleText({ days, minutes }: TimeRule, words = englishLines): string {
  const step = minutes.length > 4 ? dayMinutes / minutes.length : 0;
  const isEven = step >= 1 && minutes.every((minute, index) => minute === index * step);
  const times = isEven
    ? step % 60 === 0
      ? `${words.every} ${step / 60} ${words.hours}`
      : `${words.every} ${step} ${words.minutes}`
    : minutes.map(clockText).join(',');
  return `${daysText(days, words)} ${times}`;
}

function parseDays(text: string, words: LineWords): DayRule | null {
  const trimmed = text.trim();
  const counting = `^(?:${either('every', words)})\\s+(\\d{1,3})\\s+(\\p{L}+)\\s+(?:${either('from', words)})\\s+(\\d{4}-\\d{2}-\\d{2})$`;
  const counted = new RegExp(counting, 'iu').exec(trimmed);
  if (counted !== null) {
    const [, count, unit = '', from = ''] = counted;
    const isFine = isUnit(unit, 'days', words) && Number(count) >= 1 && Number(count) <= 366 && isDate(from);
    return isFine ? { every: 'count', count: Number(count), from } : null;
  }
  const monthly = new RegExp(`^(?:${either('month', words)})\\s+([\\d,\\s]+)$`, 'iu').exec(trimmed);
  if (monthly !== null) {
    const days = (monthly[1] ?? '').split(',').map((day) => Number(day.trim() || Number.NaN));
    return days.every((day) => Number.isInteger(day) && day >= 1 && day <= 31) ? { every: 'month', days: sortedSet(days) } : null;
  }
  const weekdays = parseWeekdays(text, words);
  return weekdays === null ? null : { every: 'week', weekdays };
}

/** A day that there is: not the 30th of February. */
export function isDate(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

function daysText(days: DayRule, words: LineWords): string {
  if (days.every === 'count') return `${words.every} ${days.count} ${words.days} ${words.from} ${days.from}`;
  return days.every === 'month' ? `${words.month} ${days.days.join(',')}` : weekdaysText(days.weekdays, words);
}

/** `daily`, `Mon-Fri`, `Sat,Sun`: 1 is Monday. */
function parseWeekdays(text: string, words: LineWords): number[] | null {
  if (isWord(text, 'daily', words)) return [1, 2, 3, 4, 5, 6, 7];
  const days: number[] = [];
  for (const part of text.split(',')) {
    const [from, to = from, ...more] = part.split(/[-–]/u).map((name) => weekdayOf(name.trim(), words));
    if (from === undefined || from === 0 || to === undefined || to === 0 || more.length > 0) return null;
    for (let day = from; ; day = (day % 7) + 1) {
      days.push(day);
      if (day === to) break;
    }
  }
  return sortedSet(days);
}

/** 0 where it is none; a name may be longer than its abbreviation (`Monday`). */
function weekdayOf(text: string, words: LineWords): number {
  const wanted = text.toLowerCase();
  const matches = (name: string): boolean => wanted.startsWith(name.toLowerCase());
  return words.weekdays.findIndex(matches) + 1 || englishLines.weekdays.findIndex(matches) + 1;
}

/** Three and more neighbours as a range. */
export function weekdaysText(days: readonly number[], words: LineWords): string {
  const sorted = sortedSet(days);
  if (sorted.length === 7) return words.daily;
  const parts: string[] = [];
  for (let index = 0; index < sorted.length; ) {
    let end = index;
    while (sorted[end + 1] === (sorted[end] ?? 0) + 1) end += 1;
    const [first, last] = [words.weekdays[(sorted[index] ?? 1) - 1] ?? '', words.weekdays[(sorted[end] ?? 1) - 1] ?? ''];
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

type Single = Exclude<keyof LineWords, 'weekdays'>;

const either = (key: Single, words: LineWords): string => `${englishLines[key]}|${words[key]}`;

const isWord = (text: string, key: Single, words: LineWords): boolean =>
  [englishLines[key], words[key]].some((word) => word.toLowerCase() === text.trim().toLowerCase());

/** One of it is said shorter: `hour`, `Stunde`. */
const isUnit = (text: string, key: 'days' | 'hours' | 'minutes', words: LineWords): boolean =>
  text.length >= 3 && [englishLines[key], words[key]].some((word) => word.toLowerCase().startsWith(text.toLowerCase()));

const sortedSet = (numbers: readonly number[]): number[] => [...new Set(numbers)].toSorted((a, b) => a - b);
