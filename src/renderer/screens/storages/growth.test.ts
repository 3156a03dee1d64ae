import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawGrowth, type GrowthPoint } from './growth.ts';

const frame = { width: 600, height: 240, left: 50, bottom: 20, top: 20 };
const nowMs = Date.UTC(2026, 10, 28, 12);
const day = 86_400_000;
const history: GrowthPoint[] = [
  { dayMs: nowMs - 100 * day, storedBytes: 40e9 },
  { dayMs: nowMs - 50 * day, storedBytes: 60e9 },
  { dayMs: nowMs - 2 * day, storedBytes: 80e9 },
];
const draw = (more: Partial<Parameters<typeof drawGrowth>[0]> = {}) =>
  drawGrowth({ points: history, nowMs, bytesPerDay: 0.4e9, limitBytes: 100e9, ...more }, frame);

describe('the drawing of a storage’s growth', () => {
  it('is level between the days on which something was written', () => {
    const [first = '', level = '', second = ''] = draw().line.slice(1).split('L');
    expect(level.split(' ')[1]).toBe(first.split(' ')[1]);
    expect(level.split(' ')[0]).toBe(second.split(' ')[0]);
  });

  it('goes on with what is foreseen, and names the limit where it is in sight', () => {
    expect(draw().forecastLine).not.toBe('');
    expect(draw().limitY).toBeGreaterThanOrEqual(frame.top - 1);
    expect(draw({ limitBytes: 1e15 }).limitY).toBeNull();
    expect(draw({ bytesPerDay: null })).toMatchObject({ forecastLine: '', forecastArea: '', todayX: frame.width });
  });

  it('has at most five marks of round numbers, and all of it within the frame', () => {
    const point = fc.record({ ago: fc.integer({ min: 0, max: 4000 }), storedBytes: fc.integer({ min: 0, max: 1e15 }) });
    fc.assert(
      fc.property(fc.array(point, { maxLength: 40 }), fc.option(fc.integer({ min: 0, max: 1e12 })), (given, bytesPerDay) => {
        const points = given
          .map(({ ago, storedBytes }) => ({ dayMs: nowMs - ago * day, storedBytes }))
          .sort((a, b) => a.dayMs - b.dayMs);
        const drawing = draw({ points, bytesPerDay });
        expect(drawing.marks.length).toBeLessThanOrEqual(5);
        const numbers = `${drawing.area}${drawing.forecastArea}`.match(/-?[\d.]+ -?[\d.]+/g) ?? [];
        for (const pair of numbers) {
          const [x = Number.NaN, y = Number.NaN] = pair.split(' ').map(Number);
          expect(x).toBeGreaterThanOrEqual(frame.left - 0.1);
          expect(x).toBeLessThanOrEqual(frame.width + 0.1);
          expect(y).toBeGreaterThanOrEqual(frame.top - 0.1);
          expect(y).toBeLessThanOrEqual(frame.height - frame.bottom + 0.1);
        }
      }),
    );
  });
});
