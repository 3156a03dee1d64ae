import { calendarProperty, firstText } from './calendar-property.ts';
import { type Component, componentsNamed } from './components.ts';
import type { ContentLine } from './content-lines.ts';
import { observedZone, type ZoneOffset } from './observed-zone.ts';

/** A time of an event, as written and as a moment. */
export interface CalendarTime {
  /** Whole days: no time of day was meant. */
  readonly isDay: boolean;
  /** `2026-03-01T10:00:00`, or the day alone. */
  readonly local: string;
  /** The zone it was written in; `UTC`; null where it is meant to be the same by the clock everywhere. */
  readonly zone: string | null;
  /**
   * A time without a zone is taken for UTC. A whole day is its noon in UTC: so it is the same day in every zone from twelve hours
   * behind to eleven ahead.
   */
  readonly timeMs: number;
}

/** Zones that the text itself describes, by their names. */
export type Zones = ReadonlyMap<string, ZoneOffset>;

const zoneLimit = 500;

export function zonesOf(components: readonly Component[]): Zones {
  const zones = new Map<string, ZoneOffset>();
  for (const component of componentsNamed(components, new Set(['VTIMEZONE'])).slice(0, zoneLimit)) {
    const name = firstText(component, 'TZID');
    const offset = zones.has(name) ? undefined : observedZone(component);
    if (offset !== undefined) zones.set(name, offset);
  }
  return zones;
}

const form = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(Z?))?$/;

/** Undefined for what is no time, and for times outside 1600 to 9999. */
export function timeOf(line: ContentLine | undefined, zones: Zones): CalendarTime | undefined {
  if (line === undefined) return undefined;
  const { parameters, values } = calendarProperty(line);
  const match = typeof values[0] === 'string' ? form.exec(values[0]) : null;
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, utc] = match;
  const isDay = hour === undefined;
  const at = isDay ? Date.UTC(Number(year), Number(month) - 1, Number(day), 12) : utcOf(match);
  if (Number.isNaN(at) || Number(year) < 1600) return undefined;
  const zone = isDay ? null : utc === 'Z' ? 'UTC' : (parameters['tzid'] ?? null);
  const date = `${year}-${month}-${day}`;
  return {
    isDay,
    local: isDay ? date : `${date}T${hour}:${minute}:${second}`,
    zone,
    timeMs: zone === null || zone === 'UTC' ? at : at - (offsetAt(zone, zones, at) ?? 0),
  };
}

const utcOf = ([, year, month, day, hour, minute, second]: RegExpExecArray): number =>
  Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));

/**
 * How far a zone's clock is ahead of UTC when it shows a time. A zone that the system knows by its name counts before the text's own
 * description of it, which often covers only some years.
 */
function offsetAt(zone: string, zones: Zones, localMs: number): number | undefined {
  const format = formatFor(zone);
  if (format === undefined) return zones.get(zone)?.(localMs);
  // Near a change of the clock the first guess may be on its wrong side; the second is not.
  const guess = localMs - shownOffset(format, localMs);
  return shownOffset(format, guess);
}

function shownOffset(format: Intl.DateTimeFormat, timeMs: number): number {
  const parts = new Map(format.formatToParts(timeMs).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour') % 24, part('minute'), part('second'));
  return shown - Math.floor(timeMs / 1000) * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat | undefined>();
const formatLimit = 1000;

/** Some programs put a path before the name: `/freeassociation.sourceforge.net/Europe/Berlin`. */
function formatFor(zone: string): Intl.DateTimeFormat | undefined {
  if (!formats.has(zone)) {
    if (formats.size >= formatLimit) formats.clear();
    formats.set(zone, madeFormat(zone.split('/').slice(-3).join('/')) ?? madeFormat(zone.split('/').slice(-2).join('/')));
  }
  return formats.get(zone);
}

function madeFormat(timeZone: string): Intl.DateTimeFormat | undefined {
  // `+01:00` would be one, too, and `EST` another than people mean.
  if (!/^[A-Za-z_]+\/[A-Za-z0-9_+/-]+$/.test(timeZone) || timeZone.length > 60) return undefined;
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  try {
    return new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', { timeZone, hourCycle: 'h23', ...numeric, second: 'numeric' });
  } catch {
    return undefined; // no zone that the system knows
  }
}
