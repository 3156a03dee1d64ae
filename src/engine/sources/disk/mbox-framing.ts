const from = Buffer.from('From ');
const lineFeed = 0x0a;
const greater = 0x3e;

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `From - Sun Mar  1 10:00:00 2026`: the separator as Thunderbird writes it, in UTC as RFC 4155 asks for. */
export function separatorLine(timeMs: number): string {
  const time = new Date(timeMs);
  const day = String(time.getUTCDate()).padStart(2, ' ');
  const clock = time.toISOString().slice(11, 19);
  return `From - ${days[time.getUTCDay()]} ${months[time.getUTCMonth()]} ${day} ${clock} ${time.getUTCFullYear()}\n`;
}

/**
 * A message in the mboxrd form: every line of any number of `>` followed by `From ` gets one more `>`, so that taking one away gives
 * the message back. A line end is added where the last line has none, and an empty line ends the message; nothing else changes.
 */
export function mboxrdPieces(message: Uint8Array, timeMs: number): Buffer[] {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.length);
  const pieces: Buffer[] = [Buffer.from(separatorLine(timeMs))];
  let kept = 0;
  for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + from.length)) {
    let start = at;
    while (start > 0 && bytes[start - 1] === greater) start--;
    if (start > 0 && bytes[start - 1] !== lineFeed) continue;
    pieces.push(bytes.subarray(kept, start), Buffer.of(greater));
    kept = start;
  }
  pieces.push(bytes.subarray(kept), Buffer.from(bytes.at(-1) === lineFeed || bytes.length === 0 ? '\n' : '\n\n'));
  return pieces;
}
