import type { Random } from './random.ts';

/** The Web Crypto standard refuses more at a time. */
const mostAtOnce = 65_536;
/** One call for many ids: asking the system costs 9 µs however little is asked for. */
const pool = new Uint8Array(4096);
const mostPooled = 64;
let used = pool.length;

export const systemRandom: Random = {
  bytes(length) {
    if (length <= mostPooled) return fromPool(length);
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += mostAtOnce) globalThis.crypto.getRandomValues(bytes.subarray(at, at + mostAtOnce));
    return bytes;
  },
};

/** Each byte is given out once, and not kept: keys are drawn here, too. */
function fromPool(length: number): Uint8Array {
  if (used + length > pool.length) {
    globalThis.crypto.getRandomValues(pool);
    used = 0;
  }
  const bytes = pool.slice(used, used + length);
  pool.fill(0, used, used + length);
  used += length;
  return bytes;
}
