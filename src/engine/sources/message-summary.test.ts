import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Summary } from '../../shared/domain/item.ts';
import { decodeEncodedWords } from './encoded-words.ts';
import { messageTimeMs, summarizeMessage } from './message-summary.ts';

const corpus = path.join(import.meta.dirname, '../../../test/corpus/mail');
const samples = fs.readdirSync(corpus).filter((name) => name.endsWith('.eml'));

describe('the summary of a message', () => {
  it.each(samples)('says what a person would: %s', (name) => {
    const expected = JSON.parse(fs.readFileSync(path.join(corpus, name.replace(/eml$/, 'json')), 'utf8')) as Summary;
    expect(summarizeMessage(fs.readFileSync(path.join(corpus, name)))).toEqual(expected);
  });

  it('takes the given time only where the message has none of its own', () => {
    expect(summarizeMessage(Buffer.from('Subject: x\r\n\r\n'), 7).timeMs).toBe(7);
    expect(summarizeMessage(Buffer.from('Date: 1 Jan 2024 00:00:00 +0000\r\n\r\n'), 7).timeMs).toBe(1_704_067_200_000);
  });

  it('never looks at the body', () => {
    expect(summarizeMessage(Buffer.from('From: a@b\r\n\r\nSubject: body\r\n'))).toEqual({
      title: '',
      from: 'a@b',
      hasAttachment: false,
    });
  });

  it('comes from any bytes, and never holds a control character', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom('Subject: ', 'From: ', 'Date: ', ''), (bytes, field) => {
        const { title, from = '' } = summarizeMessage(Buffer.concat([Buffer.from(field), bytes]));
        expect(title + from).not.toMatch(/\p{Cc}/u);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['a header without end', 'Subject: x'.padEnd(2_000_000, 'y')],
    ['a million lines', 'X: y\n'.repeat(1_000_000)],
    ['folding without end', `Subject: a${'\n '.repeat(1_000_000)}`],
    ['openings of encoded words', `Subject: ${'=?utf-8?q?'.repeat(200_000)}`],
    ['encoded words without end', `Subject: ${'=?utf-8?b?4oKs?= '.repeat(100_000)}`],
    ['digits for a date', `Date: ${'1 '.repeat(500_000)}`],
  ])('is not held up by %s', (_, text) => {
    const bytes = Buffer.from(text);
    const startedAt = performance.now();
    summarizeMessage(bytes);
    // Measured: below 10 ms each. What is quadratic would take minutes.
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});

describe('encoded words', () => {
  it('give back any text in any of the two encodings, however it was cut', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.integer({ min: 1, max: 20 }),
        fc.boolean(),
        (text, size, base64) => {
          const bytes = Buffer.from(text, 'utf8');
          const words: string[] = [];
          for (let at = 0; at < bytes.length; at += size) {
            const part = bytes.subarray(at, at + size);
            const quoted = [...part].map((byte) => `=${byte.toString(16).padStart(2, '0')}`).join('');
            words.push(base64 ? `=?utf-8?B?${part.toString('base64')}?=` : `=?UTF-8?q?${quoted}?=`);
          }
          expect(decodeEncodedWords(words.join(' '))).toBe(text);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the date of a message', () => {
  it('is read the same wherever the computer is', () => {
    expect(messageTimeMs('4 Mar 2024 10:11:12')).toBe(Date.UTC(2024, 2, 4, 10, 11, 12));
  });
});
