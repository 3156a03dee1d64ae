import type { ChunkerParameters } from '../chunker-parameters.ts';

/** The chunker as docs/format/chunking.md tells it, one step a line, in numbers that cannot overflow. Lengths of the chunks. */
export function slowChunkLengths(parameters: ChunkerParameters, gearTable: Uint8Array, content: Uint8Array): number[] {
  const { minBytes, averageBytes, maxBytes, normalization } = parameters;
  const view = new DataView(gearTable.buffer, gearTable.byteOffset, gearTable.byteLength);
  const gear = (byte: number): bigint => view.getBigUint64(byte * 8, true);
  const harder = 2n ** 64n / (BigInt(averageBytes) * 2n ** BigInt(normalization));
  const easier = (2n ** 64n * 2n ** BigInt(normalization)) / BigInt(averageBytes);
  const lengths: number[] = [];
  let start = 0;
  while (start < content.length) {
    const length = lengthOfFirst(content.subarray(start));
    lengths.push(length);
    start += length;
  }
  return lengths;

  function lengthOfFirst(rest: Uint8Array): number {
    if (rest.length <= minBytes) return rest.length;
    const last = Math.min(rest.length, maxBytes);
    const normal = Math.min(averageBytes, last);
    let h = 0n;
    for (let i = minBytes; i < last; i += 1) {
      h = (2n * h + gear(rest[i] as number)) % 2n ** 64n;
      if (h < (i < normal ? harder : easier)) return i + 1;
    }
    return last;
  }
}
