/**
 * What a program wrote, as text that can be shown anywhere: bytes that are no UTF-8 as `\xff`, and nothing that moves a cursor, colours, hides or
 * turns text around. A first character that was cut is left out.
 */
export function cleanOutput(bytes: Uint8Array, isCut: boolean): string {
  let from = 0;
  while (isCut && from < Math.min(3, bytes.length) && isContinuation(bytes[from])) from += 1;
  return withoutControls(decode(bytes.subarray(from)));
}

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
function strictly(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined; // no UTF-8: the caller looks closer
  }
}

function decode(bytes: Uint8Array): string {
  const whole = strictly(bytes);
  if (whole !== undefined) return whole;
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const [first = 0] = bytes.subarray(at);
    const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    const piece = at + length <= bytes.length ? strictly(bytes.subarray(at, at + length)) : undefined;
    text += piece ?? `\\x${first.toString(16).padStart(2, '0')}`;
    at += piece === undefined ? 1 : length;
  }
  return text;
}

/** ECMA-48: `ESC [ …`, `ESC ] … BEL` and the like, whole; then whatever else is no character that can be seen. */
const sequences = /\u001b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-~])/g;
const unseen = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/gu;
const withoutControls = (text: string): string =>
  text
    .replace(sequences, '')
    .replace(/\r\n?/g, '\n')
    .replace(unseen, (found) => (found === '\n' || found === '\t' ? found : ''));
