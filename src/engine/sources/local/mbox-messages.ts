import type { Beside } from './beside.ts';
import { gapBefore, nextSeparator, type Separator, separatorAt } from './mbox-separator.ts';
import type { Quoting } from './mbox-quoting.ts';
import type { Pieces } from './pieces.ts';

/** A message in an mbox, by its place. */
export interface Framed {
  readonly separator: string;
  /** Where the separator begins. */
  readonly at: number;
  readonly start: number;
  /** Behind the empty line that ends the header; `start` where no end was found in reasonable length. */
  readonly body: number;
  readonly end: number;
  readonly quoting: Quoting;
}

/** Real headers are far below. */
const longestHeader = 256 * 1024;
const usualHeader = 4096;

/** A file whose first line begins no message is no mbox. */
export const firstSeparator = (file: Pieces): Separator | undefined => {
  const gap = /^[\r\n]*/.exec(file.at(0, 16).toString('latin1'))?.[0].length ?? 0;
  return separatorAt(file, gap);
};

/**
 * The messages of an mbox in their order: mboxo, mboxrd, mboxcl and mboxcl2, also mixed. A told length counts only where it leads to
 * the next message or to the end of the file.
 */
export function* messagesIn(file: Pieces, beside?: Beside): Generator<Framed> {
  if (beside !== undefined && isWhole(file, beside.places)) yield* messagesAt(file, beside);
  else yield* separated(file, beside?.quoting);
}

/** One message after the other, from the first byte to the last. */
function isWhole(file: Pieces, places: Beside['places']): boolean {
  let end = 0;
  for (const place of places) {
    if (place.at !== end || place.end > file.sizeBytes || file.at(place.at, 5).toString('latin1') !== 'From ') return false;
    end = place.end;
  }
  return places.length > 0 && end === file.sizeBytes;
}

function* messagesAt(file: Pieces, { places, quoting }: Beside): Generator<Framed> {
  for (const { at, end: stop } of places) {
    const line = /^[^\r\n]*(?:\r?\n)?/.exec(file.at(at, Math.min(longestHeader, stop - at)).toString('latin1'))?.[0] ?? '';
    const start = at + line.length;
    const end = Math.max(start, stop - gapBefore(file, stop));
    yield { separator: line.trimEnd(), at, start, body: Math.min(bodyOf(file, start), end), end, quoting };
  }
}

/** `quoting`: that of a program which tells no lengths and believes in none. */
function* separated(file: Pieces, quoting: Quoting | undefined): Generator<Framed> {
  for (let separator = firstSeparator(file); separator !== undefined; ) {
    const { at, line, next: start } = separator;
    const body = bodyOf(file, start);
    const counted =
      body === start || quoting !== undefined ? undefined : countedEnd(file, body, toldLength(file.at(start, body - start)));
    if (counted !== undefined) {
      yield { separator: line, at, start, body, end: counted.end, quoting: quotingOf(file, start, counted.end) };
      separator = counted.following;
      continue;
    }
    const following = nextSeparator(file, start);
    const stop = following?.at ?? file.sizeBytes;
    const end = Math.max(start, stop - gapBefore(file, stop));
    yield { separator: line, at, start, body: Math.min(body, end), end, quoting: quoting ?? 'every' };
    separator = following;
  }
}

/** In growing stretches: looking for an empty line of the kind that a file does not have goes through all that it is given. */
function bodyOf(file: Pieces, start: number): number {
  for (let length = usualHeader; ; length *= 8) {
    const head = file.at(start, Math.min(length, longestHeader));
    const end = emptyLineEnd(head);
    if (end !== undefined) return start + end;
    if (head.length < length || length >= longestHeader) return start;
  }
}

function emptyLineEnd(head: Buffer): number | undefined {
  if (head[0] === 0x0a) return 1;
  if (head[0] === 0x0d && head[1] === 0x0a) return 2;
  const [bare, withReturn] = [head.indexOf('\n\n'), head.indexOf('\n\r\n')];
  if (bare >= 0 && (withReturn < 0 || bare < withReturn)) return bare + 2;
  return withReturn < 0 ? undefined : withReturn + 3;
}

function toldLength(header: Buffer): number | undefined {
  const match = /^content-length:[ \t]*(\d{1,15})[ \t]*\r?$/im.exec(header.toString('latin1'));
  return match === null ? undefined : Number(match[1]);
}

function countedEnd(
  file: Pieces,
  body: number,
  length: number | undefined,
): { readonly end: number; readonly following: Separator | undefined } | undefined {
  if (length === undefined || body + length > file.sizeBytes) return undefined;
  const end = body + length;
  const gap = /^(?:\r?\n){0,2}/.exec(file.at(end, 4).toString('latin1'))?.[0].length ?? 0;
  if (end + gap === file.sizeBytes) return { end, following: undefined };
  // In the middle of a line nothing begins.
  if (gap === 0 && file.at(end - 1, 1)[0] !== 0x0a) return undefined;
  const following = separatorAt(file, end + gap);
  return following === undefined ? undefined : { end, following };
}

/** A line that should have been quoted and is not shows that nothing was. */
function quotingOf(file: Pieces, start: number, end: number): Quoting {
  let before = Buffer.from('\n');
  for (const piece of file.range(start, end)) {
    const bytes = Buffer.concat([before, piece]);
    if (bytes.includes('\nFrom ')) return 'none';
    before = Buffer.from(bytes.subarray(-5));
  }
  return 'bare';
}
