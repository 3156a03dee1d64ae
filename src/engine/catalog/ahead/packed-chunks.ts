import type { ChunkLocation } from '../../../shared/domain/commit.ts';
import type { ChunkId, PackId } from '../../../shared/domain/ids.ts';

const idLength = 64;
const numbersEach = 6;

/** Places of chunks on their way to a thread: an object for each takes several times as long to be copied. */
export interface PackedChunks {
  readonly packs: readonly PackId[];
  /** One behind the other. */
  readonly ids: string;
  /** Six for each: which pack, record, its offset and length, offset and length in it. */
  readonly numbers: Float64Array;
}

export function packChunks(chunks: Iterable<ChunkLocation>): PackedChunks {
  const packs = new Map<PackId, number>();
  const ids: string[] = [];
  const numbers: number[] = [];
  for (const { id, pack, record, recordOffset, recordLength, offset, length } of chunks) {
    const number = packs.get(pack) ?? packs.size;
    packs.set(pack, number);
    ids.push(id);
    numbers.push(number, record, recordOffset, recordLength, offset, length);
  }
  return { packs: [...packs.keys()], ids: ids.join(''), numbers: Float64Array.from(numbers) };
}

export function* unpackChunks({ packs, ids, numbers }: PackedChunks): Generator<ChunkLocation> {
  for (let index = 0; index * idLength < ids.length; index += 1) {
    const [number = 0, record = 0, recordOffset = 0, recordLength = 0, offset = 0, length = 0] = numbers.subarray(
      index * numbersEach,
      (index + 1) * numbersEach,
    );
    const id = ids.slice(index * idLength, (index + 1) * idLength) as unknown as ChunkId;
    yield { id, pack: packs[number] as PackId, record, recordOffset, recordLength, offset, length };
  }
}
