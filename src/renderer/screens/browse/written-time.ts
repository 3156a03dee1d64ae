import type { Preview } from '../../state/index.ts';
import type { Format } from '../../words/index.ts';

export type CalendarEntry = NonNullable<Preview['calendar']>['entries'][number];
export type WrittenTime = NonNullable<CalendarEntry['start']>;

/** As the clock showed it where it was written; whole days without a time of day. */
export function writtenTime({ local, isDay }: WrittenTime, format: Format): string {
  // Read as this computer's own time, so that it is shown as it stands.
  const timeMs = Date.parse(isDay ? `${local}T12:00:00` : local);
  if (Number.isNaN(timeMs)) return local;
  return isDay ? format.day(timeMs) : format.fullMoment(timeMs);
}

/** From when to when, in the zone of its beginning. */
export function spanOf(start: WrittenTime | null, end: WrittenTime | null, format: Format): string {
  if (start === null) return end === null ? '' : writtenTime(end, format);
  const begins = writtenTime(start, format);
  if (end === null || end.timeMs <= start.timeMs) return begins;
  const sameDay = !start.isDay && !end.isDay && start.local.slice(0, 10) === end.local.slice(0, 10);
  return `${begins} – ${sameDay ? format.time(Date.parse(end.local)) : writtenTime(end, format)}`;
}

/** The same here, where the clock shows another time; undefined where there is nothing to say. */
export function hereOf(start: WrittenTime | null, end: WrittenTime | null, format: Format): string | undefined {
  if (start === null || start.isDay || start.zone === null) return undefined;
  const here = (time: WrittenTime): WrittenTime => ({ ...time, local: localText(time.timeMs) });
  const shown = spanOf(here(start), end === null || end.isDay ? null : here(end), format);
  return shown === spanOf(start, end, format) ? undefined : shown;
}

function localText(timeMs: number): string {
  const time = new Date(timeMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${String(time.getFullYear()).padStart(4, '0')}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${date}T${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}
