import { describe, expect, it } from 'vitest';
import { type Choice, everything } from '../../../shared/domain/choice.ts';
import type { FolderVisit } from '../../sources/source.ts';
import { Judge, knowsSize, usesOf } from './judge.ts';

const dayMs = 86_400_000;
const nowMs = 100 * dayMs + 5;
const judge = (choice: Partial<Choice>, atMs = nowMs): Judge => new Judge({ ...everything, ...choice }, atMs);
const verdicts = (choice: Partial<Choice>, ...items: readonly { sizeBytes?: number; timeMs?: number }[]) =>
  items.map((item) => judge(choice).item({ kind: 'message', sizeBytes: 10, ...item }, false));

describe('the border of a limit', () => {
  it('on size belongs to what is taken, on either side', () => {
    expect(verdicts({ maxBytes: 10 }, { sizeBytes: 10 }, { sizeBytes: 11 })).toEqual([undefined, 'larger']);
    expect(verdicts({ minBytes: 10 }, { sizeBytes: 10 }, { sizeBytes: 9 })).toEqual([undefined, 'smaller']);
  });

  it('on time is taken where it begins, and not where it ends', () => {
    expect(verdicts({ fromMs: 7 }, { timeMs: 6 }, { timeMs: 7 })).toEqual(['before', undefined]);
    expect(verdicts({ untilMs: 7 }, { timeMs: 6 }, { timeMs: 7 })).toEqual([undefined, 'after']);
    const borderMs = 90 * dayMs;
    expect(verdicts({ newerThanDays: 10 }, { timeMs: borderMs - 1 }, { timeMs: borderMs })).toEqual(['age', undefined]);
  });

  it('takes what nobody can hold against it: no time, and no size but of a file', () => {
    expect(verdicts({ fromMs: 7, untilMs: 8, newerThanDays: 1 }, {})).toEqual([undefined]);
    expect(verdicts({ minBytes: 10 }, { sizeBytes: 0 })).toEqual([undefined]);
    expect(judge({ minBytes: 10 }).item({ kind: 'file', sizeBytes: 0 }, false)).toBe('smaller');
    expect([knowsSize({ kind: 'file', sizeBytes: 0 }), knowsSize({ kind: 'message', sizeBytes: 0 })]).toEqual([true, false]);
  });
});

it('An account’s own settings cannot be left out by kind', () => {
  expect([judge({ kinds: [] }).takesKind('account'), judge({ kinds: [] }).takesKind('message')]).toEqual([true, false]);
});

describe('what is listed again', () => {
  it('is everything once a day where age decides, and nothing in between', () => {
    const mark = (choice: Partial<Choice>, atMs: number): string => judge(choice, atMs).mark;
    const aging = { newerThanDays: 10 };
    expect(mark(aging, nowMs)).toBe(mark(aging, nowMs + dayMs - 6));
    expect(mark(aging, nowMs)).not.toBe(mark(aging, nowMs + dayMs));
    expect(mark({ maxBytes: 1 }, nowMs)).toBe(mark({ maxBytes: 1 }, nowMs + 9 * dayMs));
    expect(mark({ maxBytes: 1 }, nowMs)).not.toBe(mark({ maxBytes: 2 }, nowMs));
  });
});

describe('whether something would be taken that is not there any more', () => {
  it('is not known of items where their size or their time decides', () => {
    const known = (choice: Partial<Choice>): boolean => judge(choice).knowsByPlace.items;
    const deciding: Partial<Choice>[] = [{ fromMs: 1 }, { untilMs: 1 }, { newerThanDays: 1 }, { minBytes: 1 }, { maxBytes: 1 }];
    expect(deciding.map(known)).toEqual(deciding.map(() => false));
    expect(known({ skip: [{ path: 'x', subfolders: true }], skipUses: ['junk'] })).toBe(true);
  });

  it('is not known of folders where what they are for decides', () => {
    expect([judge({ skipUses: ['junk'] }).knowsByPlace.folders, judge({ maxBytes: 1 }).knowsByPlace.folders]).toEqual([
      false,
      true,
    ]);
  });
});

it('What a folder is for is what its source says, in whatever case', () => {
  const uses = (visit: Partial<FolderVisit>) => usesOf(visit as FolderVisit);
  const said = ['\\Junk', '\\TRASH', '\\drafts', '\\All', '\\Sent', null];
  expect(said.map((specialUse) => uses({ specialUse }))).toEqual([['junk'], ['trash'], ['drafts'], ['all'], [], []]);
  expect(uses({ specialUse: '\\Junk', isShared: true })).toEqual(['junk', 'shared']);
});
