import type { ChunkId } from '../../shared/domain/ids.ts';
import type { StorageKeys } from '../crypto/index.ts';
import { type BundledChunk, bundleTableBytes, encodeBundleTable, limits } from '../format/index.ts';
import type { RecordDraft } from './record-sealer.ts';

/** Keeps the table below 300 KB, also where chunks are tiny. */
const mostChunks = 8192;

/** Gathers small chunks for one record. Its buffer is used again for the next. */
export class Bundle {
  readonly #wantedBytes: number;
  readonly #keys: StorageKeys;
  readonly #buffer: Uint8Array;
  #chunks: BundledChunk[] = [];
  #size = 0;

  /** @param largestChunk Any chunk up to this fits while the bundle is not full. */
  constructor(keys: StorageKeys, wantedBytes: number, largestChunk: number) {
    this.#keys = keys;
    this.#wantedBytes = wantedBytes;
    const room = wantedBytes + largestChunk + bundleTableBytes(mostChunks);
    if (room > limits.plainBytes) throw new RangeError('bundle');
    this.#buffer = new Uint8Array(room);
  }

  get isEmpty(): boolean {
    return this.#chunks.length === 0;
  }

  get isFull(): boolean {
    return this.#size >= this.#wantedBytes || this.#chunks.length >= mostChunks;
  }

  /** Where the next chunk's bytes go. What is put there and not added is forgotten. */
  room(length: number): Uint8Array {
    return this.#buffer.subarray(this.#size, this.#size + length);
  }

  /** The bytes that lie in {@link room}. */
  add(id: ChunkId, length: number): void {
    this.#chunks.push({ id, length });
    this.#size += length;
  }

  /** The record of all that was added; holds until {@link clear}. */
  finish(): { readonly draft: Omit<RecordDraft, 'type'>; readonly chunks: readonly BundledChunk[] } {
    const table = encodeBundleTable(this.#chunks);
    this.#buffer.set(table, this.#size);
    const id = this.#keys.recordId(table);
    const chunks = this.#chunks;
    const chunkBytes = this.#size;
    const isGenuine = (plain: Uint8Array): boolean =>
      areChunks(this.#keys, plain, chunks) && this.#keys.recordId(plain.subarray(chunkBytes)) === id;
    return { draft: { id, plain: this.#buffer.subarray(0, chunkBytes + table.length), isGenuine }, chunks };
  }

  clear(): void {
    this.#chunks = [];
    this.#size = 0;
  }
}

function areChunks(keys: StorageKeys, plain: Uint8Array, chunks: readonly BundledChunk[]): boolean {
  let offset = 0;
  return chunks.every(({ id, length }) => {
    offset += length;
    return keys.chunkId(plain.subarray(offset - length, offset)) === id;
  });
}
