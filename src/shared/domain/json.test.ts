import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from './json.ts';

test('names stand in the order of their code units, however many there are and however they came', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { maxLength: 60, size: 'max' }), (names) => {
      const sorted = [...names].sort();
      const expected = `{${sorted.map((name) => `${JSON.stringify(name)}:1`).join(',')}}`;
      expect(canonicalJson(Object.fromEntries(names.map((name) => [name, 1])))).toBe(expected);
    }),
  );
});
