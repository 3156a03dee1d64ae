import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toSequenceSet } from './sequence-set.ts';

it('writes neighbours as a range', () => {
  expect(toSequenceSet([])).toBe('');
  expect(toSequenceSet([7])).toBe('7');
  expect(toSequenceSet([9, 1, 2, 3, 7, 2])).toBe('1:3,7,9');
});

it('names exactly the given UIDs', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 400 })), (uids) => {
      const named = toSequenceSet(uids)
        .split(',')
        .filter(Boolean)
        .flatMap((part) => {
          const [from = 0, to = from] = part.split(':').map(Number);
          return Array.from({ length: to - from + 1 }, (_, at) => from + at);
        });
      expect(named).toEqual([...uids].sort((one, other) => one - other));
    }),
  );
});
