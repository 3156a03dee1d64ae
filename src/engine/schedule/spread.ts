/** A number from 0 up to and including the most, by chance and yet always the same for the same words (FNV-1a, 32 bits). */
export function spread(seed: string, most: number): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(seed)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  // Its low bits hardly differ between neighbours: mixed once more (the finish of MurmurHash3).
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) >>> 0;
  return ((hash ^ (hash >>> 16)) >>> 0) % (Math.floor(most) + 1);
}
