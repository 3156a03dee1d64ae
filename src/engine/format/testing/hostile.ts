import { isStrataError } from '../../../shared/domain/strata-error.ts';

export const origin = { path: '/target', file: 'the file' };

/** What a reader may say about bytes that are not as described. Anything else that it throws is a bug. */
const refusals = ['storage.damaged', 'storage.record-damaged', 'storage.limit-exceeded', 'storage.newer-format'];

/** Undefined: accepted. Else the code of the refusal. Throws what is no refusal. */
export function refusal(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (isStrataError(error) && refusals.includes(error.code)) return error.code;
    throw error;
  }
}

/** Lengths to which the bytes can be cut and are still accepted. */
export function acceptedTruncations(bytes: Uint8Array, read: (bytes: Uint8Array) => unknown): number[] {
  const accepted: number[] = [];
  for (let length = 0; length < bytes.length; length += 1) {
    if (refusal(() => read(bytes.slice(0, length))) === undefined) accepted.push(length);
  }
  return accepted;
}

/** Offsets of bytes of which a single bit can be flipped unnoticed. */
export function acceptedFlips(
  bytes: Uint8Array,
  read: (bytes: Uint8Array) => unknown,
  at: Iterable<number> = bytes.keys(),
): number[] {
  const accepted = new Set<number>();
  // Not `slice`, which for a Buffer is no copy.
  const copy = Uint8Array.from(bytes);
  for (const offset of at) {
    for (let bit = 0; bit < 8; bit += 1) {
      copy[offset] = (bytes[offset] as number) ^ (1 << bit);
      if (refusal(() => read(copy)) === undefined) accepted.add(offset);
    }
    copy[offset] = bytes[offset] as number;
  }
  return [...accepted];
}
