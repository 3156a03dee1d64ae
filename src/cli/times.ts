import { StrataError } from '../shared/domain/strata-error.ts';

const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/**
 * ISO 8601, a date (its last moment: "as it was on that day"), `3d` ago (s, m, h, d, w), `now`, `today`, `yesterday`,
 * the latter two with an optional clock time.
 */
export function parseTime(text: string, nowMs: number): number {
  const word = text.trim().toLowerCase();
  if (word === 'now') return nowMs;
  const ago = /^(\d+(?:\.\d+)?)([smhdw])$/.exec(word);
  if (ago) return nowMs - Number(ago[1]) * (unitMs[ago[2] ?? ''] ?? 0);
  const day = /^(today|yesterday)(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(word);
  if (day) return dayTime(day, nowMs);
  if (/^\d{4}-\d{2}-\d{2}$/.test(word)) return valid(new Date(`${word}T23:59:59.999`), text);
  if (/^\d{4}-\d{2}-\d{2}[t ]\d{2}:\d{2}/.test(word)) return valid(new Date(word.replace(' ', 'T').toUpperCase()), text);
  throw unreadable(text);
}

/** The same, and a day means its first moment: "since that day". */
export function parseSince(text: string, nowMs: number): number {
  const word = text.trim().toLowerCase();
  if (/^\d{4}-\d{2}-\d{2}$/.test(word)) return parseTime(`${word}T00:00`, nowMs);
  return parseTime(word === 'today' || word === 'yesterday' ? `${word} 0:00` : text, nowMs);
}

function dayTime(match: RegExpExecArray, nowMs: number): number {
  const time = new Date(nowMs);
  if (match[1] === 'yesterday') time.setDate(time.getDate() - 1);
  if (match[2] === undefined) time.setHours(23, 59, 59, 999);
  else time.setHours(Number(match[2]), Number(match[3]), Number(match[4] ?? 0), 0);
  return time.getTime();
}

function valid(time: Date, text: string): number {
  if (Number.isNaN(time.getTime())) throw unreadable(text);
  return time.getTime();
}

const unreadable = (text: string): StrataError =>
  new StrataError('usage.invalid', 'never', {
    reason: `“${text}” is not a time. Use 2026-03-01T10:00, 2026-03-01, 3d, or "yesterday 18:00".`,
  });

/** `hh:mm:ss`, or a number with a unit. */
export function parseDuration(text: string): number {
  const clock = /^(\d+):(\d{2}):(\d{2})$/.exec(text);
  if (clock) return (Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3])) * 1000;
  const simple = /^(\d+)([smhdw])$/.exec(text);
  if (simple) return Number(simple[1]) * (unitMs[simple[2] ?? ''] ?? 0);
  throw new StrataError('usage.invalid', 'never', { reason: `“${text}” is not a length of time. Use hh:mm:ss or 15m.` });
}

const unitDays: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, y: 365 };

/** Whole days: `90`, `90d`, `12w`, `6m` (30 days each), `2y`. */
export function parseDays(text: string): number {
  const [, number = '', unit = 'd'] = /^([1-9]\d{0,4})([dwmy])?$/.exec(text.trim()) ?? [];
  const days = Number(number) * (unitDays[unit] ?? 1);
  if (number === '' || days > 36_500) {
    throw new StrataError('usage.invalid', 'never', { reason: `“${text}” is no number of days. Use 90d, 12w, or 2y.` });
  }
  return days;
}

/** `22:00` as minutes since midnight. */
export function parseMinute(text: string): number {
  const [, hours = '', minutes = ''] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim()) ?? [];
  if (hours === '') throw unreadable(text);
  return Number(hours) * 60 + Number(minutes);
}

export const minuteText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
