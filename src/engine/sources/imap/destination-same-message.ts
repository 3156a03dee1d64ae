import { headersEnd } from '../message-id.ts';

/**
 * Whether a message on a server is the one that was given to it: the same, or the same with header fields that a server, a filter or a
 * virus scanner put above or among its own. Every field of the original is there, in its order, and so is its body, byte for byte.
 */
export function isSameMessage(there: Buffer, original: Buffer): boolean {
  if (there.equals(original)) return true;
  const [thereEnd, originalEnd] = [headersEnd(there), headersEnd(original)];
  if (!there.subarray(thereEnd).equals(original.subarray(originalEnd))) return false;
  const fields = fieldsOf(there.subarray(0, thereEnd));
  let at = 0;
  for (const field of fieldsOf(original.subarray(0, originalEnd))) {
    at = fields.indexOf(field, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** With their folded lines; every byte counts, so none is decoded. */
const fieldsOf = (header: Buffer): string[] =>
  header
    .toString('latin1')
    .split(/\r?\n(?![ \t])/)
    .filter((field) => field !== '');
