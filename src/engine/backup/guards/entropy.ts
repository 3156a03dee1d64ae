/** So much of a content is looked at. */
export const sampleBytes = 64 * 1024;
/** Less tells nothing: of few bytes even chance looks ordered. */
export const leastSampleBytes = 4096;

/** Bits per byte, 0 to 8, by how often each byte comes (Shannon). Text has 4 to 5, what is compressed or encrypted almost 8. */
export function entropyOf(bytes: Uint8Array): number {
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1;
  let bits = 0;
  for (const count of counts) {
    if (count === 0) continue;
    const share = count / bytes.length;
    bits -= share * Math.log2(share);
  }
  return bits;
}
