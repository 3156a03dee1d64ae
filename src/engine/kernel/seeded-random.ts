import type { Random } from './random.ts';

/** The same seed gives the same bytes: mulberry32. For what is to be drawn again, and for tests; never for a secret. */
export function seededRandom(seed: number): Random & { below(limit: number): number } {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return {
    bytes(length) {
      const bytes = new Uint8Array(length);
      for (let at = 0; at < length; at++) bytes[at] = next() >>> 24;
      return bytes;
    },
    below: (limit) => Math.floor((next() / 2 ** 32) * limit),
  };
}
