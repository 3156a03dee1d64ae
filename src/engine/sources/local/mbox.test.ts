import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../test/kit/temporary-folder.ts';
import { NodeFileSystem } from '../../kernel/node-file-system.ts';
import { mboxrdPieces } from '../disk/mbox-framing.ts';
import { splitHeader } from './mbox-header.ts';
import { messagesIn } from './mbox-messages.ts';
import { unquoted } from './mbox-quoting.ts';
import { separatorTimeMs } from './mbox-separator.ts';
import { Pieces } from './pieces.ts';

const files = new NodeFileSystem();

/** What is in an mbox, as text of one character a byte. */
function read(mbox: string | Buffer): string[] {
  const file = path.join(temporaryFolder(), 'mbox');
  fs.writeFileSync(file, typeof mbox === 'string' ? Buffer.from(mbox, 'latin1') : mbox);
  const handle = files.open(file, 'read');
  try {
    const pieces = new Pieces(handle, handle.stat().sizeBytes);
    return [...messagesIn(pieces)].map(({ start, end, quoting }) =>
      Buffer.concat([...unquoted(pieces.range(start, end), quoting)].map((piece) => Buffer.from(piece))).toString('latin1'),
    );
  } finally {
    handle.close();
  }
}

const sunday = 'From anna@nord.example Sun Mar  1 10:00:00 2026\n';
const seed = Number(process.env['STRATA_SEED'] ?? 20_260_301);

describe('an mbox', () => {
  it('is read as mboxrd: one > is taken off each quoted line, wherever it stands', () => {
    expect(read(`${sunday}Subject: a\n\n>From here\n>>From there\nnot >From\n\n${sunday}Subject: b\n\nx\n\n`)).toEqual([
      'Subject: a\n\nFrom here\n>From there\nnot >From\n',
      'Subject: b\n\nx\n',
    ]);
  });

  it('is read as mboxcl: a told length counts, and one > is taken off where only that was put', () => {
    const body = '>From here\n>>From there\n';
    expect(read(`${sunday}Subject: a\nContent-Length: ${body.length}\n\n${body}\n${sunday}Subject: b\n\nx\n\n`)).toEqual([
      `Subject: a\nContent-Length: ${body.length}\n\nFrom here\n>>From there\n`,
      'Subject: b\n\nx\n',
    ]);
  });

  it('is read as mboxcl2: what looks like a separator inside of a told length is text, and nothing is taken off', () => {
    const body = `Hello\n\n${sunday}Subject: forwarded\n\n>From here\nno line end`;
    expect(read(`${sunday}Subject: a\nContent-Length: ${body.length}\n\n${body}\n\n${sunday}Subject: b\n\nx\n\n`)).toEqual([
      `Subject: a\nContent-Length: ${body.length}\n\n${body}`,
      'Subject: b\n\nx\n',
    ]);
  });

  it('finds the end of a header wherever it falls, with line ends of either kind', () => {
    const body = `Hello\n\n${sunday}Subject: forwarded\n\nx`;
    for (const [ending, room] of [
      ['\n', 4096],
      ['\r\n', 4096],
      ['\n', 32_768],
      ['\r\n', 32_768],
    ] as const) {
      const told = `Content-Length: ${body.length}${ending}`;
      for (let length = room - 4; length <= room + 4; length += 1) {
        const header = `X: ${'a'.repeat(length - told.length - 2 * ending.length - 3)}${ending}${told}${ending}`;
        expect(read(`${sunday}${header}${body}\n\n${sunday}Subject: b\n\nx\n\n`)).toHaveLength(2);
      }
    }
  });

  it('does not believe a length that leads nowhere', () => {
    for (const length of ['3', '99999999999', '-1', '1e3'])
      expect(read(`${sunday}Subject: a\nContent-Length: ${length}\n\nHello\n\n${sunday}Subject: b\n\nx\n`)).toHaveLength(2);
  });

  it('takes text for text: a line that begins with From is no separator without a date or without a gap', () => {
    const text = 'Subject: a\n\nFrom now on it is 10:30 in 2026\nFrom Sunday on\n\nFrom what I hear, Sun is out\n';
    expect(read(`${sunday}${text}\n`)).toEqual([text]);
  });

  it.each([
    ['of Thunderbird', 'From - Mon Jul 04 12:08:34 2022\n'],
    ['of Thunderbird, without a date', 'From \n'],
    ['with a zone', 'From MAILER-DAEMON Fri Jul  8 12:08:34 2011 +0200\n'],
    ['with the zone before the year', 'From a@b Fri Jul  8 12:08:34 CEST 2011\n'],
    ['of Google', 'From 1234567890@xxx Sat Jan 01 00:00:00 +0000 2022\n'],
    ['with Windows line ends', 'From a@b Fri Jul  8 12:08:34 2011\r\n'],
  ])('knows the separator %s', (_, separator) => {
    const end = separator.endsWith('\r\n') ? '\r\n' : '\n';
    const message = `Subject: a${end}${end}x${end}`;
    expect(read(`${separator}${message}${end}${separator}${message}${end}`)).toEqual([message, message]);
  });

  it('is read where the empty line between messages is missing', () => {
    expect(read(`${sunday}Subject: a\n\nx\n${sunday}Subject: b\n\ny`)).toEqual(['Subject: a\n\nx\n', 'Subject: b\n\ny']);
  });

  it('holds a message that is longer than what is looked at in one piece', () => {
    const body = `${'x'.repeat(1_048_570)}\n>From here\n${'>'.repeat(300)}From\n`.repeat(3);
    const [message] = read(`${sunday}Subject: a\n\n${body}\n${sunday}Subject: b\n\ny\n`);
    expect(message).toBe(`Subject: a\n\n${body.replaceAll('\n>From here', '\nFrom here')}`);
  });

  it('gives every message back exactly as it was before Strata wrote it there', () => {
    const lines = fc.constantFrom(
      'From here',
      '>From',
      '>>From x',
      '>'.repeat(40),
      'From - Sun Mar  1 10:00:00 2026',
      'Subject: x',
      '',
      ' ',
      'F',
      '\r',
    );
    const message = fc
      .array(fc.oneof(lines, fc.string({ maxLength: 30 }), fc.constantFrom('\u00ff\u0000', 'From ', '>From ')), { maxLength: 12 })
      .map((all) => all.join('\n').replaceAll(/[^\0-\u00ff]/g, '?'));
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 4 }), (messages) => {
        const mbox = Buffer.concat(messages.flatMap((one) => mboxrdPieces(Buffer.from(one, 'latin1'), 1_772_359_200_000)));
        // Without a line end at its end a message cannot be in an mbox.
        expect(read(mbox)).toEqual(messages.map((one) => (one === '' || one.endsWith('\n') ? one : `${one}\n`)));
      }),
      { seed, numRuns: 400 },
    );
  });

  it('takes quoting off the same however the pieces fall', () => {
    const text = fc.array(fc.constantFrom('>', 'From ', '\n', 'x', 'Fr', 'om'), { maxLength: 40 }).map((all) => all.join(''));
    const at = fc.array(fc.nat({ max: 60 }), { maxLength: 6 });
    fc.assert(
      fc.property(text, at, fc.constantFrom('every' as const, 'bare' as const), (whole, cuts, quoting) => {
        const bytes = Buffer.from(whole);
        const ends = [...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length].sort((one, other) => one - other);
        const pieces = ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
        const taken = Buffer.concat([...unquoted(pieces, quoting)].map((piece) => Buffer.from(piece))).toString();
        const pattern = quoting === 'every' ? /^>(?=>*From )/gm : /^>(?=From )/gm;
        expect(taken).toBe(whole.replaceAll(pattern, ''));
      }),
      { seed, numRuns: 1000 },
    );
  });

  it('never fails, whatever is in it', () => {
    const piece = fc.constantFrom(
      sunday,
      'From \n',
      '\n',
      '\r\n',
      'Content-Length: 7\n',
      'Content-Length: 0\n',
      '\n\n',
      '>From ',
      'A: b\n',
      '\0\u00ff',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 20 })), { maxLength: 20 }), (all) => {
        const mbox = `${sunday}${all.join('').replaceAll(/[^\0-\u00ff]/g, '?')}`;
        const found = read(mbox);
        expect(found.join('').length).toBeLessThanOrEqual(mbox.length);
        expect(found.length).toBeGreaterThan(0);
      }),
      { seed, numRuns: 600 },
    );
  });
});

describe('the header of a message in an mbox', () => {
  const split = (text: string): ReturnType<typeof splitHeader> => splitHeader(Buffer.from(text));

  it('tells the flags of mail readers and of Thunderbird', () => {
    expect(split('Status: RO\nX-Status: AF\nX-Keywords: work, $label1\n').status).toEqual({
      flags: ['\\Answered', '\\Flagged', '\\Seen'],
      keywords: ['$label1', 'work'],
      isExpunged: false,
    });
    expect(split('X-Mozilla-Status: 1005\nX-Mozilla-Keys: $label2   \n').status).toEqual({
      flags: ['\\Flagged', '\\Seen'],
      keywords: ['$Forwarded', '$label2'],
      isExpunged: false,
    });
    expect(split('X-Mozilla-Status: 0009\n').status.isExpunged).toBe(true);
    expect(split('X-Mozilla-Status: nonsense\nStatus:\n').status).toEqual({ flags: [], keywords: [], isExpunged: false });
  });

  it('is the same message without what programs note in it', () => {
    const own = (text: string): string => Buffer.concat(split(text).own).toString();
    expect(own('Subject: a\n b\nStatus: R\nX-Mozilla-Keys: x\n y\nTo: c\n\n')).toBe('Subject: a\n b\nTo: c\n\n');
  });
});

describe('the date of a separator', () => {
  it.each([
    ['From - Sun Mar  1 10:00:00 2026', '2026-03-01T10:00:00.000Z'],
    ['From a@b Fri Jul  8 12:08:34 2011 +0200', '2011-07-08T10:08:34.000Z'],
    ['From a@b Sat Jan 01 00:00:00 +0130 2022', '2021-12-31T22:30:00.000Z'],
    ['From a@b Sun Foo  1 10:00:00 2026', undefined],
    ['From ', undefined],
  ])('%s', (line, expected) => {
    const timeMs = separatorTimeMs(line);
    expect(timeMs === undefined ? undefined : new Date(timeMs).toISOString()).toBe(expected);
  });
});
