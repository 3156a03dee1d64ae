import type { Summary } from '../../shared/domain/item.ts';
import { calendarProperty, firstText, personText } from './calendar-property.ts';
import { timeOf, type Zones, zonesOf } from './calendar-time.ts';
import { type Component, componentsNamed, readComponents } from './components.ts';
import { plainLine } from './plain-line.ts';

export type CalendarKind = 'event' | 'task' | 'note';

const kinds: Readonly<Record<string, CalendarKind>> = { VEVENT: 'event', VTODO: 'task', VJOURNAL: 'note' };
export const calendarNames: ReadonlySet<string> = new Set(Object.keys(kinds));

/** What an iCalendar component is; undefined for what is none of ours. */
export const kindOf = ({ name }: Component): CalendarKind | undefined => kinds[name];

/**
 * What lists show of an iCalendar object. Never fails: what cannot be understood is left out, and where nothing can, the kind is
 * `event` and the title `fallback`. Without exceptions of a series first; an object of several series is named like a calendar.
 */
export function summarizeCalendar(bytes: Uint8Array, fallback = ''): { readonly kind: CalendarKind; readonly summary: Summary } {
  const calendars = readComponents(bytes);
  const all = componentsNamed(calendars, calendarNames);
  const main = mainOf(all);
  if (main === undefined) return { kind: 'event', summary: { title: plainLine(nameOf(calendars) || fallback, titleLimit) } };
  const kind = kindOf(main) ?? 'event';
  const people = main.lines.filter(({ name }) => name === 'ATTENDEE');
  const from = plainLine(organiserOf(main), peopleLimit);
  const to = plainLine(
    people
      .slice(0, 50)
      .map((line) => personText(calendarProperty(line)))
      .join(', '),
    peopleLimit,
  );
  const timeMs = ownTimeMs(main, kind, zonesOf(calendars));
  return {
    kind,
    summary: {
      title: plainLine(titleOf(main, all, calendars) || fallback, titleLimit),
      ...(from === '' ? {} : { from }),
      ...(to === '' ? {} : { to }),
      ...(timeMs === undefined ? {} : { timeMs }),
      hasAttachment: main.counts.has('ATTACH'),
    },
  };
}

const titleLimit = 1000;
const peopleLimit = 500;

/** The series itself, not a single one of its times that was moved. */
const mainOf = (all: readonly Component[]): Component | undefined =>
  all.find((one) => !one.counts.has('RECURRENCE-ID')) ?? all[0];

/** How many things are in it: exceptions belong to their series. */
export const seriesIn = (all: readonly Component[]): number =>
  new Set(all.map((one, index) => firstText(one, 'UID') || `${index}`)).size;

function titleOf(main: Component, all: readonly Component[], calendars: readonly Component[]): string {
  const own =
    ['SUMMARY', 'DESCRIPTION', 'LOCATION', 'UID'].map((name) => firstText(main, name).trim()).find((text) => text !== '') ?? '';
  const others = seriesIn(all) - 1;
  return others === 0 ? own : nameOf(calendars) || `${own} (+${others})`;
}

/** Not in any standard at first, and in every program's files (RFC 7986 has `NAME`). */
const nameOf = (calendars: readonly Component[]): string =>
  calendars.map((calendar) => firstText(calendar, 'X-WR-CALNAME') || firstText(calendar, 'NAME')).find((name) => name !== '') ??
  '';

function organiserOf(component: Component): string {
  const line = component.lines.find(({ name }) => name === 'ORGANIZER');
  return line === undefined ? '' : personText(calendarProperty(line));
}

/** When it is; of a task, when it is due. */
function ownTimeMs(component: Component, kind: CalendarKind, zones: Zones): number | undefined {
  const names = kind === 'task' ? ['DUE', 'DTSTART', 'COMPLETED', 'CREATED'] : ['DTSTART', 'CREATED'];
  for (const wanted of names) {
    const time = timeOf(
      component.lines.find(({ name }) => name === wanted),
      zones,
    );
    if (time !== undefined) return time.timeMs;
  }
  return undefined;
}
