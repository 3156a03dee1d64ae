import { expect, it } from 'vitest';
import { pointOf } from './recovery.ts';

it('what would be lost is measured between the moments at which all of it was saved, and since the last', () => {
  expect(pointOf([100, 160, 220, 400], 420)).toEqual({ sinceMs: 100, moments: 4, usualMs: 60, longestMs: 180 });
  expect(pointOf([100, 160], 900)).toEqual({ sinceMs: 100, moments: 2, usualMs: 60, longestMs: 740 });
});

it('of one moment nothing is usual, and of none nothing is said', () => {
  expect(pointOf([100], 150)).toEqual({ sinceMs: 100, moments: 1, usualMs: null, longestMs: 50 });
  expect(pointOf([], 150)).toBeNull();
});

it('a clock that was set back makes no gap', () => {
  expect(pointOf([100], 50)).toMatchObject({ longestMs: 0 });
});
