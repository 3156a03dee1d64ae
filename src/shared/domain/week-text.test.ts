import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../test/kit/seeded-random.ts';
import { type DayRule, dayMinutes, type Stretch, type TimeRule, weekMinutes } from './schedule.ts';
import { painted, weekOf } from './week.ts';
import { type LineWords, parseClock, parseTimeRule, parseWindow, timeRuleText, windowLines } from './week-text.ts';

const german: LineWords = {
  weekdays: ['Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa', 'So'],
  daily: 'täglich',
  month: 'Monat',
  every: 'alle',
  days: 'Tage',
  from: 'ab',
  hours: 'Stunden',
  minutes: 'Minuten',
};
const at = (day: number, hour: number, minute = 0): number => day * dayMinutes + hour * 60 + minute;
const spans = (line: string, words?: LineWords) => parseWindow(line, 'allowed', words)?.map(({ from, to }) => [from, to]);
const workdays: DayRule = { every: 'week', weekdays: [1, 2, 3, 4, 5] };

describe('a line of windows', () => {
  it('names days one by one or as a range, also over the end of the week', () => {
    expect(spans('Tue 08:00-18:00')).toEqual([[at(1, 8), at(1, 18)]]);
    expect(spans(' mon - wed, Sunday  8:00 – 9:30 ')).toEqual([0, 1, 2, 6].map((day) => [at(day, 8), at(day, 9, 30)]));
    expect(spans('Sat-Mon 01:00-02:00')).toEqual([0, 5, 6].map((day) => [at(day, 1), at(day, 2)]));
    expect(spans('daily 00:00-24:00')).toHaveLength(7);
  });

  it('has several times, and goes over midnight, on Sunday into the beginning of the week', () => {
    expect(spans('Mon 08:00-12:00, 13:00-00:00')).toEqual([
      [at(0, 8), at(0, 12)],
      [at(0, 13), at(1, 0)],
    ]);
    expect(spans('Fri,Sun 22:00-06:00')).toEqual([
      [at(4, 22), at(5, 6)],
      [at(6, 22), weekMinutes],
      [0, at(0, 6)],
    ]);
  });

  it('speaks the language that it is given, and English', () => {
    expect(spans('Mo-Fr 08:00-18:00', german)).toEqual(spans('Mon-Fri 08:00-18:00'));
    expect(spans('Tue, Do 08:00-18:00', german)).toEqual(spans('Tue,Thu 08:00-18:00'));
    expect(spans('Täglich 1:00-2:00', german)).toEqual(spans('daily 1:00-2:00'));
    expect(windowLines(parseWindow('Sa,So 22:00-24:00', 'slow', german) ?? [], 'slow', german)).toEqual(['Sa,So 22:00-24:00']);
  });

  it.each([1, 2, 3, 4])('says any week so that it is understood again, to the minute (seed %d)', (seed) => {
    const random = seededRandom(seed);
    for (let round = 0; round < 200; round += 1) {
      let week: Stretch[] = [];
      for (let stroke = random.below(12); stroke >= 0; stroke -= 1) {
        const from = random.below(weekMinutes);
        const to = Math.min(weekMinutes, from + 1 + random.below(random.below(2) === 0 ? 90 : 4000));
        week = painted(week, from, to, (['allowed', 'slow', 'blocked'] as const)[random.below(3)] ?? 'slow');
      }
      for (const words of [undefined, german]) {
        const read = (['allowed', 'slow'] as const).flatMap((paint) =>
          windowLines(week, paint, words).flatMap((line) => parseWindow(line, paint, words) ?? []),
        );
        expect(weekOf(read)).toEqual(week);
      }
    }
  });
});

describe('a line of times', () => {
  it('is understood for weekdays, days of the month, and every few days', () => {
    expect(parseTimeRule('Mon-Fri 18:00, 12:30')).toEqual({ days: workdays, minutes: [750, 1080] });
    expect(parseTimeRule('month 1, 15,31 02:00')).toEqual({ days: { every: 'month', days: [1, 15, 31] }, minutes: [120] });
    expect(parseTimeRule('every 2 days from 2026-11-29 2:30')).toEqual({
      days: { every: 'count', count: 2, from: '2026-11-29' },
      minutes: [150],
    });
    expect(parseTimeRule('every 1 day from 2026-11-29 02:30')).not.toBeNull();
  });

  it('repeats in steps that a day is a multiple of', () => {
    expect(parseTimeRule('daily every 15 minutes')?.minutes).toHaveLength(96);
    expect(parseTimeRule('every 6 hours')?.minutes).toEqual([0, 360, 720, 1080]);
    expect(parseTimeRule('Mon-Fri every 1 hour')?.minutes).toHaveLength(24);
    expect(
      ['every 7 hours', 'every 0 minutes', 'every 2 days', `every ${'9'.repeat(60)} hours`].map((line) => parseTimeRule(line)),
    ).toEqual([null, null, null, null]);
  });

  it('speaks German, and keeps its meaning through it', () => {
    const lines = ['Mo-Fr 12:30,18:00', 'Monat 1,15 02:00', 'alle 2 Tage ab 2026-11-29 02:30', 'täglich alle 15 Minuten'];
    expect(lines.map((line) => timeRuleText(parseTimeRule(line, german) as TimeRule, german))).toEqual(lines);
    expect(lines.map((line) => timeRuleText(parseTimeRule(line, german) as TimeRule))).toEqual([
      'Mon-Fri 12:30,18:00',
      'month 1,15 02:00',
      'every 2 days from 2026-11-29 02:30',
      'daily every 15 minutes',
    ]);
  });

  it.each([5, 6])('says any rule so that it is understood again (seed %d)', (seed) => {
    const random = seededRandom(seed);
    const some = (most: number, low: number, high: number): number[] =>
      [...new Set(Array.from({ length: 1 + random.below(most) }, () => low + random.below(high - low + 1)))].toSorted(
        (a, b) => a - b,
      );
    for (let round = 0; round < 300; round += 1) {
      const days: DayRule =
        [
          { every: 'week', weekdays: some(7, 1, 7) } as const,
          { every: 'month', days: some(9, 1, 31) } as const,
          {
            every: 'count',
            count: 1 + random.below(366),
            from: `20${10 + random.below(80)}-02-${10 + random.below(19)}`,
          } as const,
        ][random.below(3)] ?? workdays;
      const step = [1, 5, 15, 60, 288][random.below(5)] ?? 60;
      const even = Array.from({ length: dayMinutes / step }, (_, index) => index * step);
      const rule: TimeRule = { days, minutes: random.below(3) === 0 ? even : some(10, 0, dayMinutes - 1) };
      expect(parseTimeRule(timeRuleText(rule))).toEqual(rule);
      expect(parseTimeRule(timeRuleText(rule, german), german)).toEqual(rule);
    }
  });
});

describe('a line that says nothing', () => {
  const hostile = [
    '',
    ' ',
    'Mon',
    '08:00-18:00',
    'Mon 08:00-08:00',
    'Mon 24:00-06:00',
    'Mon 08:00-25:00',
    'Mon 08:60-09:00',
    'Mon 08:00-09:00-10:00',
    'Mon 08:00-09:00,',
    'Mon-Tue-Wed 08:00-09:00',
    'Mon,,Tue 08:00-09:00',
    'Montag, 08:00-09:00',
    'Xyz 08:00-09:00',
    'Mon ١٢:٠٠-١٣:٠٠',
    'Mon -1:00-09:00',
    'Mon 08:00-09:00\u202e',
    'month 0 02:00',
    'month 32 02:00',
    'month 1,,2 02:00',
    'every 0 days from 2026-01-01 02:00',
    'every 367 days from 2026-01-01 02:00',
    'every 2 days from 2026-02-30 02:00',
    'every 2 weeks from 2026-02-01 02:00',
    'daily 24:00',
    'daily 02:00,',
    '__proto__ 02:00',
  ];
  it.each(hostile)('is refused: “%s”', (line) => {
    expect(parseWindow(line, 'allowed')).toBeNull();
    expect(parseTimeRule(line)).toBeNull();
  });

  it('is refused at once, however long it is and whatever it repeats', () => {
    const pieces = ['a,', 'Mon,', 'Mon-', ' ', '1,', '1:', '08:00-', 'every ', 'every 2 days from ', 'month 1,'];
    const started = performance.now();
    for (const piece of pieces) {
      for (const length of [400, 100_000]) {
        const line = piece.repeat(length / piece.length);
        for (const text of [line, `${line}!`, `Mon ${line}!`, `every 2 ${line}`]) {
          expect(parseWindow(text, 'slow', german)).toBeNull();
          expect(parseTimeRule(text, german)).toBeNull();
        }
      }
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('a time of the clock', () => {
  it('is read with one or two digits of hours, up to the day’s end', () => {
    expect(['0:00', '08:05', ' 23:59 ', '24:00'].map(parseClock)).toEqual([0, 485, 1439, 1440]);
    expect(['24:01', '8', '8:5', '08:00:00', '1e1:00', ''].map(parseClock)).toEqual([null, null, null, null, null, null]);
  });
});
