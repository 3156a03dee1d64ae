import type { ChunkLocation } from '../../shared/domain/commit.ts';
import type { ChunkId, PackId } from '../../shared/domain/ids.ts';
import type { PackedPlaces } from './reader-messages.ts';

const idBytes = 32;
const numbersEach = 6;

export function packPlaces(places: readonly ChunkLocation[]): PackedPlaces {
  const packs = new Map<PackId, number>();
  const ids = Buffer.from(new ArrayBuffer(places.length * idBytes));
  const numbers = new Float64Array(places.length * numbersEach);
  for (const [index, { id, pack, record, recordOffset, recordLength, offset, length }] of places.entries()) {
    const packNumber = packs.get(pack) ?? packs.size;
    packs.set(pack, packNumber);
    ids.write(id, index * idBytes, 'hex');
    numbers.set([packNumber, record, recordOffset, recordLength, offset, length], index * numbersEach);
  }
  return { packs: [...packs.keys()], ids, numbers };
}

export function unpackPlace({ packs, ids, numbers }: PackedPlaces, index: number): ChunkLocation {
  const at = index * numbersEach;
  const number = (which: number): number => numbers[at + which] ?? 0;
  return {
    id: idAt(ids, index),
    pack: packs[number(0)] as PackId,
    record: number(1),
    recordOffset: number(2),
    recordLength: number(3),
    offset: number(4),
    length: number(5),
  };
}

export const idAt = (ids: Uint8Array, index: number): ChunkId =>
  Buffer.from(ids.buffer, ids.byteOffset + index * idBytes, idBytes).toString('hex') as ChunkId;
