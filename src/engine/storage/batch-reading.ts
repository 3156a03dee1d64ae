import type { ChunkId } from '../../shared/domain/ids.ts';
import { failureOf, isStrataError } from '../../shared/domain/strata-error.ts';
import type { StorageKeys } from '../crypto/index.ts';
import { Chunker, type ChunkerParameters } from '../format/index.ts';
import type { FileSystem } from '../kernel/file-system.ts';
import { type FileBatch, mostBatchBytes, type ReadFile } from './file-batch.ts';
import type { Gatherer } from './gatherer.ts';
import { SpareMemory } from './spare-memory.ts';
import { type FileContent, StableFile } from './stable-file.ts';

interface ReadChunk {
  readonly id: ChunkId;
  readonly bytes: Uint8Array;
}

interface WholeFile {
  readonly chunks: readonly ReadChunk[];
  readonly attributes: ReadonlyMap<string, Uint8Array> | undefined;
}

interface HeldBatch {
  readonly group: string;
  readonly memory: ArrayBuffer;
  readonly chunks: readonly ReadChunk[];
}

/** The reading of batches, in the thread: holds what it read until it is told what of it is new. */
export class BatchReading {
  readonly #files: FileSystem;
  readonly #keys: StorageKeys;
  readonly #chunking: ChunkerParameters;
  readonly #gatherer: Gatherer;
  readonly #spare = new SpareMemory();
  readonly #held = new Map<number, HeldBatch>();
  #chunker: Chunker | undefined;

  constructor(files: FileSystem, keys: StorageKeys, chunking: ChunkerParameters, gatherer: Gatherer) {
    this.#files = files;
    this.#keys = keys;
    this.#chunking = chunking;
    this.#gatherer = gatherer;
  }

  read(number: number, { group, files }: FileBatch): ReadFile[] {
    const memory = this.#spare.take(mostBatchBytes);
    const chunks: ReadChunk[] = [];
    let at = 0;
    const read = files.map((content): ReadFile => {
      try {
        const own = this.#readFile(content, new Uint8Array(memory, at, content.sizeBytes));
        at += content.sizeBytes;
        chunks.push(...own.chunks);
        const ids = own.chunks.map(({ id }) => id);
        return own.attributes === undefined ? { chunks: ids } : { chunks: ids, attributes: own.attributes };
      } catch (error) {
        if (!isStrataError(error)) throw error;
        return { failure: failureOf(error) };
      }
    });
    this.#held.set(number, { group, memory, chunks });
    return read;
  }

  keep(number: number, isNew: Uint8Array): void {
    const batch = this.#held.get(number);
    if (batch === undefined || isNew.length !== batch.chunks.length) throw new Error('a batch that was not read');
    this.#held.delete(number);
    for (const [index, { id, bytes }] of batch.chunks.entries()) {
      if (isNew[index] === 1) this.#gatherer.put(batch.group, id, bytes);
    }
    this.#spare.give(batch.memory);
  }

  #readFile(content: FileContent, into: Uint8Array): WholeFile {
    const file = StableFile.open(this.#files, content);
    try {
      const attributes = file.attributes();
      const chunks = content.sizeBytes <= this.#chunking.minBytes ? this.#whole(file, into) : this.#cut(file, into);
      file.finish();
      return { chunks, attributes };
    } finally {
      file.close();
    }
  }

  #whole(file: StableFile, into: Uint8Array): readonly ReadChunk[] {
    file.read(into);
    return into.length === 0 ? [] : [{ id: this.#keys.chunkId(into), bytes: into }];
  }

  #cut(file: StableFile, into: Uint8Array): readonly ReadChunk[] {
    const chunker = (this.#chunker ??= new Chunker(this.#chunking, this.#keys.gear(), this.#chunking.maxBytes * 2));
    chunker.reset();
    const chunks: ReadChunk[] = [];
    let at = 0;
    for (let isEnd = false; !isEnd; ) {
      const got = file.read(chunker.room());
      isEnd = got === 0;
      chunker.filled(got);
      for (let cut = chunker.next(isEnd); cut !== undefined; cut = chunker.next(isEnd)) {
        const bytes = into.subarray(at, at + cut.length);
        bytes.set(cut);
        at += cut.length;
        chunks.push({ id: this.#keys.chunkId(bytes), bytes });
      }
    }
    return chunks;
  }
}
