import { expect, it } from 'vitest';
import { First } from './first.ts';

const firstOf = (limit: number, places: readonly number[]): { readonly kept: number[]; readonly made: number } => {
  const first = new First<number>(limit);
  let made = 0;
  for (const at of places) first.add(at, () => ((made += 1), at));
  return { kept: first.inOrder(), made };
};

it.each([
  ['in their order', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ['the other way round', [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
  ['mixed', [7, 2, 9, 0, 8, 5, 1, 6, 3, 4]],
])('keeps the first, whatever the order in which they come: %s', (_, places) => {
  expect(firstOf(3, places).kept).toEqual([0, 1, 2]);
});

it('keeps all of them where there are fewer, in their order', () => {
  expect(firstOf(5, [4, 0, 2]).kept).toEqual([0, 2, 4]);
});

it('makes nothing of what is none of the first', () => {
  const places = Array.from({ length: 1000 }, (_, at) => at);
  expect(firstOf(5, places).made).toBe(5);
});
