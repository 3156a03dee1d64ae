import type { ChunkId } from '../../shared/domain/ids.ts';
import type { StorageKeys } from '../crypto/index.ts';
import { Bundle } from './bundle.ts';
import type { RecordSink } from './record-sink.ts';

export interface GathererParts {
  readonly sink: RecordSink;
  readonly keys: StorageKeys;
  readonly bundleBytes: number;
  /** The largest chunk that is bundled: the smallest that a content is cut to. */
  readonly smallBytes: number;
}

/**
 * Puts new chunks where they belong: small ones into a bundle, each other one into a record of its own.
 * Contents of different groups never share a bundle, because they would share a compression frame.
 */
export class Gatherer {
  readonly #smallBytes: number;
  readonly #bundle: Bundle;
  #sink: RecordSink;
  #group = '';

  constructor({ sink, keys, bundleBytes, smallBytes }: GathererParts) {
    this.#sink = sink;
    this.#smallBytes = smallBytes;
    this.#bundle = new Bundle(keys, bundleBytes, smallBytes);
  }

  /** From now on into another sink: what is gathered so far goes there, too. */
  continueInto(sink: RecordSink): void {
    this.#sink = sink;
  }

  /** The bytes hold for the time of the call only. */
  put(group: string, id: ChunkId, bytes: Uint8Array): void {
    if (bytes.length > this.#smallBytes) return this.#sink.chunk(id, bytes);
    this.room(group, bytes.length).set(bytes);
    this.add(id, bytes.length);
  }

  /** Where a small chunk's bytes can be put before it is known whether they are new. What is not added is forgotten. */
  room(group: string, length: number): Uint8Array {
    if (group !== this.#group) this.close();
    this.#group = group;
    return this.#bundle.room(length);
  }

  /** The bytes that lie in {@link room}. */
  add(id: ChunkId, length: number): void {
    this.#bundle.add(id, length);
    if (this.#bundle.isFull) this.close();
  }

  close(): void {
    if (!this.#bundle.isEmpty) this.#sink.bundle(this.#bundle);
  }
}
