import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seed } from '../crash/tier.ts';

it('properties are asked the same in every run with the same seed', () => {
  const asked = (): number[] => {
    const numbers: number[] = [];
    fc.assert(fc.property(fc.integer(), (number) => void numbers.push(number)));
    return numbers;
  };
  expect(asked()).toEqual(asked());
  const failed = fc.check(fc.property(fc.integer(), () => false));
  expect(failed.seed).toBe(seed);
});
