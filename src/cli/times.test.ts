import { describe, expect, it } from 'vitest';
import { minuteText, parseDuration, parseMinute, parseSince, parseTime } from './times.ts';

const nowMs = Date.parse('2026-03-10T12:00:00.000Z');
const local = (year: number, month: number, day: number, hour = 0, minute = 0): number =>
  new Date(year, month - 1, day, hour, minute).getTime();

describe('a time that a person types', () => {
  it('may be an exact moment, with or without a zone', () => {
    expect(parseTime('2026-03-01T10:00:00Z', nowMs)).toBe(Date.parse('2026-03-01T10:00:00Z'));
    expect(parseTime('2026-03-01 10:00', nowMs)).toBe(local(2026, 3, 1, 10));
  });

  it('may be a day, and then means its end: as it was on that day', () => {
    expect(parseTime('2026-03-01', nowMs)).toBe(local(2026, 3, 2) - 1);
    expect(parseTime('yesterday', nowMs)).toBe(local(2026, 3, 10) - 1);
  });

  it('may be relative', () => {
    expect(parseTime('3d', nowMs)).toBe(nowMs - 3 * 86_400_000);
    expect(parseTime('1.5h', nowMs)).toBe(nowMs - 5_400_000);
    expect(parseTime('yesterday 18:00', nowMs)).toBe(local(2026, 3, 9, 18));
  });

  it('may be a day since which something is wanted, and then means its beginning', () => {
    expect(parseSince('2026-03-01', nowMs)).toBe(local(2026, 3, 1));
    expect(parseSince('today', nowMs)).toBe(local(2026, 3, 10));
    expect(parseSince('yesterday', nowMs)).toBe(local(2026, 3, 9));
    expect(parseSince('yesterday 18:00', nowMs)).toBe(local(2026, 3, 9, 18));
    expect(parseSince('3d', nowMs)).toBe(nowMs - 3 * 86_400_000);
    expect(() => parseSince('2026-13-01', nowMs)).toThrow('usage.invalid');
  });

  it.each(['', 'soon', '2026-13-01', '2026-03-01T99:00', '3 days ago', '3x'])('is refused when it is none: %j', (text) => {
    expect(() => parseTime(text, nowMs)).toThrow('usage.invalid');
  });
});

describe('a length of time', () => {
  it('is hours, minutes and seconds, or a number with a unit', () => {
    expect(parseDuration('00:01:00')).toBe(60_000);
    expect(parseDuration('15m')).toBe(900_000);
    expect(() => parseDuration('15')).toThrow('usage.invalid');
  });
});

describe('a time of the day', () => {
  it('is read and written as clocks show it', () => {
    for (const text of ['00:00', '07:05', '23:59']) expect(minuteText(parseMinute(text))).toBe(text);
    expect(parseMinute('7:05')).toBe(425);
  });

  it.each(['24:00', '7', '07:60', '', 'noon'])('is not “%s”', (text) => expect(() => parseMinute(text)).toThrow());
});
