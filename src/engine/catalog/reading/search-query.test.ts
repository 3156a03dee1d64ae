import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSearch } from './search-query.ts';

const nothing = parseSearch('');
const day = (year: number, month = 1, date = 1): number => new Date(year, month - 1, date).getTime();

describe('what a person typed', () => {
  it.each([
    ['offer', { terms: [{ text: 'offer', column: null, exact: false }] }],
    [
      '"an offer" x',
      {
        terms: [
          { text: 'an offer', column: null, exact: true },
          { text: 'x', column: null, exact: false },
        ],
      },
    ],
    ['from:bob', { terms: [{ text: 'bob', column: 'sender', exact: false }] }],
    ['FROM:Bob@example.org', { terms: [{ text: 'Bob@example.org', column: 'sender', exact: false }] }],
    ['to:"Anna B"', { terms: [{ text: 'Anna B', column: 'recipient', exact: true }] }],
    ['subject:offer', { terms: [{ text: 'offer', column: 'title', exact: false }] }],
    ['body:"an offer"', { terms: [{ text: 'an offer', column: 'text', exact: true }] }],
    ['in:Inbox', { folders: ['inbox'] }],
    ['in:"My Mail/Sent"', { folders: ['My Mail/Sent'] }],
    ['before:2025', { beforeMs: day(2025) }],
    ['before:2025 before:2024-03', { beforeMs: day(2024, 3) }],
    ['after:2024-02-29', { fromMs: day(2024, 2, 29) }],
    ['larger:500', { largerThanBytes: 500 }],
    ['larger:1.5MB', { largerThanBytes: 1_500_000 }],
    ['larger:20k', { largerThanBytes: 20_000 }],
    ['has:attachment', { hasAttachment: true }],
    ['kind:mail', { kind: 'message' }],
    ['kind:event', { kind: 'event' }],
    ['is:vanished', { isVanished: true }],
  ])('%s', (text, expected) => expect(parseSearch(text)).toEqual({ ...nothing, ...expected }));

  it.each([
    ['larger:big', 'larger:big'],
    ['before:soon', 'before:soon'],
    ['before:2025-02-30', 'before:2025-02-30'],
    ['has:wings', 'has:wings'],
    ['is:nice', 'is:nice'],
    ['kind:of', 'kind:of'],
    ['https://example.org', 'https://example.org'],
    ['constructor:x', 'constructor:x'],
  ])('%s is a word like any other', (text, word) =>
    expect(parseSearch(text)).toEqual({ ...nothing, terms: [{ text: word, column: null, exact: false }] }),
  );

  it.each(['', '   ', '-- %', '"', '""', 'from:', 'subject:""'])('%j asks for nothing', (text) =>
    expect(parseSearch(text)).toEqual(nothing),
  );

  it('may be unfinished: a quotation goes to the end', () => {
    expect(parseSearch('from:bob "an of').terms.at(-1)).toEqual({ text: 'an of', column: null, exact: true });
  });

  it('never fails, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        expect(parseSearch(text).terms.length).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
