import { describe, expect, it } from 'vitest';
import { type Choice, everything } from '../../../shared/domain/choice.ts';
import type { SourceId } from '../../../shared/domain/ids.ts';
import type { JsonValue } from '../../../shared/domain/json.ts';
import type { Catalog } from '../../catalog/index.ts';
import { chosenCursor, knownCursors, passingBy } from './chosen-cursors.ts';
import { Judge } from './judge.ts';

const judge = (choice: Partial<Choice> = {}): Judge => new Judge({ ...everything, ...choice }, 0);
const small = judge({ maxBytes: 10 });
const source = 'source00000000000000' as SourceId;
/** What a cycle under one choice stored, as the next one under another finds it. */
function found(stored: JsonValue | undefined, now: Judge, mustListAll = false) {
  const catalog: Pick<Catalog, 'cursor'> = { cursor: () => stored };
  const known = knownCursors(catalog as Catalog, source, now, mustListAll);
  return { cursor: known.cursor('INBOX'), before: known.before?.('INBOX') };
}

describe('where reading goes on', () => {
  it('is where the last cycle with the same choice ended, whatever a source keeps as its cursor', () => {
    for (const cursor of ['17', { state: 'a' }, { choice: 'of the source’s own' }, null]) {
      expect(found(chosenCursor(judge(), cursor), judge())).toEqual({ cursor, before: cursor });
      expect(found(chosenCursor(small, cursor), small)).toEqual({ cursor, before: cursor });
    }
    expect(chosenCursor(judge(), '17')).toBe('17');
  });

  it('is the beginning under any other choice; the source is told where it was', () => {
    expect(found(chosenCursor(small, '17'), judge())).toEqual({ cursor: undefined, before: '17' });
    expect(found(chosenCursor(judge(), '17'), small)).toEqual({ cursor: undefined, before: '17' });
    expect(found(chosenCursor(small, '17'), judge({ maxBytes: 11 }))).toEqual({ cursor: undefined, before: '17' });
  });

  it('is the beginning where something that did not change must be read again', () => {
    expect(found('17', judge(), true).cursor).toBeUndefined();
    expect(found(chosenCursor(small, '17'), small, true).cursor).toBeUndefined();
  });

  it('is nowhere where a listing left no cursor', () => {
    expect([chosenCursor(small, undefined), found(undefined, small).cursor]).toEqual([undefined, undefined]);
  });
});

describe('what a source need not look into', () => {
  const passes = (choice: Partial<Choice>) => passingBy(judge(choice)).passesBy;

  it('is a folder with all below it that is left out, and not one in which something may be chosen', () => {
    const passesBy = passes({ only: [{ path: 'A/B', subfolders: true }] });
    expect([['A'], ['A', 'B'], ['C']].map((folder) => passesBy?.(folder))).toEqual([false, false, true]);
  });

  it('is nothing where everything is chosen: the source is not even asked to ask', () => {
    expect(passes({})).toBeUndefined();
  });
});
