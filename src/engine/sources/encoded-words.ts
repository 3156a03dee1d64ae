/**
 * Encoded words (RFC 2047) of a header value as text. Never throws: what is no well-formed word stays as it is.
 *
 * Neighbours of one charset are put together as bytes before they are decoded: many programs cut in the middle of a character,
 * which the RFC forbids and readers see as two broken signs.
 */
export function decodeEncodedWords(value: string): string {
  let text = '';
  let end = 0;
  let pending: { charset: string; bytes: Buffer[] } | undefined;
  const flush = (): void => {
    if (pending !== undefined) text += decodeBytes(Buffer.concat(pending.bytes), pending.charset);
    pending = undefined;
  };
  for (const match of value.matchAll(word)) {
    const [whole, charset = '', encoding = '', encoded = ''] = match;
    const between = value.slice(end, match.index);
    const bytes = wordBytes(encoding, encoded);
    // Section 6.2: white space between two words is not shown.
    const joins = pending !== undefined && /^\s*$/.test(between);
    if (!joins) flush();
    if (!joins) text += between;
    if (bytes === undefined) {
      flush();
      text += whole;
    } else if (pending?.charset === charset.toLowerCase()) {
      pending.bytes.push(bytes);
    } else {
      flush();
      pending = { charset: charset.toLowerCase(), bytes: [bytes] };
    }
    end = match.index + whole.length;
  }
  flush();
  return text + value.slice(end);
}

/** A charset may carry a language (RFC 2231, section 5). Spaces inside are forbidden and are sent all the same. */
const word = /=\?([\w.:+-]{1,40})(?:\*[\w-]{0,40})?\?([bq])\?([^?]*)\?=/gi;

function wordBytes(encoding: string, encoded: string): Buffer | undefined {
  const bytes = /b/i.test(encoding) ? Buffer.from(encoded, 'base64') : quotedBytes(encoded);
  return bytes.length === 0 && encoded !== '' ? undefined : bytes;
}

function quotedBytes(encoded: string): Buffer {
  const raw = Buffer.from(encoded, 'utf8');
  for (let at = 0; at < raw.length; at++) if (raw[at] === 0x5f) raw[at] = 0x20;
  return quotedPrintable(raw);
}

/** Bytes that were written as `=E4` (RFC 2045, section 6.7). What is no such sign stays as it is. */
export function quotedPrintable(encoded: Uint8Array): Buffer {
  const raw = Buffer.from(encoded);
  let length = 0;
  for (let at = 0; at < raw.length; at++) {
    const byte = raw[at] ?? 0;
    const high = byte === 0x3d ? hexDigit(raw[at + 1]) : -1;
    const low = high < 0 ? -1 : hexDigit(raw[at + 2]);
    if (low >= 0) at += 2;
    raw[length++] = low >= 0 ? high * 16 + low : byte;
  }
  return raw.subarray(0, length);
}

function hexDigit(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

type Decoder = InstanceType<typeof TextDecoder>;
const decoders = new Map<string, Decoder>();

/** By the charset's name; one that nobody knows is guessed. */
export function decodeBytes(bytes: Uint8Array, charset: string): string {
  const named = decoderFor(charset);
  return named === undefined || named.encoding === 'utf-8' ? decodeUnlabelled(bytes) : named.decode(bytes);
}

/** UTF-8 if it is that; else Windows-1252, in which every byte means something and most old mail is written. */
export function decodeUnlabelled(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return windows1252.decode(bytes); // not UTF-8, which is all that the decoder refuses
  }
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });
const windows1252 = new TextDecoder('windows-1252');

function decoderFor(charset: string): Decoder | undefined {
  const known = decoders.get(charset);
  if (known !== undefined) return known;
  try {
    const decoder = new TextDecoder(charset);
    // Bounded: the encoding standard has about forty encodings and 220 names for them.
    decoders.set(charset, decoder);
    return decoder;
  } catch {
    return undefined; // not a name of the encoding standard: the caller guesses
  }
}
