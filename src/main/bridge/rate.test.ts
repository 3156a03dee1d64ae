import { expect, it } from 'vitest';
import { createRate } from './rate.ts';

it('lets so many through in any second, and again when the second is over', () => {
  const rate = createRate(2);
  expect([0, 100, 900, 999, 1000, 1050, 1100].map(rate)).toEqual([true, true, false, false, true, false, true]);
});
