import { describe, expect, it } from 'vitest';
import { forecastFrom } from './forecast.ts';

const dayMs = 86_400_000;
const nowMs = 1000 * dayMs;
/** A storage that was so large at the end of the day so many days ago. */
const days = (...sizes: readonly (readonly [number, number])[]) =>
  sizes.map(([ago, storedBytes]) => ({ dayMs: nowMs - ago * dayMs, storedBytes }));

describe('when a storage will be full', () => {
  it('is where its growth leads', () => {
    const steady = days(...Array.from({ length: 31 }, (_, index) => [30 - index, index * 100] as const));
    expect(forecastFrom(steady, 5000, nowMs)).toEqual({ bytesPerDay: 100, fullAroundMs: nowMs + 50 * dayMs, basisDays: 30 });
  });

  it('counts days on which nothing was saved', () => {
    const { bytesPerDay, fullAroundMs } = forecastFrom(days([20, 0], [0, 2000]), 1000, nowMs);
    expect(bytesPerDay).toBeLessThan(100);
    expect(fullAroundMs).toBeGreaterThan(nowMs + 10 * dayMs);
  });

  it('does not remember the first big backup for ever', () => {
    const grown = days(
      [400, 0],
      [399, 1_000_000],
      ...Array.from({ length: 91 }, (_, index) => [90 - index, 1_000_000 + index] as const),
    );
    expect(forecastFrom(grown, 1000, nowMs)).toMatchObject({ bytesPerDay: 1, basisDays: 90 });
  });

  it.each([
    ['a history of less than a week', days([6, 0], [0, 5000])],
    ['no history', []],
    ['a storage that shrinks', days([30, 5000], [0, 100])],
    ['growth that would take more than a century', days([30, 0], [0, 1])],
  ])('is not told of %s', (_, history) => {
    expect(forecastFrom(history, 1_000_000_000, nowMs).fullAroundMs).toBeNull();
  });

  it('is now where there is no room', () => {
    expect(forecastFrom(days([30, 0], [15, 500], [0, 1000]), 0, nowMs).fullAroundMs).toBe(nowMs);
  });
});
