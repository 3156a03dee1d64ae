import { decodeUnlabelled } from './encoded-words.ts';

/** A line of an iCalendar or vCard text (RFC 5545, section 3.1; RFC 6350, section 3.2), put together again where it was folded. */
export interface ContentLine {
  /** In capitals, without the group of a vCard. */
  readonly name: string;
  readonly bytes: Buffer;
  /** It was longer than it may be: only its beginning is here. */
  readonly isCut: boolean;
}

export const lineText = ({ bytes }: ContentLine): string => decodeUnlabelled(bytes);

/** What is beyond is not looked at: an object of a calendar is a ten-thousandth of it. */
const readBytes = 16 * 1024 * 1024;
const lineLimit = 2_000_000;
/** What a list or a card shows of one property. */
const usualLineBytes = 64 * 1024;

const lineFeed = 10;
const carriageReturn = 13;
const nameForm = /^(?:[\w-]{1,100}\.)?([\w-]{1,100})$/;
const longestName = 201;

/**
 * Folded lines are joined as bytes, because folding may cut a character in two. What is no content line is passed over; nothing
 * here ever fails.
 */
export function* contentLines(all: Uint8Array, longestBytes = usualLineBytes): Generator<ContentLine> {
  const bytes = withoutMark(all);
  const end = bytes.includes(lineFeed) ? lineFeed : carriageReturn; // old Macs' files have nothing else
  let at = 0;
  for (let count = 0; at < bytes.length && count < lineLimit; ) {
    const first = physicalLine(bytes, at, end);
    const pieces = [first.text];
    let length = first.text.length;
    let next = first.next;
    const isQuoted = first.text.at(-1) === equals && isQuotedPrintable(first.text);
    for (count++; next < bytes.length && count < lineLimit; count++) {
      const isSoft = isQuoted && pieces.at(-1)?.at(-1) === equals;
      const isFolded = bytes[next] === space || bytes[next] === tab;
      if (!isSoft && !isFolded) break;
      const more = physicalLine(bytes, next, end);
      if (isSoft) pieces[pieces.length - 1] = (pieces.at(-1) ?? more.text).subarray(0, -1);
      // What is cut off is walked over all the same, and its soft ends are not looked for any more.
      if (length <= longestBytes) pieces.push(isSoft ? more.text : more.text.subarray(1));
      length += more.text.length;
      next = more.next;
    }
    const name = nameOf(first.text);
    if (name !== undefined) {
      const whole = pieces.length === 1 ? first.text : Buffer.concat(pieces);
      yield { name, bytes: whole.subarray(0, longestBytes), isCut: whole.length > longestBytes };
    }
    at = next;
  }
}

const known = new Map<string, string>();
const knownLimit = 1000;

/** In capitals; undefined where the line does not begin with one. The usual names are many times in each text. */
function nameOf(line: Buffer): string | undefined {
  let at = 0;
  while (at < longestName && line[at] !== semicolon && line[at] !== colon) if (++at >= line.length) return undefined;
  const written = line.toString('latin1', 0, at);
  const remembered = known.get(written);
  if (remembered !== undefined) return remembered;
  const name = nameForm.exec(written)?.[1]?.toUpperCase();
  if (name !== undefined && known.size < knownLimit) known.set(written, name);
  return name;
}

const space = 32;
const semicolon = 59;
const colon = 58;
const tab = 9;
const equals = 61;

function physicalLine(bytes: Buffer, start: number, end: number): { readonly text: Buffer; readonly next: number } {
  const found = bytes.indexOf(end, start);
  const next = found < 0 ? bytes.length : found + 1;
  let until = found < 0 ? bytes.length : found;
  while (until > start && bytes[until - 1] === carriageReturn) until--;
  return { text: bytes.subarray(start, until), next };
}

/** Only vCards 2.1 have it: the value goes on behind a line that ends in `=`. */
function isQuotedPrintable(line: Buffer): boolean {
  const head = line.toString('latin1', 0, 200);
  return /;(?:encoding=)?quoted-printable[;:]/i.test(head);
}

/** UTF-8 with or without its mark, or what a mark says that it is. */
function withoutMark(all: Uint8Array): Buffer {
  const bytes = Buffer.from(all.buffer, all.byteOffset, Math.min(all.length, readBytes));
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.subarray(3);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return Buffer.from(new TextDecoder('utf-16le').decode(bytes));
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return Buffer.from(new TextDecoder('utf-16be').decode(bytes));
  return bytes;
}
