import type { Manifest } from '../../../shared/domain/item.ts';
import { stubOf } from '../../../shared/domain/stub.ts';
import { encodeManifest } from '../../format/index.ts';

/**
 * A record of manifests with other lines at `indexes`, which are in order. What is not among them stays as it is, to the byte, and is
 * not even read.
 */
export function withLines(
  plain: Uint8Array,
  indexes: readonly number[],
  other: (line: Buffer, index: number) => Uint8Array,
): Uint8Array {
  const bytes = Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength);
  const parts: Uint8Array[] = [];
  let copied = 0;
  // The first line is the record's head.
  let line = -1;
  let from = 0;
  for (const index of indexes) {
    for (; line < index; line += 1) from = bytes.indexOf(lineFeed, from) + 1;
    const end = bytes.indexOf(lineFeed, from);
    parts.push(bytes.subarray(copied, from), other(bytes.subarray(from, end), index));
    copied = end;
  }
  return Buffer.concat([...parts, bytes.subarray(copied)]);
}

const lineFeed = 10;

/** What stays of the version that the line tells of. */
export const stubLine = (line: Buffer): Uint8Array =>
  new TextEncoder().encode(encodeManifest(stubOf(JSON.parse(line.toString('utf8')) as Manifest)));

/** Copies of the lines at `indexes`, which are in order, by their index. */
export function linesAt(plain: Uint8Array, indexes: readonly number[]): Map<number, Uint8Array> {
  const lines = new Map<number, Uint8Array>();
  withLines(plain, indexes, (line, index) => {
    lines.set(index, Uint8Array.from(line));
    return line;
  });
  return lines;
}
