import type { ChunkId } from '../../shared/domain/ids.ts';
import type { Summary } from '../../shared/domain/item.ts';
import { failureOf, isStrataError } from '../../shared/domain/strata-error.ts';
import type { StorageKeys } from '../crypto/index.ts';
import { Chunker, type ChunkerParameters } from '../format/index.ts';
import type { FileSystem } from '../kernel/file-system.ts';
import { type Describe, describedBytes } from '../kernel/describe.ts';
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
  readonly summary: Summary | undefined;
}

/** What a reading of batches works with. */
export interface BatchReadingParts {
  readonly files: FileSystem;
  readonly describe: Describe;
  readonly keys: StorageKeys;
  readonly chunking: ChunkerParameters;
  readonly gatherer: Gatherer;
}

interface HeldBatch {
  readonly group: string;
  readonly memory: ArrayBuffer;
  readonly chunks: readonly ReadChunk[];
}

/** The reading of batches, in the thread: holds what it read until it is told what of it is new. */
export class BatchReading {
  readonly #parts: BatchReadingParts;
  readonly #spare = new SpareMemory();
  readonly #held = new Map<number, HeldBatch>();
  #chunker: Chunker | undefined;

  constructor(parts: BatchReadingParts) {
    this.#parts = parts;
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
        return {
          chunks: own.chunks.map(({ id }) => id),
          ...(own.attributes !== undefined && { attributes: own.attributes }),
          ...(own.summary !== undefined && { summary: own.summary }),
        };
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
      if (isNew[index] === 1) this.#parts.gatherer.put(batch.group, id, bytes);
    }
    this.#spare.give(batch.memory);
  }

  #readFile(content: FileContent, into: Uint8Array): WholeFile {
    const { files, chunking } = this.#parts;
    const file = StableFile.open(files, content);
    try {
      const attributes = file.attributes();
      const chunks = content.sizeBytes <= chunking.minBytes ? this.#whole(file, into) : this.#cut(file, into);
      file.finish();
      return { chunks, attributes, summary: this.#describe(content, into) };
    } finally {
      file.close();
    }
  }

  #describe({ describe, modifyNs }: FileContent, bytes: Uint8Array): Summary | undefined {
    if (describe === undefined) return undefined;
    return this.#parts.describe(describe, bytes.subarray(0, describedBytes), Number(modifyNs / 1_000_000n));
  }

  #whole(file: StableFile, into: Uint8Array): readonly ReadChunk[] {
    file.read(into);
    return into.length === 0 ? [] : [{ id: this.#parts.keys.chunkId(into), bytes: into }];
  }

  #cut(file: StableFile, into: Uint8Array): readonly ReadChunk[] {
    const { keys, chunking } = this.#parts;
    const chunker = (this.#chunker ??= new Chunker(chunking, keys.gear(), chunking.maxBytes * 2));
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
        chunks.push({ id: keys.chunkId(bytes), bytes });
      }
    }
    return chunks;
  }
}
