import type { Random } from './random.ts';

/** The Web Crypto standard refuses more at a time. */
const mostAtOnce = 65_536;

export const systemRandom: Random = {
  bytes(length) {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += mostAtOnce) globalThis.crypto.getRandomValues(bytes.subarray(at, at + mostAtOnce));
    return bytes;
  },
};
