import { describe, expect, test } from 'vitest';
import { createFormat } from './format.ts';

const at = (text: string): number => new Date(text).getTime();
const now = at('2026-11-21T14:07:00');
const en = createFormat('en-GB', () => now);
const de = createFormat('de-DE', () => now);
/** No-break spaces as plain ones, so that the expectations can be read. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('sizes', () => {
  test('have three digits at most and keep number and unit together', () => {
    expect([0, 999, 1000, 214_300, 3_400_000_000, 612_000_000_000].map(en.bytes).map(plain)).toEqual([
      '0 B',
      '999 B',
      '1 KB',
      '214 KB',
      '3.4 GB',
      '612 GB',
    ]);
    expect(en.bytes(3_400_000_000)).not.toContain(' ');
    expect(plain(de.bytes(3_400_000_000))).toBe('3,4 GB');
  });
  test('never show a thousand of a unit', () => {
    expect(plain(en.bytes(999_600))).toBe('1 MB');
  });
});

describe('shares', () => {
  test('never round up to done', () => {
    expect(en.percent(0.999)).toBe('99%');
    expect(en.percent(1)).toBe('100%');
    expect(plain(de.percent(0.62))).toBe('62 %');
  });
});

describe('durations', () => {
  test('name the two largest units', () => {
    const spans = [400, 38_000, 291_000, 300_000, 7_500_000, 86_400_000 * 3 + 3_600_000];
    expect(spans.map(en.duration).map(plain)).toEqual(['0 s', '38 s', '4 min 51 s', '5 min', '2 h 5 min', '3 days 1 h']);
    expect(plain(de.duration(86_400_000))).toBe('1 Tag');
  });
  test('that are guesses name one', () => {
    expect([900, 200_000, 7_500_000].map(en.roughly).map(plain)).toEqual(['1 s', '3 min', '2 h']);
  });
});

describe('moments', () => {
  test('are words for today and yesterday, then weekday and date, with the year only if it is another', () => {
    expect(en.moment(at('2026-11-21T09:41:00'))).toBe('today, 09:41');
    expect(en.moment(at('2026-11-20T18:04:00'))).toBe('yesterday, 18:04');
    expect(en.moment(at('2026-03-01T10:00:00'))).toBe('Sun 1 Mar, 10:00');
    expect(en.moment(at('2025-03-02T10:00:00'))).toBe('Sun 2 Mar 2025, 10:00');
    expect(en.fullMoment(at('2026-03-01T10:00:00'))).toBe('Sun 1 Mar 2026, 10:00');
    expect(de.moment(at('2026-03-01T10:00:00'))).toBe('So. 1. März, 10:00');
    expect(de.day(now)).toBe('heute');
  });
  test('are relative only under an hour', () => {
    expect(en.since(now - 12 * 60_000)).toBe('12 minutes ago');
    expect(en.since(now - 3 * 3_600_000)).toBe('today, 11:07');
  });
  test('shrink for narrow columns', () => {
    expect(
      ['2026-11-21T09:41:00', '2026-11-17T09:41:00', '2026-02-27T09:41:00', '2024-02-27T09:41:00'].map(at).map(en.shortDate),
    ).toEqual(['09:41', 'Tue', '27 Feb', '27 Feb 2024']);
  });
  test('lose first the date, then the time, where room is short', () => {
    expect(['2026-11-20T18:04:00', '2026-11-18T22:41:00', '2026-11-09T18:04:00'].map(at).map(en.shortMoment)).toEqual([
      'yesterday, 18:04',
      'Wed, 22:41',
      '9 Nov',
    ]);
  });
  test('know the first day of the week of the region', () => {
    expect(en.weekdays).toEqual(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']);
  });
});
