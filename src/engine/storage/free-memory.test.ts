import { describe, expect, it } from 'vitest';
import { openZstd } from './compress.ts';
import { freeMemory } from './free-memory.ts';

const isFree = ({ buffer }: Uint8Array): boolean => buffer.byteLength === 0;

describe('memory that is given back', () => {
  it('is free at once: of an array, and of what was unpacked', () => {
    const zstd = openZstd();
    const unpacked = zstd.decompress(zstd.compress(new Uint8Array(100_000)), 100_000);
    const own = new Uint8Array(1000);
    for (const bytes of [unpacked, own]) freeMemory(bytes);
    expect([unpacked, own].map(isFree)).toEqual([true, true]);
  });

  it('is left alone where it is a part of more', () => {
    const whole = new Uint8Array(1000);
    const small = Buffer.from('a small one shares a pool');
    for (const bytes of [whole.subarray(0, 900), small]) freeMemory(bytes);
    expect([whole, small].map(isFree)).toEqual([false, false]);
  });
});
