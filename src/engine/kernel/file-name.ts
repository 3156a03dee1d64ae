/**
 * Names of files as strings, without losing a byte.
 *
 * A POSIX name is any bytes but `/` and NUL. Valid UTF-8 stays as it is; every byte b (0x80 to 0xFF) that is not part of
 * valid UTF-8 becomes the private-use character U+EF00 + b, that is U+EF80 to U+EFFF (the range of MirBSD's OPTU-8).
 * A name that really holds one of these characters has its three bytes treated as invalid, so each of them becomes an
 * escape of its own. Hence different bytes always give different strings, and `nameBytes(nameText(b))` is b.
 */
const escaped = /[\uef80-\uefff]/;
/** What decoding leaves where bytes were not UTF-8, or what could be mistaken for an escape. */
const suspicious = /[\uef80-\uefff\ufffd]/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
const plain = /^[\0-\x7f]*$/;

const firstEscape = 0xef00;

/** False: Node may be given the string itself, and what Node decoded needs no second look. */
export const holdsEscape = (name: string): boolean => escaped.test(name);
export const mayHideBytes = (decoded: string): boolean => suspicious.test(decoded);

export function nameText(bytes: Buffer): string {
  const decoded = bytes.toString('utf8');
  if (!mayHideBytes(decoded)) return decoded;
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = validSequence(bytes, at);
    if (length > 0) text += bytes.toString('utf8', at, at + length);
    else text += String.fromCharCode(firstEscape + (bytes[at] ?? 0));
    at += Math.max(length, 1);
  }
  return text;
}

export function nameBytes(name: string): Buffer {
  if (!holdsEscape(name)) return Buffer.from(name, 'utf8');
  const parts: Buffer[] = [];
  for (const part of name.split(/([\uef80-\uefff])/)) {
    parts.push(escaped.test(part) ? Buffer.of(part.charCodeAt(0) - firstEscape) : Buffer.from(part, 'utf8'));
  }
  return Buffer.concat(parts);
}

/** Equal for names that some disk takes for one: one that does not tell upper from lower case, or one spelling of a letter from another. */
export const foldedName = (name: string): string => (plain.test(name) ? name : name.normalize('NFC')).toLowerCase();

/** Length of the valid UTF-8 sequence at this place (RFC 3629, section 4), 0 where there is none or where it is one of our escapes. */
function validSequence(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  for (let next = 1; next < length; next++) if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0;
  const second = bytes[at + 1] ?? 0;
  const overlong = (first === 0xe0 && second < 0xa0) || (first === 0xf0 && second < 0x90);
  const surrogate = first === 0xed && second > 0x9f;
  const tooHigh = first === 0xf4 && second > 0x8f;
  // U+EF80 to U+EFFF is EE BE 80 to EE BF BF.
  const escape = first === 0xee && second >= 0xbe;
  return overlong || surrogate || tooHigh || escape ? 0 : length;
}
