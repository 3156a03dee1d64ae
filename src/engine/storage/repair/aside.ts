import { isStrataError } from '../../../shared/domain/strata-error.ts';
import { headerNames } from '../../format/index.ts';
import type { Target } from '../../targets/target.ts';
import type { Ballast } from '../ballast.ts';
import { requireDisk } from './require-disk.ts';

/** Each is a few megabytes at most, but a repair could be tried every day. */
const mostKept = 3;
const blockBytes = 512;
const namePattern = /^aside\/[0-9]{4}-[0-9]{2}-[0-9]{2}-([0-9]{1,15})\.tar$/;

/**
 * Copies every vital file aside as it is, damaged ones too, into one file that any system can open. Once for each newest commit: what
 * was copied before is as it was even earlier. The oldest copies of this kind go when there are more than three. Returns its name.
 */
export function copyAside(sequence: number, atMs: number, target: Target, ballast: Ballast): string {
  const there = target.list('aside').filter((name) => namePattern.test(name));
  const before = there.find((name) => sequenceOf(name) === sequence);
  if (before !== undefined) return before;
  const name = `aside/${new Date(atMs).toISOString().slice(0, 10)}-${sequence}.tar`;
  requireDisk(target);
  const tar = Buffer.concat([...vitalFiles(target).flatMap((file) => given(file, atMs, target) ?? []), empty(2)]);
  ballast.rescue(() => target.put(name, tar));
  const oldest = there.sort((a, b) => sequenceOf(b) - sequenceOf(a)).slice(mostKept - 1);
  for (const old of oldest) target.remove(old);
  return name;
}

/** How much room that takes. */
export const asideBytes = (target: Target): number =>
  vitalFiles(target).reduce((sum, file) => sum + (target.size(file) ?? 0) + 2 * blockBytes, 2 * blockBytes);

const vitalFiles = (target: Target): string[] => [
  ...headerNames.filter((name) => target.size(name) !== undefined),
  ...['keys', 'commits', 'copies'].flatMap((folder) => target.list(folder)),
];

/** Undefined: the disk does not give it, and another copy must do. */
function given(file: string, atMs: number, target: Target): Uint8Array | undefined {
  try {
    return entry(file, target.read(file), atMs);
  } catch (error) {
    if (!isStrataError(error)) throw error;
    return undefined;
  }
}

const sequenceOf = (name: string): number => Number(namePattern.exec(name)?.[1] ?? 0);

const empty = (blocks: number): Uint8Array => new Uint8Array(blocks * blockBytes);

/** One file in the format that POSIX calls ustar. No vital file's name is longer than its field of 100 bytes. */
function entry(name: string, bytes: Uint8Array, atMs: number): Uint8Array {
  const head = Buffer.alloc(blockBytes);
  head.write(name, 0, 100, 'ascii');
  head.write(`${octal(0o600, 7)}\0${octal(0, 7)}\0${octal(0, 7)}\0`, 100, 'ascii');
  head.write(`${octal(bytes.length, 11)}\0${octal(Math.floor(atMs / 1000), 11)}\0`, 124, 'ascii');
  head.write(' '.repeat(8), 148, 'ascii');
  head.write('0', 156, 'ascii');
  head.write('ustar\x0000', 257, 'ascii');
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${octal(sum, 6)}\0 `, 148, 'ascii');
  const filled = new Uint8Array(Math.ceil(bytes.length / blockBytes) * blockBytes);
  filled.set(bytes);
  return Buffer.concat([head, filled]);
}

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');
