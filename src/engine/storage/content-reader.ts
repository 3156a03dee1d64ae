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
   * Every piece was found to be what its id says, and the last one comes only after the list of them was found to be what the
   * digest says. A content was hashed under one epoch, whatever pack its chunks lie in by now: the first of them tells which.
   */
  *pieces(part: ContentPart, locate: Locate): Generator<Uint8Array> {
    const { chunks, digest, sizeBytes } = part;
    const last = chunks.length - 1;
    let epoch: number | undefined;
    let size = 0;
    for (const [index, id] of chunks.entries()) {
      const location = this.#place(id, locate);
      const bytes = this.#bytes(location);
      epoch = this.#epochOf(id, bytes, epoch);
      if (epoch === undefined) throw recordComplaint(this.#reader.origin(location.pack))('chunk');
      size += bytes.length;
      if (index === last && (size !== sizeBytes || this.#keys.contentDigest(chunks, epoch) !== digest)) throw this.#wrongList();
      yield bytes;
    }
    const isNothing = last < 0 && sizeBytes === 0 && this.#keys.epochOf(digest, new Uint8Array(0)) !== undefined;
    if (last < 0 && !isNothing) throw this.#wrongList();
  }

  /** Undefined: these are not the bytes of that id. */
  #epochOf(id: ChunkId, bytes: Uint8Array, known: number | undefined): number | undefined {
    if (known === undefined) return this.#keys.epochOf(id, bytes);
    return this.#keys.chunkId(bytes, known) === id ? known : undefined;
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

  /** All chunks may be right, and the list of them wrong. */
  #wrongList(): StrataError {
    return this.#damaged('digest of the content');
  }

  #damaged(reason: string): StrataError {
    return new StrataError('storage.record-damaged', 'never', { path: this.#path, file: 'packs', reason });
  }
}
