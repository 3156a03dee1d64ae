import ICAL from 'ical.js';
import { calendarProperty, firstText, type Property, valueText } from '../sources/calendar-property.ts';
import { calendarNames, kindOf, seriesIn } from '../sources/calendar-summary.ts';
import { type CalendarTime, timeOf, type Zones, zonesOf } from '../sources/calendar-time.ts';
import { type Component, componentsNamed, readComponents } from '../sources/components.ts';

export interface CalendarPerson {
  name: string;
  address: string;
  /** `accepted`, `declined`, `tentative`, `needs-action`, … as the standard names them; empty where nobody said. */
  answer: string;
}

export interface CalendarRule {
  frequency: string;
  interval: number;
  count: number | null;
  until: string | null;
  /** `nth` 0: every such day; -1: the last. */
  days: { nth: number; day: string }[];
  monthDays: number[];
  months: number[];
  /** It says more than these can tell. */
  more: boolean;
}

export interface CalendarEntry {
  kind: 'event' | 'task' | 'note';
  title: string;
  start: CalendarTime | null;
  /** Of whole days, the last of them. */
  end: CalendarTime | null;
  due: CalendarTime | null;
  completed: CalendarTime | null;
  percent: number | null;
  status: string;
  place: string;
  description: string;
  organiser: CalendarPerson | null;
  attendees: CalendarPerson[];
  attendeesTotal: number;
  rules: CalendarRule[];
  /** Single times that are left out of the series, that were added to it, and that were moved or changed. */
  without: number;
  additional: number;
  changed: number;
}

export interface CalendarPreview {
  entries: CalendarEntry[];
  total: number;
}

/** Nobody reads more in a pane. */
const entryLimit = 50;
const personLimit = 200;
const textLimit = 20_000;

/** Undefined: there is nothing in it that a calendar could show. Series are told in words and never counted out. */
export function calendarPreview(bytes: Uint8Array): CalendarPreview | undefined {
  const calendars = readComponents(bytes);
  const all = componentsNamed(calendars, calendarNames);
  if (all.length === 0) return undefined;
  const zones = zonesOf(calendars);
  const exceptions = new Map<string, number>();
  const isException = (one: Component): boolean => one.counts.has('RECURRENCE-ID');
  for (const one of all.filter(isException)) {
    const uid = firstText(one, 'UID');
    exceptions.set(uid, (exceptions.get(uid) ?? 0) + 1);
  }
  const own = all.filter((one) => !isException(one));
  const shown = own.length === 0 ? all.slice(0, 1) : own;
  return {
    entries: shown.slice(0, entryLimit).map((one) => entryOf(one, zones, exceptions.get(firstText(one, 'UID')) ?? 0)),
    total: seriesIn(all),
  };
}

function entryOf(component: Component, zones: Zones, changed: number): CalendarEntry {
  const lines = (name: string) => component.lines.filter((line) => line.name === name);
  const time = (name: string): CalendarTime | null => timeOf(lines(name)[0], zones) ?? null;
  const text = (name: string): string => firstText(component, name).slice(0, textLimit);
  const properties = (name: string): Property[] => lines(name).map(calendarProperty);
  const [organiser] = properties('ORGANIZER');
  const start = time('DTSTART');
  const values = (name: string): number => properties(name).reduce((sum, property) => sum + property.values.length, 0);
  return {
    kind: kindOf(component) ?? 'event',
    title: text('SUMMARY'),
    start,
    end: endOf(start, time('DTEND'), text('DURATION')),
    due: time('DUE'),
    completed: time('COMPLETED'),
    percent: percentOf(text('PERCENT-COMPLETE')),
    status: text('STATUS').toLowerCase(),
    place: text('LOCATION'),
    description: text('DESCRIPTION'),
    organiser: organiser === undefined ? null : personOf(organiser),
    attendees: properties('ATTENDEE').slice(0, personLimit).map(personOf),
    attendeesTotal: component.counts.get('ATTENDEE') ?? 0,
    rules: properties('RRULE').slice(0, 10).map(ruleOf),
    without: values('EXDATE'),
    additional: values('RDATE'),
    changed,
  };
}

function endOf(start: CalendarTime | null, written: CalendarTime | null, duration: string): CalendarTime | null {
  const end = written ?? (start === null ? null : later(start, secondsOf(duration)));
  if (end === null || !end.isDay) return end;
  // The first day that does not belong to it is what is written.
  const last = later(end, -86_400);
  return start !== null && last.timeMs <= start.timeMs ? null : last;
}

function secondsOf(duration: string): number {
  try {
    return duration === '' ? 0 : ICAL.Duration.fromString(duration).toSeconds();
  } catch {
    return 0; // no duration: then it has no end
  }
}

function later(time: CalendarTime, seconds: number): CalendarTime {
  const shown = Date.parse(`${time.isDay ? `${time.local}T12:00:00` : time.local}Z`) + seconds * 1000;
  const moved = Number.isNaN(shown) || Math.abs(shown) > 8e15 ? '' : new Date(shown).toISOString();
  if (seconds === 0 || moved.length !== 24) return time;
  return { ...time, local: moved.slice(0, time.isDay ? 10 : 19), timeMs: time.timeMs + seconds * 1000 };
}

function percentOf(text: string): number | null {
  const percent = Number.parseInt(text, 10);
  return percent >= 0 && percent <= 100 ? percent : null;
}

function personOf(property: Property): CalendarPerson {
  const address = valueText(property).replace(/^mailto:/i, '');
  return {
    name: (property.parameters['cn'] ?? '').slice(0, 500),
    address: address.slice(0, 500),
    answer: (property.parameters['partstat'] ?? '').toLowerCase().slice(0, 50),
  };
}

const told = new Set(['freq', 'interval', 'count', 'until', 'byday', 'bymonthday', 'bymonth', 'wkst']);

function ruleOf({ values: [value] }: Property): CalendarRule {
  const rule = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  const listed = (name: string): unknown[] => [rule[name] ?? []].flat().slice(0, 100);
  const days = listed('byday').flatMap((day) => {
    const match = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(String(day));
    return match === null ? [] : [{ nth: Number(match[1] ?? 0), day: match[2] ?? '' }];
  });
  const numbers = (name: string): number[] => listed(name).map(Number).filter(Number.isInteger);
  const interval = Number(rule['interval'] ?? 1);
  return {
    frequency: typeof rule['freq'] === 'string' ? rule['freq'].toLowerCase() : '',
    interval: Number.isSafeInteger(interval) && interval > 0 ? interval : 1,
    count: Number.isSafeInteger(rule['count']) ? (rule['count'] as number) : null,
    until: rule['until'] === undefined ? null : String(rule['until']).slice(0, 20),
    days,
    monthDays: numbers('bymonthday'),
    months: numbers('bymonth'),
    more: Object.keys(rule).some((name) => !told.has(name)),
  };
}
