import { expect, it } from 'vitest';
import { type StratumTried, wholeMs } from './projection.ts';

const stratum = (present: [number, number], tried: [number, number, number]): StratumTried => ({
  ...{ presentItems: present[0], presentBytes: present[1] },
  ...{ triedItems: tried[0], triedBytes: tried[1], milliseconds: tried[2] },
});
const nothing: [number, number, number] = [0, 0, 0];

it('a source of many small items and few large ones takes as long as its own mixture, not as that of the sample', () => {
  const small = stratum([10_000, 20_000_000], [10, 20_000, 20]);
  const large = stratum([2, 20_000_000], [10, 100_000_000, 1000]);
  expect(wholeMs([small, large])).toBe(10_000 * 2 + 2 * 100);
});

it('what was not tried of its size counts by its bytes, as the largest that were', () => {
  expect(wholeMs([stratum([5, 5000], [5, 5000, 10]), stratum([1, 4_000_000], nothing)])).toBe(10 + 8000);
});

it('where nothing was tried nothing is said', () => {
  expect(wholeMs([stratum([5, 5000], nothing)])).toBeUndefined();
  expect(wholeMs([])).toBeUndefined();
});

it('what vanished since costs nothing, and empty items divide by nothing', () => {
  expect(wholeMs([stratum([0, 0], [3, 0, 30])])).toBe(0);
  expect(wholeMs([stratum([2, 0], [1, 0, 5]), stratum([1, 10], nothing)])).toBe(10 + 50);
});
