import { createRequire } from 'node:module';
// As a namespace: a named import of what older Nodes lack would fail when the module is linked.
import * as zlib from 'node:zlib';
import { limits } from '../format/index.ts';

export interface Zstd {
  compress(plain: Uint8Array): Uint8Array;
  /** Exactly `plainLength` bytes, or it throws. Never makes room for more. */
  decompress(stored: Uint8Array, plainLength: number): Uint8Array;
  /**
   * Gives back the memory of what `compress` or `decompress` returned; nobody may look at it any more. Where it is not called, the
   * garbage collector does it, but it hardly sees memory that lies outside its heap, and lets 100 MB of it pile up in every thread.
   */
  release(bytes: Uint8Array): void;
}

/** Level 6 costs 2.3 times the time for 4 % less, level 1 gains nothing clear (measured on mail and on system files). */
const level = 3;
/** Only from here on is a compressed body worth the time that reading it takes. */
export const worthwhile = (storedLength: number, plainLength: number): boolean => storedLength < plainLength * 0.98;

interface Package {
  readonly Encoder: new (level: number) => { encodeSync(bytes: Uint8Array): Uint8Array };
  readonly Decoder: new () => { decodeSync(bytes: Uint8Array): Uint8Array };
}

/** Node's own from 22.15 on; before, the optional package that writes the same frames. */
export function openZstd(): Zstd {
  return 'zstdCompressSync' in zlib ? nodeZstd() : packageZstd();
}

function nodeZstd(): Zstd {
  const { ZSTD_c_compressionLevel, ZSTD_d_windowLogMax } = zlib.constants;
  return {
    compress: (plain) =>
      zlib.zstdCompressSync(plain, {
        params: { [ZSTD_c_compressionLevel]: level },
        pledgedSrcSize: plain.length,
        // Room for any outcome: one round, nothing is put together afterwards, and pages that are not filled cost nothing.
        chunkSize: Math.max(1024, plain.length + (plain.length >> 7) + 1024),
      }),
    decompress(stored, plainLength) {
      const plain = zlib.zstdDecompressSync(stored, {
        params: { [ZSTD_d_windowLogMax]: limits.zstdWindowLog },
        maxOutputLength: Math.max(1, plainLength),
        // One more than fits: a full piece would be followed by an empty one.
        chunkSize: Math.max(64, plainLength + 1),
      });
      return requireLength(plain, plainLength);
    },
    release: detach,
  };
}

/** Memory of an array that is moved to one of no length is free at once. Not every runtime can do that yet. */
function detach({ buffer }: Uint8Array): void {
  // Small buffers of Node's share a pool, which must stay.
  if (buffer.byteLength <= Buffer.poolSize) return;
  (buffer as ArrayBuffer & { transfer?: (length: number) => ArrayBuffer }).transfer?.(0);
}

/**
 * The package cannot be told how much room to make. What reaches it has been authenticated, so only this storage's own writer
 * could have sent too much.
 */
export function packageZstd(): Zstd {
  const { Encoder, Decoder } = createRequire(import.meta.url)('@toondepauw/node-zstd-linux-x64-gnu') as Package;
  const encoder = new Encoder(level);
  const decoder = new Decoder();
  return {
    compress: (plain) => encoder.encodeSync(plain),
    decompress: (stored, plainLength) => requireLength(decoder.decodeSync(stored), plainLength),
    release: () => undefined, // its memory is its own, and goes when it wants
  };
}

function requireLength(plain: Uint8Array, length: number): Uint8Array {
  if (plain.length !== length) throw new RangeError('unpacks to another length than declared');
  return plain;
}
