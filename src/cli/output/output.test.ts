import { describe, expect, it } from 'vitest';
import { formatsFor } from './formats.ts';
import { harmless, table } from './table.ts';

describe('what strangers named', () => {
  it('cannot command the terminal', () => {
    expect(harmless('a\u001b[2Jb\r\u202ec')).toBe('a\\u001b[2Jb\\u000d\\u202ec');
  });
});

describe('a table', () => {
  it('lines its columns up and ends its lines where their text ends', () => {
    expect(
      table(
        [{ title: 'Name' }, { title: 'Size', right: true }, { title: 'Place' }],
        [
          ['a', '1', 'x'],
          ['long name', '20', ''],
        ],
      ),
    ).toBe(['Name       Size  Place', 'a             1  x', 'long name    20'].join('\n'));
  });
});

describe('numbers', () => {
  it('have three digits and a unit that fits', () => {
    const { bytes, duration } = formatsFor('en');
    expect([0, 999, 1000, 999_499, 999_500, 3_400_000_000].map(bytes)).toEqual([
      '0 B',
      '999 B',
      '1 KB',
      '999 KB',
      '1 MB',
      '3.4 GB',
    ]);
    expect([12, 1234, 61_000, 3_660_000].map(duration)).toEqual(['12 ms', '1.23 s', '1 min 1 s', '1 h 1 min']);
  });

  it('are written as the language does', () => {
    expect(formatsFor('de').count(41_210)).toBe('41.210');
  });
});
