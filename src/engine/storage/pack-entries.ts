import type { ChunkLocation } from '../../shared/domain/commit.ts';
import type { ChunkId, PackId } from '../../shared/domain/ids.ts';
import type { StorageKeys } from '../crypto/index.ts';
import type { PlacedEntry } from '../format/index.ts';

/** Whether all chunks of a record are what their ids say; gives the ids of those that are not. */
export function wrongChunks(keys: StorageKeys, entry: PlacedEntry, plain: Uint8Array): ChunkId[] {
  return chunksOf(entry).flatMap(({ id, offset, length }) =>
    offset + length <= plain.length && keys.isChunk(id, plain.subarray(offset, offset + length)) ? [] : [id],
  );
}

export function chunksOf(
  entry: PlacedEntry,
): readonly { readonly id: ChunkId; readonly offset: number; readonly length: number }[] {
  if (entry.type === 'chunk') return [{ id: entry.id as ChunkId, offset: 0, length: entry.plainLength }];
  return entry.chunks;
}

export function* locationsOf(pack: PackId, entry: PlacedEntry): Generator<ChunkLocation> {
  const { ordinal, recordOffset, recordLength } = entry;
  for (const { id, offset, length } of chunksOf(entry)) {
    yield { id, pack, record: ordinal, recordOffset, recordLength, offset, length };
  }
}
