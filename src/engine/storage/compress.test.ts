import * as zlib from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openZstd, packageZstd, type Zstd } from './compress.ts';

const bytesOf = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * at) >> 5);

function hasPackage(): boolean {
  try {
    packageZstd();
    return true;
  } catch {
    return false;
  }
}

const kinds: [string, () => Zstd][] = [
  ['of Node', openZstd],
  ...(hasPackage() ? [['of the package', packageZstd] as [string, () => Zstd]] : []),
];

describe.each(kinds)('zstd %s', (_, open) => {
  const zstd = open();

  it('gives back any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (plain) => {
        expect(new Uint8Array(zstd.decompress(zstd.compress(plain), plain.length))).toEqual(plain);
      }),
    );
    const large = bytesOf(3_000_000);
    expect(Buffer.compare(zstd.decompress(zstd.compress(large), large.length), large)).toBe(0);
  });

  it('refuses what unpacks to another length than declared', () => {
    const stored = zstd.compress(bytesOf(10_000));
    for (const length of [0, 1, 9999, 10_001]) expect(() => zstd.decompress(stored, length)).toThrow();
  });

  it('refuses what is no frame, or is cut', () => {
    const stored = zstd.compress(bytesOf(10_000));
    expect(() => zstd.decompress(stored.subarray(0, -1), 10_000)).toThrow();
    expect(() => zstd.decompress(bytesOf(100), 100)).toThrow();
  });

  it('reads what the others wrote', () => {
    for (const [, other] of kinds) {
      const plain = bytesOf(100_000);
      expect(Buffer.compare(zstd.decompress(other().compress(plain), plain.length), plain)).toBe(0);
    }
  });
});

it('does not make room for a bomb', () => {
  const zstd = openZstd();
  const bomb = zstd.compress(new Uint8Array(50_000_000));
  expect(bomb.length).toBeLessThan(10_000);
  expect(() => zstd.decompress(bomb, 1000)).toThrow();
});

it('gives large memory back at once where the runtime can, and never what small buffers share', () => {
  const zstd = openZstd();
  const large = zstd.decompress(zstd.compress(bytesOf(1_000_000)), 1_000_000);
  const small = zstd.compress(Uint8Array.of(1, 2, 3));
  const shown = small.slice();
  zstd.release(large);
  zstd.release(small);
  expect(large.length).toBe('transfer' in ArrayBuffer.prototype && 'zstdCompressSync' in zlib ? 0 : 1_000_000);
  expect(small).toEqual(shown);
});
