import { describe, expect, it } from 'vitest';
import type { SourceId } from '../../../shared/domain/ids.ts';
import type { ChangeTally } from '../../catalog/index.ts';
import { entropyOf } from './entropy.ts';
import { type SeenChanges, signsOf } from './signs.ts';
import { withTally } from './tallies.ts';
import { seededRandom } from '../../../../test/kit/seeded-random.ts';

const quiet: SeenChanges = { items: 1000, deleted: 0, changed: 0, pieces: 0, piecesAgain: 0, canary: undefined };
const tally = (over: Partial<ChangeTally> = {}): ChangeTally => ({
  source: 'source' as SourceId,
  dayMs: 0,
  items: 1000,
  deleted: 0,
  compressible: 0,
  scrambled: 0,
  renamed: {},
  ...over,
});
const told = (seen: Partial<SeenChanges>, ...days: Partial<ChangeTally>[]): string =>
  signsOf({ ...quiet, ...seen }, days.map(tally))
    .map(({ sign }) => sign)
    .join(' ');

describe('what looks like an accident or an attack', () => {
  it.each([
    ['nothing', {}, [], ''],
    ['a quarter deleted', { deleted: 250 }, [], ''],
    ['more than a quarter deleted', { deleted: 251 }, [], 'deleted'],
    ['a thousand of many deleted', { items: 90_000, deleted: 1000 }, [], ''],
    ['more than a thousand deleted', { items: 90_000, deleted: 1001 }, [], 'deleted'],
    ['a few of a few deleted', { items: 30, deleted: 19 }, [], ''],
    ['twenty of thirty deleted', { items: 30, deleted: 20 }, [], 'deleted'],
    ['a quarter in a week, slowly', {}, [{ deleted: 126 }, { deleted: 125 }], 'deleted'],
    ['three tenths changed', { changed: 300 }, [], ''],
    ['more than three tenths changed', { changed: 301 }, [], 'changed'],
    ['a few of a few changed', { items: 20, changed: 19 }, [], ''],
    ['half of what could be compressed cannot', {}, [{ compressible: 10, scrambled: 5 }], ''],
    ['more than half', {}, [{ compressible: 10, scrambled: 6 }], 'scrambled'],
    ['four of four: too few to tell', {}, [{ compressible: 4, scrambled: 4 }], ''],
    ['one a day for five days', {}, Array.from({ length: 5 }, () => ({ compressible: 1, scrambled: 1 })), 'scrambled'],
    ['fifty renamed to one ending', {}, [{ renamed: { '.locked': 51 } }], 'renamed'],
    ['a few of many renamed', {}, [{ renamed: { '.locked': 50 } }], ''],
    ['many renamed to many endings', {}, [{ renamed: { '.a': 19, '.b': 19, '.c': 19, '.d': 19 } }], ''],
    ['nothing of large items came again', { pieces: 100, piecesAgain: 19 }, [], 'unlike'],
    ['a fifth of large items came again', { pieces: 100, piecesAgain: 20 }, [], ''],
    ['a few pieces', { pieces: 39, piecesAgain: 0 }, [], ''],
    ['the tripwire', { canary: '.strata-canary.txt' }, [], 'canary'],
    ['the most certain first', { changed: 900, deleted: 900 }, [{ compressible: 9, scrambled: 9 }], 'scrambled deleted changed'],
    ['a first backup', { items: 0 }, [{ items: 0 }], ''],
  ] as const)('%s', (_, seen, days, signs) => {
    expect(told(seen, ...days)).toBe(signs);
  });
});

describe('the days that are remembered', () => {
  const day = 86_400_000;

  it('are those of a week; what is of one day adds up', () => {
    let days: ChangeTally[] = [];
    for (let index = 0; index < 9; index += 1)
      days = withTally(days, tally({ dayMs: index * day, deleted: 1, renamed: { '.x': 1 } }));
    days = withTally(days, tally({ dayMs: 8 * day, deleted: 4, items: 2000, renamed: { '.x': 2, '.y': 1 } }));
    expect(days.map(({ dayMs }) => dayMs / day)).toEqual([2, 3, 4, 5, 6, 7, 8]);
    expect(days.at(-1)).toMatchObject({ deleted: 5, items: 2000, renamed: { '.x': 3, '.y': 1 } });
  });

  it('of the future are forgotten', () => {
    expect(withTally([tally({ dayMs: 900 * day })], tally({ dayMs: day })).map(({ dayMs }) => dayMs)).toEqual([day]);
  });
});

describe('the entropy', () => {
  it('of text is low, of chance almost 8', () => {
    const text = new TextEncoder().encode('Dear Anna, the plans of the quay are ready.\n'.repeat(200));
    expect(entropyOf(text)).toBeLessThan(5);
    const random = seededRandom(5);
    for (const length of [4096, 65_536]) expect(entropyOf(random.bytes(length))).toBeGreaterThan(7.9);
    expect(entropyOf(new Uint8Array(5000))).toBe(0);
  });
});
