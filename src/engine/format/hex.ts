const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Lower case. Written out because this room has no Node and the language has no `toHex` before V8 14. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 1) text += digits[bytes[index] as number];
  return text;
}

const nibble = (code: number): number => (code >= 48 && code <= 57 ? code - 48 : code >= 97 && code <= 102 ? code - 87 : -1);

/** Undefined unless the text is exactly `length` bytes in lower case. */
export function fromHex(text: string, length: number): Uint8Array | undefined {
  if (text.length !== length * 2) return undefined;
  const bytes = new Uint8Array(length);
  for (let index = 0; index < length; index += 1) {
    const high = nibble(text.charCodeAt(index * 2));
    const low = nibble(text.charCodeAt(index * 2 + 1));
    if (high < 0 || low < 0) return undefined;
    bytes[index] = high * 16 + low;
  }
  return bytes;
}

export const isHex = (text: string, length: number): boolean => text.length === length * 2 && /^[0-9a-f]*$/.test(text);
