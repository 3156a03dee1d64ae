import { ByteReader } from './byte-reader.ts';
import { type Complaint, type Origin, requireLimit } from './damage.ts';
import { limits } from './limits.ts';

/** How the stored bytes came from the plain ones. Compressing is the storage's work; this room only says what it is. */
export const compressions = ['none', 'zstd'] as const;
export type Compression = (typeof compressions)[number];

/**
 * What is sealed, in records and commits alike: a prefix of {@link bodyPrefixBytes}, the stored bytes, and zeros that blur
 * the length. docs/format/pack.md
 */
export interface Body {
  readonly compression: Compression;
  /** What `stored` unpacks to, exactly. A reader gives the decompressor no more room than this. */
  readonly plainLength: number;
  /** A view into the given bytes. */
  readonly stored: Uint8Array;
}

export const bodyPrefixBytes = 9;

/**
 * A length blurred to one of 64 steps per doubling, at least 256 bytes: at most 1.6 % more, 0.8 % on average.
 * A record's length is readable on the target, and lengths alone can tell which known file it holds.
 */
export function blurredLength(length: number): number {
  const step = Math.max(256, 2 ** (Math.floor(Math.log2(Math.max(length, 1))) - 6));
  return Math.ceil(length / step) * step;
}

/** The length of a body for that many stored bytes. */
export const bodyBytes = (storedLength: number): number => blurredLength(bodyPrefixBytes + storedLength);

/**
 * Writes prefix and padding around stored bytes that already lie at {@link bodyPrefixBytes}, so that nothing is copied.
 * @param body Exactly as long as the body shall be: {@link bodyBytes}, or for a footer whatever fills the pack.
 */
export function frameBody(body: Uint8Array, compression: Compression, plainLength: number, storedLength: number): void {
  if (bodyPrefixBytes + storedLength > body.length || plainLength > limits.plainBytes) throw new RangeError('body');
  const view = new DataView(body.buffer, body.byteOffset, bodyPrefixBytes);
  view.setUint8(0, compressions.indexOf(compression));
  view.setUint32(1, plainLength, true);
  view.setUint32(5, storedLength, true);
  body.fill(0, bodyPrefixBytes + storedLength);
}

/** The same with a copy, for what is small. `length` as in {@link frameBody}. */
export function encodeBody(
  compression: Compression,
  plainLength: number,
  stored: Uint8Array,
  length = bodyBytes(stored.length),
): Uint8Array {
  const body = new Uint8Array(length);
  body.set(stored, bodyPrefixBytes);
  frameBody(body, compression, plainLength, stored.length);
  return body;
}

/** Of a body that was opened, so its bytes are what some Strata sealed; checked nevertheless. */
export function parseBody(bytes: Uint8Array, origin: Origin, complain: Complaint): Body {
  const reader = new ByteReader(bytes, complain);
  const compression = compressions[reader.u8('compression')];
  if (compression === undefined) throw complain('unknown compression');
  const plainLength = reader.u32('plain length');
  requireLimit(origin, 'plain length', plainLength, limits.plainBytes);
  const stored = reader.take(reader.u32('stored length'), 'stored bytes');
  if (compression === 'none' && stored.length !== plainLength) throw complain('plain length');
  reader.zeros(reader.left, 'padding');
  return { compression, plainLength, stored };
}
