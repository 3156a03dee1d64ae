import { describe, expect, test } from 'vitest';
import { barsOf, ticksOf, usualSpan, wholeSpan, zoomed } from './time-scale.ts';

const day = 86_400_000;
const now = new Date(2026, 10, 21, 14).getTime();
const ago = (days: number): number => new Date(2026, 10, 21 - days).getTime();

describe('the span of the slider', () => {
  const whole = wholeSpan(ago(1000), now);

  test('is the last year, and holds the moment that is looked at', () => {
    expect(usualSpan(whole, null).toMs).toBe(whole.toMs);
    const old = usualSpan(whole, ago(900));
    expect(old.fromMs).toBeLessThanOrEqual(ago(900));
    expect(old.toMs).toBeGreaterThan(ago(900));
    expect(old.fromMs).toBeGreaterThanOrEqual(whole.fromMs);
  });

  test('stays inside the whole however far the wheel is turned, and never falls under a day', () => {
    const span = usualSpan(whole, null);
    expect(zoomed(span, whole, now, 100)).toEqual(whole);
    const near = zoomed(span, whole, ago(30), 1e-9);
    expect(near.toMs - near.fromMs).toBeCloseTo(day, -1);
    expect(near.fromMs).toBeLessThanOrEqual(ago(30));
    expect(near.toMs).toBeGreaterThanOrEqual(ago(30));
  });
});

describe('bars', () => {
  const density = Array.from({ length: 1000 }, (_, index) => ({ dayMs: ago(999 - index), saved: 1, vanished: index % 2 }));

  test('lose nothing when days are put together', () => {
    const { bars, pitch } = barsOf(density, wholeSpan(ago(1000), now), 500);
    expect(pitch).toBeGreaterThanOrEqual(2.4);
    expect(bars.reduce((sum, bar) => sum + bar.saved, 0)).toBe(1000);
    expect(bars.reduce((sum, bar) => sum + bar.vanished, 0)).toBe(500);
  });
});

describe('ticks', () => {
  test('are firsts of months at local midnight over a year, also where the clocks change', () => {
    const ticks = ticksOf({ fromMs: ago(365), toMs: now }, 14);
    expect(ticks.length).toBeGreaterThanOrEqual(11);
    for (const { ms, unit } of ticks) {
      expect(unit).toBe('month');
      expect([new Date(ms).getDate(), new Date(ms).getHours()]).toEqual([1, 0]);
    }
  });

  test('never are more than there is room for', () => {
    for (const days of [1, 3, 10, 60, 300, 2000, 5000])
      expect(ticksOf({ fromMs: ago(days), toMs: now }, 14).length).toBeLessThanOrEqual(15);
  });
});
