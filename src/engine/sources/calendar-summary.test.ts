import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { corpora, corpusFiles } from '../../../test/kit/specimens/corpus.ts';
import { summarizeCalendar } from './calendar-summary.ts';
import { summarizeContact } from './contact-summary.ts';

const summarize = { ics: summarizeCalendar, vcf: summarizeContact } as const;

describe('the specimens', () => {
  it('are the files that the corpus holds', () => {
    const files = corpusFiles();
    for (const { folder } of corpora) {
      const names = files.filter((file) => path.dirname(file.path) === folder).map((file) => path.basename(file.path));
      expect(fs.readdirSync(folder).sort()).toEqual(names.sort());
    }
    for (const file of files) expect(fs.readFileSync(file.path).equals(file.bytes), file.path).toBe(true);
  });
});

describe.each(corpora)('the summary of a $ending', ({ ending, specimens }) => {
  it.each(specimens)('says what a person would: $name', ({ bytes, expected }) => {
    expect(summarize[ending](bytes)).toEqual(expected);
  });

  it('takes the given title only where there is nothing else', () => {
    expect(summarize[ending](Buffer.from('nothing'), 'holidays.ics').summary).toEqual({ title: 'holidays.ics' });
    const [named] = specimens.filter(({ expected }) => expected.summary.title !== '');
    expect(summarize[ending](named?.bytes ?? Buffer.alloc(0), 'other').summary.title).toBe(named?.expected.summary.title);
  });

  it('comes from any bytes, and never holds a control character', () => {
    const beginnings = [
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY',
      'BEGIN:VEVENT\nDTSTART;TZID=',
      'BEGIN:VCARD\nFN;',
      'BEGIN:VCARD\nN:',
      '',
    ];
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(...beginnings), (bytes, beginning) => {
        const { title, from = '', to = '' } = summarize[ending](Buffer.concat([Buffer.from(beginning), bytes])).summary;
        expect(title + from + to).not.toMatch(/\p{Cc}/u);
      }),
      { numRuns: 2000 },
    );
  });
});

const object = (kind: string, line: string): Buffer =>
  Buffer.from(`BEGIN:${kind}\n${line}\nSUMMARY:late\nFN:late\nEND:${kind}\n`);

// What is quadratic in one of these would run into the limit of every test.
describe('a text that is meant to hold up', () => {
  it.each([
    ['a million attendees', 'ATTENDEE:a\n'.repeat(1_000_000)],
    ['folding without end', `DESCRIPTION:x${'\n y'.repeat(300_000)}`],
    ['a line of 15 megabytes', `DESCRIPTION:${'x'.repeat(15_000_000)}`],
    ['quotation marks without end', `ATTENDEE;CN=${'"",'.repeat(100_000)}:x`],
    ['parameters without end', `ATTENDEE${';a=b'.repeat(200_000)}:x`],
    ['soft ends without end', `NOTE;ENCODING=QUOTED-PRINTABLE:${'=\n'.repeat(300_000)}`],
    ['beginnings without end', 'BEGIN:VALARM\n'.repeat(200_000)],
    ['events without end', 'BEGIN:VEVENT\n'.repeat(200_000)],
    ['names without end', Array.from({ length: 200_000 }, (_, n) => `X-${n}:y`).join('\n')],
    ['dates without end', `RDATE:${'20260301T100000Z,'.repeat(100_000)}`],
  ])('is understood all the same: %s', (_, line) => {
    for (const kind of ['VEVENT', 'VCARD']) {
      const bytes = object(kind, line);
      expect(() => [summarizeCalendar(bytes), summarizeContact(bytes)]).not.toThrow();
    }
  });

  it('counts a million attendees and reads on behind them', () => {
    const { kind, summary } = summarizeCalendar(object('VEVENT', 'ATTENDEE:a\n'.repeat(1_000_000)));
    expect(kind).toBe('event');
    expect(summary.title).toBe('late');
  });
});
