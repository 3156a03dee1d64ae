import type { SimFileSystem } from '../../kit/sim-file-system.ts';
import { someBytes } from '../../kit/storage-world.ts';

/** What may be put in the place of a file, as far as a pattern needs it. */
export interface Neighbours {
  /** Another whole file of the same kind. */
  readonly other: Uint8Array | undefined;
  /** An older whole file of the same kind. */
  readonly older: Uint8Array | undefined;
}

/** Damages the file at a place in it. */
export type Pattern = (files: SimFileSystem, path: string, at: number, neighbours: Neighbours) => void;

const block = 4096;

function changing(change: (bytes: Uint8Array, at: number, neighbours: Neighbours) => Uint8Array | undefined): Pattern {
  return (files, path, at, neighbours) => {
    const bytes = change(files.readWhole(path), at, neighbours);
    if (bytes !== undefined) files.plant(path, bytes);
  };
}

function over(bytes: Uint8Array, at: number, by: Uint8Array): Uint8Array {
  bytes.set(by.subarray(0, Math.max(0, bytes.length - at)), at);
  return bytes;
}

function flipped(bytes: Uint8Array, at: number, by: number): Uint8Array {
  bytes[at] = (bytes[at] ?? 0) ^ by;
  return bytes;
}

function swapped(bytes: Uint8Array, at: number): Uint8Array {
  const size = Math.min(512, bytes.length >> 1);
  const from = Math.min(at, bytes.length - size);
  const to = (from + (bytes.length >> 1)) % Math.max(1, bytes.length - size);
  const kept = bytes.slice(from, from + size);
  bytes.copyWithin(from, to, to + size);
  return over(bytes, to, kept);
}

export const patterns: Readonly<Record<string, Pattern>> = {
  'one bit flipped': changing((bytes, at) => flipped(bytes, at, 1 << (at % 8))),
  'one byte changed': changing((bytes, at) => flipped(bytes, at, 0xff)),
  '512 bytes of zeros': changing((bytes, at) => over(bytes, at, new Uint8Array(512))),
  '4 KiB of zeros': changing((bytes, at) => over(bytes, at - (at % block), new Uint8Array(block))),
  '4 KiB of chance': changing((bytes, at) => over(bytes, at - (at % block), someBytes(block, at))),
  '4 KiB of something older': changing((bytes, at, { older }) => older && over(bytes, at - (at % block), older.slice(0, block))),
  'two blocks swapped': changing(swapped),
  'cut to nothing': changing(() => new Uint8Array(0)),
  'cut to 10 bytes': changing((bytes) => bytes.slice(0, 10)),
  'cut within its header': changing((bytes) => bytes.slice(0, 30)),
  'cut somewhere': changing((bytes, at) => bytes.slice(0, at)),
  'cut by one': changing((bytes) => bytes.slice(0, -1)),
  'something appended': changing((bytes, at) => Uint8Array.from([...bytes, ...someBytes(1 + (at % 100), at)])),
  'its end twice': changing((bytes) => Uint8Array.from([...bytes, ...bytes.slice(-200)])),
  'another one of its kind': changing((_bytes, _at, { other }) => other),
  'an older one of its kind': changing((_bytes, _at, { older }) => older),
  gone: (files, path) => files.takeAway(path),
  'gone with its folder': (files, path) => files.takeAway(path.slice(0, path.lastIndexOf('/'))),
  'under another name': (files, path) => files.rename(path, `${path}~`),
  'without permissions': (files, path) => files.setMode(path, 0),
  'a folder instead': (files, path) => {
    files.takeAway(path);
    files.makeDirectory(path, 0o700);
  },
  'a link instead': (files, path) => {
    files.rename(path, `${path}.moved`);
    files.symlink(`${path}.moved`, path);
  },
};
