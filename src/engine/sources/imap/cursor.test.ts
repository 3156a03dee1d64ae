import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../shared/domain/json.ts';
import { fromCursor, isUnchanged, type MailboxState, toCursor } from './cursor.ts';

const state: MailboxState = { uidValidity: '1700000000', uidNext: 12, highestModseq: '18446744073709551615', messages: 4 };

describe('a cursor', () => {
  it('comes back as it was written, larger numbers than JavaScript has included', () => {
    expect(fromCursor(JSON.parse(JSON.stringify(toCursor(state))) as JsonValue)).toEqual(state);
  });

  it('is not made where the server says too little', () => {
    expect(toCursor({ ...state, uidNext: null })).toBeUndefined();
  });

  it.for<[string, JsonValue | undefined]>([
    ['nothing', undefined],
    ['null', null],
    ['text', 'x'],
    ['a list', [1]],
    ['an empty object', {}],
    ['a wrong type', { ...state, messages: '4' }],
    ['a negative count', { ...state, messages: -1 }],
    ['half a message', { ...state, messages: 0.5 }],
    ['a number for a mod-sequence', { ...state, highestModseq: 7 }],
  ])('that is %s is no cursor', ([, value]) => {
    expect(fromCursor(value)).toBeUndefined();
  });

  it('finds a mailbox unchanged only when everything is the same, the mod-sequence included', () => {
    const known = fromCursor(toCursor(state));
    if (known === undefined) throw new Error('no cursor');
    expect(isUnchanged(known, state)).toBe(true);
    for (const change of [
      { uidValidity: '2' },
      { uidNext: 13 },
      { highestModseq: '1' },
      { highestModseq: null },
      { messages: 3 },
    ]) {
      expect(isUnchanged(known, { ...state, ...change })).toBe(false);
    }
    expect(isUnchanged({ ...known, highestModseq: null }, { ...state, highestModseq: null })).toBe(false);
  });
});
