import type { ChunkId } from '../../shared/domain/ids.ts';
import type { StorageKeys } from '../crypto/index.ts';
import { type BundledChunk, bundleTableBytes, encodeBundleTable, limits } from '../format/index.ts';
import type { RecordDraft } from './record-sealer.ts';

/** Keeps the table below 300 KB, also where chunks are tiny. */
const mostChunks = 8192;

/** Gathers small chunks for one record. Its memory is used again for the next. */
export class Bundle {
  readonly #wantedBytes: number;
  readonly #keys: StorageKeys;
  #memory: Uint8Array<ArrayBuffer>;
  #chunks: BundledChunk[] = [];
  #size = 0;

  /** @param largestChunk Any chunk up to this fits while the bundle is not full. */
  constructor(keys: StorageKeys, wantedBytes: number, largestChunk: number) {
    this.#keys = keys;
    this.#wantedBytes = wantedBytes;
    const room = wantedBytes + largestChunk + bundleTableBytes(mostChunks);
    if (room > limits.plainBytes) throw new RangeError('bundle');
    this.#memory = new Uint8Array(room);
  }

  get isEmpty(): boolean {
    return this.#chunks.length === 0;
  }

  get isFull(): boolean {
    return this.#size >= this.#wantedBytes || this.#chunks.length >= mostChunks;
  }

  /** Where the next chunk's bytes go. What is put there and not added is forgotten. */
  room(length: number): Uint8Array {
    return this.#memory.subarray(this.#size, this.#size + length);
  }

  /** The bytes that lie in {@link room}. */
  add(id: ChunkId, length: number): void {
    this.#chunks.push({ id, length });
    this.#size += length;
  }

  /** The record of all that was added; holds until {@link clear}. */
  finish(): { readonly draft: Omit<RecordDraft, 'type'>; readonly chunks: readonly BundledChunk[] } {
    const chunks = this.#chunks;
    return { draft: bundleDraft(this.#keys, this.#closed(), chunks), chunks };
  }

  clear(): void {
    this.#chunks = [];
    this.#size = 0;
  }

  /** How much memory it needs. */
  get roomBytes(): number {
    return this.#memory.length;
  }

  /** Gives its memory away with the plain bytes of the record at its beginning, and goes on, empty, in `next`. */
  detach(next: ArrayBuffer): { readonly memory: ArrayBuffer; readonly length: number } {
    const { length } = this.#closed();
    const memory = this.#memory.buffer;
    if (next.byteLength !== memory.byteLength) throw new RangeError('memory of a bundle');
    this.#memory = new Uint8Array(next);
    this.clear();
    return { memory, length };
  }

  #closed(): Uint8Array {
    const table = encodeBundleTable(this.#chunks);
    this.#memory.set(table, this.#size);
    return this.#memory.subarray(0, this.#size + table.length);
  }
}

/** @param plain Chunks and table. */
export function bundleDraft(keys: StorageKeys, plain: Uint8Array, chunks: readonly BundledChunk[]): Omit<RecordDraft, 'type'> {
  const tableAt = plain.length - bundleTableBytes(chunks.length);
  const id = keys.recordId(plain.subarray(tableAt));
  const isGenuine = (back: Uint8Array): boolean => areChunks(keys, back, chunks) && keys.recordId(back.subarray(tableAt)) === id;
  return { id, plain, isGenuine };
}

function areChunks(keys: StorageKeys, plain: Uint8Array, chunks: readonly BundledChunk[]): boolean {
  let offset = 0;
  return chunks.every(({ id, length }) => {
    offset += length;
    return keys.isChunk(id, plain.subarray(offset - length, offset));
  });
}
