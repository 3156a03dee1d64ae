import type { ChunkLocation } from '../../shared/domain/commit.ts';
import type { ChunkId } from '../../shared/domain/ids.ts';
import type { ContentPart } from '../../shared/domain/item.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { StorageKeys } from '../crypto/index.ts';
import { recordComplaint } from '../format/index.ts';
import type { PackReader } from './pack-reader.ts';

export type Locate = (id: ChunkId) => ChunkLocation | undefined;

/** Puts contents together from the records that hold their chunks. */
export class ContentReader {
  readonly #keys: StorageKeys;
  readonly #reader: PackReader;
  readonly #path: string;

  /** @param path Where the storage is, for failures. */
  constructor(keys: StorageKeys, reader: PackReader, path: string) {
    this.#keys = keys;
    this.#reader = reader;
    this.#path = path;
  }

  /**
   * The last piece comes only after the whole was found to be what its digest says. Every byte is hashed once: a content of one
   * chunk has the chunk's id as its digest, and of several the digest alone tells whether all of them are right. Only the first
   * is asked for by itself: a content was hashed under the epoch of its chunks, whatever pack they lie in by now.
   */
  *pieces(part: ContentPart, locate: Locate): Generator<Uint8Array> {
    const { chunks, digest, sizeBytes } = part;
    const last = chunks.length - 1;
    let hasher: ReturnType<StorageKeys['contentHasher']> | undefined;
    let size = 0;
    for (const [index, id] of chunks.entries()) {
      const bytes = this.#bytes(this.#place(id, locate));
      if (index === 0) {
        const epoch = this.#keys.epochOf(id, bytes);
        if (epoch === undefined) throw this.#damage(chunks, locate);
        if (last > 0) hasher = this.#keys.contentHasher(epoch);
      }
      size += bytes.length;
      hasher?.update(bytes);
      const found = (): string => hasher?.digest() ?? id;
      if (index === last && (size !== sizeBytes || found() !== digest)) throw this.#damage(chunks, locate);
      yield bytes;
    }
    const isNothing = last < 0 && sizeBytes === 0 && this.#keys.epochOf(digest, new Uint8Array(0)) !== undefined;
    if (last < 0 && !isNothing) throw this.#damage(chunks, locate);
  }

  #place(id: ChunkId, locate: Locate): ChunkLocation {
    const location = locate(id);
    if (location === undefined) throw this.#damaged('chunk is nowhere');
    return location;
  }

  #bytes(location: ChunkLocation): Uint8Array {
    const { pack, offset, length } = location;
    const plain = this.#reader.plain(pack, { ...location, ordinal: location.record });
    const bytes = plain.subarray(offset, offset + length);
    if (bytes.length !== length) throw recordComplaint(this.#reader.origin(pack))('chunk');
    return bytes;
  }

  /** Names the pack of the first chunk that is not what its id says. All may be right, and the list of them wrong. */
  #damage(chunks: readonly ChunkId[], locate: Locate): StrataError {
    for (const id of chunks) {
      const location = this.#place(id, locate);
      if (!this.#keys.isChunk(id, this.#bytes(location))) return recordComplaint(this.#reader.origin(location.pack))('chunk');
    }
    return this.#damaged('digest of the content');
  }

  #damaged(reason: string): StrataError {
    return new StrataError('storage.record-damaged', 'never', { path: this.#path, file: 'packs', reason });
  }
}
