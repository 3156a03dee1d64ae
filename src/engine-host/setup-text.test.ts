import { describe, expect, it } from 'vitest';
import { randomSetup } from '../../test/kit/random-setup.ts';
import { StrataError } from '../shared/domain/strata-error.ts';
import { parseSetup, setupText } from './setup-text.ts';

function refusal(text: string): [code: string, line: unknown, field: unknown] {
  try {
    parseSetup(text);
  } catch (error) {
    if (error instanceof StrataError) return [error.code, error.facts['line'], error.facts['field']];
    throw error;
  }
  return expect.unreachable('it was read');
}

describe('a setup file', () => {
  it('says what was written into it, byte for byte the same again, whatever the names', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const text = setupText(randomSetup(seed, '/home/anna'));
      expect(setupText(parseSetup(text))).toBe(text);
      expect(parseSetup(text)).toEqual(parseSetup(JSON.stringify(randomSetup(seed, '/home/anna'))));
    }
  });

  it('may be next to nothing', () => {
    expect(parseSetup('strata: 1 # and a comment\n')).toEqual({ strata: 1, storages: [], sources: [], channels: [], jobs: [] });
  });

  it.each([
    [
      'strata: 1\njobs:\n  - name: J\n    sources: [S]\n    storage: N\n    scann: on\n',
      'setup.unknown-field',
      6,
      'jobs[0].scann',
    ],
    ['strata: 1\nmore: 2\n', 'setup.unknown-field', 2, 'more'],
    ['strata: 1\njobs:\n  - name: J\n    sources: [S]\n', 'setup.wrong-value', 3, 'jobs[0].storage'],
    ['strata: 1\njobs:\n  - name: J\n    sources: S\n    storage: N\n', 'setup.wrong-value', 4, 'jobs[0].sources'],
    ['strata: 1\njobs:\n  - name: 12\n    sources: [S]\n    storage: N\n', 'setup.wrong-value', 3, 'jobs[0].name'],
    ['strata: 2\n', 'setup.wrong-value', 1, 'strata'],
    ['strata: 1\nstorages:\n  - name: N\n    place: /n\n    password: hunter2\n', 'setup.wrong-value', 5, 'storages[0].password'],
    ['strata: 1\nstrata: 1\n', 'setup.unreadable', 2, undefined],
    ['strata: 1\njobs: [\n', 'setup.unreadable', 3, undefined],
    ['strata: 1\n\tjobs: []\n', 'setup.unreadable', 2, undefined],
    ['--- 1\n--- 2\n', 'setup.unreadable', 2, undefined],
    ['strata: 1\njobs: !!js/function "x"\n', 'setup.unreadable', 2, undefined],
    ['a: &a [x]\nb: *a\n', 'setup.alias', 1, undefined],
    ['', 'setup.wrong-value', 1, 'strata'],
    ['null', 'setup.wrong-value', 1, 'strata'],
    ['[]', 'setup.wrong-value', 1, 'strata'],
    ['{"strata":1,"__proto__":{"jobs":[]}}', 'setup.unknown-field', 1, '__proto__'],
  ])('is refused with its line: %j', (text, code, line, field) => {
    expect(refusal(text)).toEqual([code, line, field]);
  });

  it('that would grow to gigabytes is refused before it does', () => {
    const bomb = Array.from(
      { length: 30 },
      (_, level) =>
        `a${level}: &a${level} [${Array(9)
          .fill(level === 0 ? 'x' : `*a${level - 1}`)
          .join()}]`,
    );
    expect(refusal(bomb.join('\n'))[0]).toBe('setup.alias');
  });

  it.each([
    ['lists', '['.repeat(200_000)],
    ['maps', '{a: '.repeat(100_000)],
    ['indented lists', Array.from({ length: 1500 }, (_, depth) => `${' '.repeat(depth)}- `).join('\n')],
  ])('that is nested deeply is refused and harms nothing: %s', (_, text) => {
    expect(refusal(text)[0]).toMatch(/^setup[.](?:unreadable|wrong-value)$/);
  });

  it('that is too large is refused before it is read', () => {
    expect(refusal(`# ${'x'.repeat(4 * 1024 * 1024)}`)[0]).toBe('setup.too-large');
  });
});
