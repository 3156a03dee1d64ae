import { calendarProperty, firstText } from './calendar-property.ts';
import type { Component } from './components.ts';

/** How far the clock is ahead of UTC, in ms, when it shows a time (as if that were UTC). */
export type ZoneOffset = (localMs: number) => number;

/** Standard time, or summer time: since when, and when it comes back each year. */
interface Observance {
  readonly from: number;
  readonly to: number;
  readonly startMs: number;
  readonly others: readonly number[];
  readonly yearly: Yearly | undefined;
}

interface Yearly {
  readonly month: number;
  /** 1 is the first of such days in the month, -1 the last; 0: the day of the month counts. */
  readonly nth: number;
  readonly weekday: number;
  readonly monthDays: readonly number[];
  readonly untilMs: number;
}

const observanceLimit = 200;

/**
 * A zone as a text describes it (RFC 5545, section 3.6.5). By own arithmetic and not by a library's recurrences: it looks at two
 * years for each rule, whatever rule there is. Rules other than yearly ones, which no zone has, count once.
 */
export function observedZone(zone: Component): ZoneOffset | undefined {
  const parts = zone.components.filter(({ name }) => name === 'STANDARD' || name === 'DAYLIGHT');
  const observances = parts.slice(0, observanceLimit).flatMap((part) => observanceOf(part) ?? []);
  const [first] = observances.toSorted((one, other) => one.startMs - other.startMs);
  if (first === undefined) return undefined;
  return (localMs) => {
    let offset = first.from;
    let latest = Number.NEGATIVE_INFINITY;
    for (const observance of observances) {
      const onset = lastOnset(observance, localMs);
      if (onset === undefined || onset <= latest) continue;
      latest = onset;
      offset = observance.to;
    }
    return offset;
  };
}

function observanceOf(part: Component): Observance | undefined {
  const from = offsetOf(firstText(part, 'TZOFFSETFROM'));
  const to = offsetOf(firstText(part, 'TZOFFSETTO'));
  const startMs = localMsOf(firstText(part, 'DTSTART'));
  if (from === undefined || to === undefined || startMs === undefined) return undefined;
  const others = part.lines
    .filter(({ name }) => name === 'RDATE')
    .flatMap((line) => calendarProperty(line).values)
    .flatMap((value) => (typeof value === 'string' ? (localMsOf(value) ?? []) : []));
  const rule = part.lines.find(({ name }) => name === 'RRULE');
  return { from, to, startMs, others, yearly: rule === undefined ? undefined : yearlyOf(calendarProperty(rule).values[0]) };
}

function offsetOf(text: string): number | undefined {
  const match = /^([+-])(\d{2}):?(\d{2})(?::?(\d{2}))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign, hours, minutes, seconds = '0'] = match;
  return (sign === '-' ? -1000 : 1000) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
}

const localMsOf = (text: string): number | undefined => {
  const timeMs = Date.parse(`${text.replace(/Z$/, '')}Z`);
  return Number.isNaN(timeMs) ? undefined : timeMs;
};

const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

function yearlyOf(value: unknown): Yearly | undefined {
  const rule = value as { freq?: unknown; until?: unknown; bymonth?: unknown; byday?: unknown; bymonthday?: unknown };
  if (typeof value !== 'object' || value === null || rule.freq !== 'YEARLY') return undefined;
  const month = Number(first(rule.bymonth));
  const day = /^([+-]?\d)?(SU|MO|TU|WE|TH|FR|SA)$/.exec(String(first(rule.byday)));
  const monthDays = [rule.bymonthday].flat().map(Number).filter(Number.isInteger);
  if (!Number.isInteger(month) || month < 1 || month > 12 || (day === null && monthDays.length === 0)) return undefined;
  return {
    month: month - 1,
    nth: monthDays.length > 0 ? 0 : Number(day?.[1] ?? 1),
    weekday: day === null ? -1 : weekdays.indexOf(day[2] ?? ''),
    monthDays,
    untilMs: (rule.until === undefined ? undefined : localMsOf(String(rule.until))) ?? Number.POSITIVE_INFINITY,
  };
}

const first = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);

const dayMs = 86_400_000;

/** The last time at or before `localMs` that it began. */
function lastOnset({ startMs, others, yearly }: Observance, localMs: number): number | undefined {
  const onsets = [startMs, ...others];
  const year = new Date(localMs).getUTCFullYear();
  if (yearly !== undefined) {
    for (const one of [year - 1, year]) {
      const onset = dayIn(one, yearly) + (((startMs % dayMs) + dayMs) % dayMs);
      // The rule's end is in UTC and the onset by the clock: a day more makes no difference to a rule that comes once a year.
      if (onset >= startMs && onset <= yearly.untilMs + dayMs) onsets.push(onset);
    }
  }
  return onsets
    .filter((onset) => onset <= localMs)
    .reduce<number | undefined>((best, onset) => Math.max(best ?? onset, onset), undefined);
}

function dayIn(year: number, { month, nth, weekday, monthDays }: Yearly): number {
  const days = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const fits = (day: number): boolean => weekday < 0 || new Date(Date.UTC(year, month, day)).getUTCDay() === weekday;
  const all = Array.from({ length: days }, (_, index) => index + 1).filter(fits);
  const day =
    nth === 0
      ? all.find((one) => monthDays.includes(one) || monthDays.includes(one - days - 1))
      : all.at(nth > 0 ? nth - 1 : nth);
  return Date.UTC(year, month, day ?? 1);
}
