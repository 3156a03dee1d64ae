import { describe, expect, it } from 'vitest';
import { mutants } from '../../../test/kit/mutator.ts';
import { calendarSpecimens } from '../../../test/kit/specimens/calendar.ts';
import { contactSpecimens } from '../../../test/kit/specimens/contacts.ts';
import type { FileHandle } from '../kernel/file-system.ts';
import { summarizeCalendar } from './calendar-summary.ts';
import { summarizeContact } from './contact-summary.ts';
import { mboxrdPieces } from './disk/mbox-framing.ts';
import { splitHeader } from './local/mbox-header.ts';
import { messagesIn } from './local/mbox-messages.ts';
import { unquoted } from './local/mbox-quoting.ts';
import { Pieces } from './local/pieces.ts';
import { summarizeMessage } from './message-summary.ts';

const isFull = process.env['STRATA_TIER'] === 'full';
const seed = Number(process.env['STRATA_SEED'] ?? 4711);
const executions = isFull ? 1_000_000 : 2000;
/** What is longer is tested where it is made; here it would be all that the time goes to. */
const small = (specimens: readonly { readonly bytes: Uint8Array }[]): Uint8Array[] =>
  specimens.map(({ bytes }) => bytes).filter(({ length }) => length <= 8192);

const messages = [
  'From: =?utf-8?B?QW5uYQ==?= <a@b.example>\r\nTo: b@c.example,\r\n d@e.example\r\nSubject: =?iso-8859-1?Q?Gr=FC=DFe?=\r\nDate: Sun, 1 Mar 2026 10:00:00 +0100\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n\r\nHello\r\n--x--\r\n',
  'Subject: a\nStatus: RO\nX-Mozilla-Status: 0001\nContent-Length: 12\n\nFrom here on\n',
  'Received: from x\n\tby y; Mon, 2 Mar 2026 10:00:00 GMT\nSubject:\n\n>From there\n',
].map((text) => Buffer.from(text));
const mboxes = [
  Buffer.concat(messages.flatMap((message) => mboxrdPieces(message, 1_772_359_200_000))),
  Buffer.from('From - Sun Mar  1 10:00:00 2026\r\nContent-Length: 5\r\n\r\nHello\r\n\r\nFrom \r\nA: b\r\n\r\n'),
];

/** An open file that is in memory. */
const fileOf = (bytes: Buffer): Pieces =>
  new Pieces(
    { read: (into: Uint8Array, position: number) => bytes.copy(into, 0, position) } as unknown as FileHandle,
    bytes.length,
  );

const targets: readonly (readonly [name: string, specimens: readonly Uint8Array[], parse: (bytes: Buffer) => void])[] = [
  ['a calendar', small(calendarSpecimens), (bytes) => void expectShort(summarizeCalendar(bytes).summary.title)],
  ['a contact', small(contactSpecimens), (bytes) => void expectShort(summarizeContact(bytes).summary.title)],
  ['the header of a message', messages, (bytes) => void expectShort(summarizeMessage(bytes).title)],
  [
    'an mbox',
    mboxes,
    (bytes) => {
      const file = fileOf(bytes);
      let last = 0;
      for (const { start, body, end, quoting } of messagesIn(file)) {
        // Each lies behind the one before: what is read ends.
        if (start < last || body < start || end < start || end > bytes.length) throw new Error('a message out of place');
        last = end;
        splitHeader(file.at(start, body - start));
        let length = 0;
        for (const piece of unquoted(file.range(start, end), quoting)) length += piece.length;
        if (length > end - start) throw new Error('longer than it was');
      }
    },
  ],
];

function expectShort(title: string): void {
  if (title.length > 1100) throw new Error('a title without end');
}

describe(`what is damaged (seed ${seed})`, () => {
  it.each(targets)(
    'is read as far as it goes, and breaks nothing: %s',
    { timeout: isFull ? 3_600_000 : 60_000 },
    (_, specimens, parse) => {
      for (const mutant of mutants(specimens, seed, executions)) {
        try {
          parse(mutant);
        } catch (error) {
          throw new Error(`of ${mutant.toString('base64')}`, { cause: error });
        }
      }
      expect(specimens.length).toBeGreaterThan(0);
    },
  );
});
