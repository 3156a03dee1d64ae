import { expect, it } from 'vitest';
import { withTable } from './proof.ts';

const page = 'before\n<!-- written by npm run test:full -->\nold\n<!-- until here -->\nafter\n';

it('writes a table for each part, and leaves the rest of the page alone', () => {
  const written = withTable(page, {
    crashes: { 'a|b': { states: 12_000, noticed: 'a | b\nc', seed: 12_345 }, second: { states: 1 } },
  });
  expect(written).toContain('| a/b | 12,000 | a / b c | 12345 |\n| second | 1 |  |  |');
  expect(written.startsWith('before\n')).toBe(true);
  expect(written.endsWith('<!-- until here -->\nafter\n')).toBe(true);
  expect(written).not.toContain('old');
});

it('refuses a page without a place for it', () => {
  expect(() => withTable('nothing', {})).toThrow('no place');
});
