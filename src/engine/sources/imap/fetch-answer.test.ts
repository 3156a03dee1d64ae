import fc from 'fast-check';
import parse from 'imapflow/lib/handler/imap-parser.js';
import { formatMessageResponse } from 'imapflow/lib/tools.js';
import { describe, expect, it } from 'vitest';
import { type FetchedMessage, readFetchAnswer } from './fetch-answer.ts';

const read = (line: string, ...literals: readonly string[]): FetchedMessage | undefined =>
  readFetchAnswer(
    Buffer.from(line, 'latin1'),
    literals.map((one) => Buffer.from(one)),
  );

describe('an answer to FETCH', () => {
  it('of Dovecot is read', () => {
    const items = String.raw`UID 17 FLAGS (\Seen $Forwarded NonJunk) INTERNALDATE "07-Jan-2024 10:00:00 +0100" RFC822.SIZE 1234 MODSEQ (12)`;
    expect(read(`* 3 FETCH (${items} BODY[] {5}\r\n)`, 'hello')).toEqual({
      uid: 17,
      flags: new Set(['\\Seen', '$Forwarded', 'NonJunk']),
      internalDate: new Date('2024-01-07T09:00:00Z'),
      size: 1234,
      source: Buffer.from('hello'),
    });
  });

  it('of Cyrus is read', () => {
    const items = String.raw`FLAGS (\Recent) UID 1 INTERNALDATE " 7-Jan-2024 10:00:00 +0000" EMAILID (Mabc-1) THREADID (Tabc_2) MODSEQ (1)`;
    expect(read(`* 3 FETCH (${items} BODY[HEADER] {3}\r\n BODY[]<0> {2}\r\n)`, 'A:b', 'hi')).toEqual({
      uid: 1,
      flags: new Set(['\\Recent']),
      internalDate: new Date('2024-01-07T10:00:00Z'),
      emailId: 'Mabc-1',
      threadId: 'Tabc_2',
      headers: Buffer.from('A:b'),
      source: Buffer.from('hi'),
    });
  });

  it.for([
    ['another answer', '* 3 EXPUNGE'],
    ['a tagged one', 'A1 OK done'],
    ['one without a UID', '* 3 FETCH (FLAGS ())'],
    ['one that ends too early', '* 3 FETCH (UID 3 FLAGS ()'],
    ['one that ends too late', '* 3 FETCH (UID 3) '],
    ['two brackets', '* 3 FETCH (UID 3))'],
    ['an unknown item', '* 3 FETCH (UID 3 X-MORE 1)'],
    ['a quoted body', '* 3 FETCH (UID 3 BODY[] "hello")'],
    ['a body that is NIL', '* 3 FETCH (UID 3 BODY[] NIL)'],
    ['a literal that is not there', '* 3 FETCH (UID 3 BODY[] {5}\r\n)'],
    ['a flag that is a number', '* 3 FETCH (UID 3 FLAGS (1))'],
    ['a flag that is NIL', '* 3 FETCH (UID 3 FLAGS (nil))'],
    ['a date that is none', '* 3 FETCH (UID 3 INTERNALDATE "40-Jan-2024 10:00:00 +0000")'],
    ['a number that is too long', `* 3 FETCH (UID 3 RFC822.SIZE ${'9'.repeat(16)})`],
    ['a line that is too long', `* 3 FETCH (UID 3 FLAGS (${'a '.repeat(3000)}b))`],
    ['bytes that are no ASCII', '* 3 FETCH (UID 3 FLAGS (\xe4))'],
  ])('that is %s is left to others', ([, line]) => {
    expect(read(line ?? '')).toBeUndefined();
  });

  it('with a literal of another length than it says, or with one too many, is left to others', () => {
    expect(read('* 3 FETCH (UID 3 BODY[] {5}\r\n)', 'four')).toBeUndefined();
    expect(read('* 3 FETCH (UID 3 BODY[] {4}\r\n)', 'four', 'more')).toBeUndefined();
  });

  it('means what it means to imapflow, however strange it is, wherever it is read here at all', async () => {
    let readHere = 0;
    await fc.assert(
      fc.asyncProperty(anyAnswer, async ({ line, literals }) => {
        const ours = readFetchAnswer(line, literals);
        if (ours === undefined) return;
        readHere += 1;
        const theirs = await formatMessageResponse(await parse(line, { literals: [...literals] }), {} as never);
        expect(definedOf(ours)).toEqual(definedOf(theirs));
      }),
      { numRuns: 5000 },
    );
    expect(readHere).toBeGreaterThan(1000);
  });
});

const fields = ['uid', 'flags', 'size', 'internalDate', 'emailId', 'threadId', 'source', 'headers'] as const;
const definedOf = (message: Partial<FetchedMessage>) =>
  Object.fromEntries(fields.flatMap((field) => (message[field] === undefined ? [] : [[field, message[field]]])));

const number = fc.nat().map(String);
const word = fc.constantFrom('\\Seen', '\\Answered', '$Forwarded', 'NonJunk', 'a.b', 'a-b_c', 'INBOX', 'Nil1');
const strangeWords = ['NIL', 'nil', '\\', '\\*', '1', '1:2', '*', 'a\\b', 'a:b', '{1}', '""', ''];
const strangeNumbers = ['0', '00', '4294967295', '9999999999', '99999999999', '9999999999999999', '-1', '1.5', 'NIL'];
const list = (of: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.array(of, { maxLength: 4 }).map((all) => `(${all.join(' ')})`);
const anyWord = fc.oneof({ weight: 12, arbitrary: word }, fc.constantFrom(...strangeWords));
const anyNumber = fc.oneof({ weight: 12, arbitrary: number }, fc.constantFrom(...strangeNumbers));
const date = fc
  .tuple(
    fc.constantFrom('01', ' 1', '31', '30', '00', '40'),
    fc.constantFrom('Jan', 'Feb', 'Dec', 'Mai'),
    fc.integer({ min: 0, max: 9999 }).map((year) => String(year).padStart(4, '0')),
    fc.constantFrom('10:00:00 +0000', '23:59:59 -1200', '24:00:00 +9999', '10:61:00 +0000'),
  )
  .map(([day, month, year, time]) => `"${day}-${month}-${year} ${time}"`);
const anyItem = fc.oneof(
  anyNumber.map((value) => `UID ${value}`),
  list(anyWord).map((value) => `FLAGS ${value}`),
  anyNumber.map((value) => `RFC822.SIZE ${value}`),
  date.map((value) => `INTERNALDATE ${value}`),
  anyNumber.map((value) => `MODSEQ (${value})`),
  anyWord.map((value) => `EMAILID (${value})`),
  fc.oneof(list(anyWord), fc.constant('NIL')).map((value) => `THREADID ${value}`),
  fc.constantFrom('BODY[]', 'BODY[HEADER]', 'BODY[]<0>', 'BODY[HEADER]<7>').map((name) => `${name} {3}\r\n`),
  fc.constantFrom(
    'BODY[] NIL',
    'BODY[] "abc"',
    'BODY[TEXT] {3}\r\n',
    'BODY[]<0.5> {3}\r\n',
    'X-GM-MSGID 12',
    'ENVELOPE NIL',
    'uid 7',
  ),
);
const tame = { weight: 12, arbitrary: fc.constant(undefined) };
/** Items in any order and number; now and then another beginning or end, or one byte of the line is another one. */
const anyAnswer = fc
  .record({
    items: fc.array(anyItem, { maxLength: 5 }),
    uidAt: fc.nat(5),
    beginning: fc.oneof(
      tame,
      fc.constantFrom('* 4294967295 FETCH (', '* 0 FETCH (', '* 1 fetch (', '* 1  FETCH (', '\0* 1 FETCH ('),
    ),
    end: fc.oneof(tame, fc.constantFrom(' )', '', '))', ') ')),
    other: fc.oneof(tame, fc.record({ at: fc.nat(100), byte: fc.integer({ min: 0, max: 255 }) })),
  })
  .map(({ items, uidAt, beginning = '* 1 FETCH (', end = ')', other }) => {
    const line = Buffer.from(`${beginning}${items.toSpliced(uidAt, 0, 'UID 7').join(' ')}${end}`, 'latin1');
    if (other !== undefined && other.at < line.length) line[other.at] = other.byte;
    const literals = line.toString('latin1').match(/\{3\}\r\n/g) ?? [];
    return { line, literals: literals.map((_, at) => Buffer.from(`ab${at}`)) };
  });
