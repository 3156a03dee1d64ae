import { expect, it } from 'vitest';
import { lengthText, parseLength, unitOf } from './clock-length.ts';

it('a length is said in hours, minutes and seconds, and understood again', () => {
  const lengths = [1000, 61_000, 3_600_000, 90_061_000, 366 * 86_400_000];
  expect(lengths.map(lengthText)).toEqual(['0:00:01', '0:01:01', '1:00:00', '25:01:01', '8784:00:00']);
  expect(lengths.map(lengthText).map(parseLength)).toEqual(lengths);
  expect(parseLength(' 0:15 ')).toBe(900_000);
});

it('what is no length is none', () => {
  expect(['', '15', '1:60', '1:00:60', '-1:00', '1:0', '1:00:00:00', '99999:00', '1e1:00'].map(parseLength)).toEqual(
    Array.from({ length: 9 }, () => Number.NaN),
  );
});

it('a pause is said in the largest unit that leaves no rest', () => {
  expect([60_000, 90 * 60_000, 7_200_000, 2 * 86_400_000, 61_000, 1000].map(unitOf)).toEqual([
    'minutes',
    'minutes',
    'hours',
    'days',
    'clock',
    'clock',
  ]);
});
