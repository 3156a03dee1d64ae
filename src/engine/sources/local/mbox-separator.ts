import type { Pieces } from './pieces.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
/** A separator is an envelope's sender and a date; no real one is longer. */
const longestLine = 1000;

const weekday = /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b/;
const clock = /\b\d{1,2}:\d{2}\b/;
const year = /\b(?:19|20)\d{2}\b/;
/** As `asctime` writes it: `Sun Mar  1 10:00:00 2026`. */
const exactDate =
  /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([A-Z][a-z]{2}) +(\d{1,2}) (\d{2}):(\d{2})(?::(\d{2}))?(?: [A-Z]{3,4})?(?: ([+-]\d{4}))? (\d{4})\b(?: ([+-]\d{4}))?/;
const alone = /^From (?:\S*)\s*$/;
const field = /^[!-9;-~]+[ \t]*:/;

/** A line that begins a message. */
export interface Separator {
  readonly at: number;
  /** Without its line end. */
  readonly line: string;
  /** Where the message begins. */
  readonly next: number;
}

/**
 * What begins with `From ` at the beginning of a line is a separator if it looks like one by itself, by the empty line before it,
 * or by the header after it: not every program quotes such lines inside of messages, and not every one leaves the empty line.
 */
export function separatorAt(file: Pieces, at: number): Separator | undefined {
  const window = file.at(at, longestLine);
  if (window.toString('latin1', 0, 5) !== 'From ') return undefined;
  const end = window.indexOf(lineFeed);
  if (end < 0 && at + window.length < file.sizeBytes) return undefined;
  const line = window.toString('latin1', 0, end < 0 ? window.length : end).replace(/\r$/, '');
  const next = end < 0 ? file.sizeBytes : at + end + 1;
  const after = file.at(next, 200).toString('latin1');
  const isAfterGap = at === 0 || gapBefore(file, at) > 0;
  const leadsToHeader = field.test(after);
  const isDated = weekday.test(line) && clock.test(line) && year.test(line);
  const counts =
    (exactDate.test(line) && (isAfterGap || leadsToHeader)) ||
    (isDated && isAfterGap && (leadsToHeader || /^(?:>From |\r?\n|$)/.test(after))) ||
    (alone.test(line) && isAfterGap && leadsToHeader);
  return counts ? { at, line, next } : undefined;
}

/** Of the empty line right before: 1 or 2 bytes, or 0 where there is none. It belongs to no message. */
export function gapBefore(file: Pieces, at: number): number {
  const before = file.at(at - 3, Math.min(3, at));
  if (before.at(-1) !== lineFeed) return 0;
  if (before.at(-2) === lineFeed) return 1;
  return before.at(-2) === carriageReturn && before.at(-3) === lineFeed ? 2 : 0;
}

const from = Buffer.from('From ');

/** The next one at `start` or behind. */
export function nextSeparator(file: Pieces, start: number): Separator | undefined {
  for (let at = start; at < file.sizeBytes; ) {
    const piece = file.at(at, 512 * 1024);
    if (piece.length < from.length) return undefined;
    for (let index = piece.indexOf(from); index >= 0; index = piece.indexOf(from, index + 1)) {
      const place = at + index;
      const beginsLine = place === start || (index > 0 ? piece[index - 1] : file.at(place - 1, 1)[0]) === lineFeed;
      const found = beginsLine ? separatorAt(file, place) : undefined;
      if (found !== undefined) return found;
    }
    at += piece.length - from.length + 1;
  }
  return undefined;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** When the message came, in UTC as RFC 4155 asks for where no zone is given. */
export function separatorTimeMs(line: string): number | undefined {
  const match = exactDate.exec(line);
  if (match === null) return undefined;
  const [, monthName = '', day, hour, minute, second = '0', zoneBefore, inYear, zone = zoneBefore ?? '+0000'] = match;
  const month = months.indexOf(monthName);
  if (month < 0) return undefined;
  const zoneMs = (Number(zone.slice(0, 3)) * 60 + Number(`${zone[0]}${zone.slice(3)}`)) * 60_000;
  const timeMs = Date.UTC(Number(inYear), month, Number(day), Number(hour), Number(minute), Number(second)) - zoneMs;
  return timeMs >= 0 ? timeMs : undefined;
}
