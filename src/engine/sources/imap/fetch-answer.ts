import type { FetchMessageObject } from 'imapflow';

/** One answer to FETCH (RFC 3501, section 7.4.2), as far as a backup asks for it. */
export type FetchedMessage = Pick<
  FetchMessageObject,
  'uid' | 'flags' | 'labels' | 'size' | 'internalDate' | 'emailId' | 'threadId' | 'source' | 'headers'
>;

/** An honest answer without its literals is a tenth of it: flags make its length. */
const lineLimit = 4096;

const beginning = /^\* [1-9]\d{0,9} FETCH \(/;
const notNil = '(?![Nn][Ii][Ll][ )])';
const flag = String.raw`${notNil}[\\$A-Za-z][\w$.-]*`;
const objectId = String.raw`${notNil}[A-Za-z][\w-]{0,254}`;
/** Names as servers write them; each value only in its plainest form. */
const items = [
  String.raw`UID ([1-9]\d{0,9})`,
  String.raw`FLAGS \(((?:${flag}(?: ${flag})*)?)\)`,
  String.raw`INTERNALDATE "([ \d]\d-[A-Z][a-z]{2}-\d{4} \d\d:\d\d:\d\d [+-]\d{4})"`,
  String.raw`RFC822\.SIZE (\d{1,15})`,
  String.raw`EMAILID \((${objectId})\)`,
  String.raw`THREADID (NIL|\(${objectId}\))`,
  String.raw`MODSEQ \(\d{1,19}\)`,
  String.raw`BODY\[(HEADER)?\](?:<\d{1,10}>)? \{(\d{1,10})\}\r\n`,
];
const itemAndEnd = new RegExp(`(?:${items.join('|')})( |\\)$)`, 'y');

/**
 * Reads an answer in the form in which nearly all of them come. Undefined: anything else there is, which is for a whole parser to
 * understand or to refuse. What is read here means the same there: see the test.
 */
export function readFetchAnswer(line: Buffer, literals: readonly Buffer[]): FetchedMessage | undefined {
  if (line.length > lineLimit) return undefined;
  const text = line.toString('latin1');
  const begun = beginning.exec(text);
  if (begun === null) return undefined;
  const found: Partial<FetchedMessage> = {};
  let literal = 0;
  itemAndEnd.lastIndex = begun[0].length;
  for (;;) {
    const match = itemAndEnd.exec(text);
    if (match === null) return undefined;
    const [, uid, flags, date, size, emailId, threadId, header, bytes, end] = match;
    if (bytes !== undefined) {
      const content = literals[literal++];
      if (content?.length !== Number(bytes)) return undefined;
      found[header === undefined ? 'source' : 'headers'] = content;
    } else if (uid !== undefined) found.uid = Number(uid);
    else if (flags !== undefined) found.flags = new Set(flags === '' ? [] : flags.split(' '));
    else if (size !== undefined) found.size = Number(size);
    else if (emailId !== undefined) found.emailId = emailId;
    else if (threadId !== undefined) found.threadId = threadId === 'NIL' ? undefined : threadId.slice(1, -1);
    else if (date !== undefined) {
      const time = new Date(date);
      if (Number.isNaN(time.getTime())) return undefined;
      found.internalDate = time;
    }
    if (end === ')') break;
  }
  const { uid, ...rest } = found;
  return uid === undefined || literal !== literals.length ? undefined : { uid, ...rest };
}
