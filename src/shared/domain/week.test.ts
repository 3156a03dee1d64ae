import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../test/kit/seeded-random.ts';
import { dayMinutes, type Paint, paints, type Stretch, weekMinutes } from './schedule.ts';
import { copiedDay, inverted, paintAt, painted, weekOf } from './week.ts';

const at = (day: number, hour: number, minute = 0): number => day * dayMinutes + hour * 60 + minute;
const office: Stretch = { from: at(0, 8), to: at(0, 18), paint: 'allowed' };

/** The same week as one paint a minute: slow, and too simple to be wrong. */
function minutesOf(windows: readonly Stretch[]): Paint[] {
  const minutes = Array.from({ length: weekMinutes }, (): Paint => 'blocked');
  for (const { from, to, paint } of windows) minutes.fill(paint, from, to);
  return minutes;
}

describe('a week of windows', () => {
  it('allows everything where there are none, and blocks what no window covers', () => {
    expect(paintAt(null, 0)).toBe('allowed');
    expect([at(0, 7, 59), at(0, 8), at(0, 17, 59), at(0, 18)].map((minute) => paintAt([office], minute))).toEqual([
      'blocked',
      'allowed',
      'allowed',
      'blocked',
    ]);
  });

  it('takes a new part in the middle of another, and joins what touches', () => {
    const slow = painted([office], at(0, 12), at(0, 13), 'slow');
    expect(slow).toEqual([
      { ...office, to: at(0, 12) },
      { from: at(0, 12), to: at(0, 13), paint: 'slow' },
      { ...office, from: at(0, 13) },
    ]);
    expect(painted(slow, at(0, 12), at(0, 13), 'allowed')).toEqual([office]);
    expect(painted([office], at(0, 9), at(0, 17, 59), 'blocked')).toHaveLength(2);
  });

  it('lets later windows count where windows overlap', () => {
    expect(weekOf([{ from: 100, to: 200, paint: 'slow' }, office, { from: 150, to: 160, paint: 'allowed' }])).toEqual([
      { from: 100, to: 150, paint: 'slow' },
      { from: 150, to: 160, paint: 'allowed' },
      { from: 160, to: 200, paint: 'slow' },
      office,
    ]);
  });

  it('turns into its opposite, and back where nothing is slow', () => {
    expect(inverted([])).toEqual([{ from: 0, to: weekMinutes, paint: 'allowed' }]);
    expect(inverted(inverted([office]))).toEqual([office]);
  });

  it('gives one day to others, and takes what they had', () => {
    const week = [office, { from: at(1, 1), to: at(1, 2), paint: 'slow' }] as const;
    const copied = copiedDay(week, 0, [1, 6]);
    expect(copied.map(({ from, to }) => [from, to])).toEqual([0, 1, 6].map((day) => [at(day, 8), at(day, 18)]));
  });

  it('copies of a stretch over several days only what lies in the day', () => {
    const long = [{ from: at(0, 22), to: at(2, 6), paint: 'allowed' }] as const;
    expect(copiedDay(long, 1, [5])).toEqual([...long, { from: at(5, 0), to: at(6, 0), paint: 'allowed' }]);
  });

  it.each([1, 2, 3])('is after any strokes what a week painted minute by minute is, sorted and joined (seed %d)', (seed) => {
    const random = seededRandom(seed);
    let week: readonly Stretch[] = [];
    const minutes = minutesOf([]);
    for (let stroke = 0; stroke < 60; stroke += 1) {
      const [a, b] = [random.below(weekMinutes), random.below(weekMinutes) + 1];
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const paint = paints[random.below(3)] ?? 'blocked';
      week = painted(week, from, to, paint);
      minutes.fill(paint, from, to);
      expect(minutesOf(week)).toEqual(minutes);
      for (const [index, one] of week.entries()) {
        const next = week[index + 1];
        expect(one.from < one.to && (next === undefined || one.to < next.from || one.paint !== next.paint)).toBe(true);
      }
    }
  });
});
