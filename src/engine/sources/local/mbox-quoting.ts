/**
 * `words`: one `>` was put before any number of `>` and `From`, whatever follows (imap-backup until its version 3). `every`: one `>` was put before any number of `>` and `From ` (mboxrd). `bare`: only before `From ` itself (mboxo, mboxcl).
 * `none`: nothing was changed, because the message's length is told (mboxcl2).
 */
export type Quoting = 'words' | 'every' | 'bare' | 'none';

const lineFeed = 0x0a;
const greater = 0x3e;
const quotedLine = Buffer.from('>From ');
const quotedWord = Buffer.from('>From');
/** A row of that many `>` is no quoting any more, and is not waited for. */
const longestRow = 4096;

/** The message as it was before it was put into an mbox. Pieces may be valid only until the next is asked for. */
export function* unquoted(pieces: Iterable<Buffer>, quoting: Quoting): Generator<Buffer> {
  if (quoting === 'none') {
    yield* pieces;
    return;
  }
  let rest: Buffer = Buffer.alloc(0);
  let beginsLine = true;
  for (const piece of pieces) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const end = undecidedFrom(bytes, beginsLine);
    yield* without(bytes.subarray(0, end), beginsLine, quoting);
    if (end > 0) beginsLine = bytes[end - 1] === lineFeed;
    rest = Buffer.from(bytes.subarray(end));
  }
  yield* without(rest, beginsLine, quoting);
}

/** Where a last line begins of which more must be seen. */
function undecidedFrom(bytes: Buffer, beginsLine: boolean): number {
  const start = bytes.lastIndexOf(lineFeed) + 1;
  if ((start === 0 && !beginsLine) || bytes.length - start > longestRow) return bytes.length;
  const last = bytes.toString('latin1', start);
  return /^>+(?:F(?:r(?:o(?:m)?)?)?)?$/.test(last) ? start : bytes.length;
}

function* without(bytes: Buffer, beginsLine: boolean, quoting: Quoting): Generator<Buffer> {
  const quoted = quoting === 'words' ? quotedWord : quotedLine;
  let kept = 0;
  for (let at = bytes.indexOf(quoted); at >= 0; at = bytes.indexOf(quoted, at + quoted.length)) {
    let start = at;
    while (start > 0 && bytes[start - 1] === greater) start--;
    const isLine = start === 0 ? beginsLine : bytes[start - 1] === lineFeed;
    if (!isLine || (quoting === 'bare' && start !== at)) continue;
    yield bytes.subarray(kept, start);
    kept = start + 1;
  }
  yield bytes.subarray(kept);
}
