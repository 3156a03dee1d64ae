import type { ChunkId } from '../../shared/domain/ids.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { StorageKeys } from '../crypto/index.ts';
import { Chunker, type ChunkerParameters, limits } from '../format/index.ts';
import type { Content } from '../kernel/content.ts';
import type { FileSystem } from '../kernel/file-system.ts';
import { turn } from '../kernel/turn.ts';
import { type Describe, describedBytes } from '../kernel/describe.ts';
import { mostBatchBytes } from './file-batch.ts';
import type { FileBatches } from './file-batches.ts';
import { freeMemory } from './free-memory.ts';
import { Gatherer } from './gatherer.ts';
import type { KnownChunks } from './known-chunks.ts';
import { type FileContent, StableFile } from './stable-file.ts';
import type { RecordSink } from './record-sink.ts';
import type { StoredContent } from './storage.ts';

export interface IntakeParts {
  readonly sink: RecordSink;
  readonly keys: StorageKeys;
  readonly chunking: ChunkerParameters;
  readonly files: FileSystem;
  readonly describe: Describe;
  readonly known: KnownChunks;
  readonly bundleBytes: number;
}

/** About 5 ms of reading and hashing; opening a file costs as much as hashing this. */
const pauseBytes = 2 * 1024 * 1024;
const itemBytes = 16 * 1024;

/** Takes contents in: reads, cuts, hashes, leaves out what is known. Once there are threads, files that are not large are theirs to read. */
export class Intake {
  readonly #parts: IntakeParts;
  #sink: RecordSink;
  readonly #gatherer: Gatherer;
  #batches: FileBatches | undefined;
  #unpaused = 0;
  #chunker: Chunker | undefined;
  /** There is one chunker, and a content that is cut has it to itself. */
  #chunkerFree: Promise<void> = Promise.resolve();

  constructor(parts: IntakeParts) {
    this.#parts = parts;
    this.#sink = parts.sink;
    this.#gatherer = new Gatherer({ ...parts, smallBytes: parts.chunking.minBytes });
  }

  async store(content: Content, group: string): Promise<StoredContent> {
    const stored = await this.#take(content, group);
    await this.#pause(stored.sizeBytes);
    return stored;
  }

  /** From now on into another sink: what is gathered so far goes there, too. */
  continueInto(sink: RecordSink, batches: FileBatches): void {
    this.#sink = sink;
    this.#batches = batches;
    this.#gatherer.continueInto(sink);
  }

  closeBundle(): void {
    this.#gatherer.close();
  }

  /** Small contents come so fast that nothing else would have its turn: what was asked for meanwhile, a wish to stop. */
  async #pause(bytes: number): Promise<void> {
    await this.#sink.keepPace();
    this.#unpaused += bytes + itemBytes;
    if (this.#unpaused < pauseBytes) return;
    this.#unpaused = 0;
    await turn();
  }

  #take(content: Content, group: string): StoredContent | Promise<StoredContent> {
    const { minBytes } = this.#parts.chunking;
    switch (content.kind) {
      case 'bytes':
        return this.#bytes(content, group);
      case 'file':
        if (this.#batches !== undefined && content.sizeBytes <= mostBatchBytes) return this.#batches.take(content, group);
        return content.sizeBytes <= minBytes ? this.#smallFile(group, content) : this.#largeFile(group, content);
      case 'stream':
        return this.#stream(group, content.chunks[Symbol.asyncIterator]());
    }
  }

  #bytes({ bytes, isGivenAway }: Extract<Content, { kind: 'bytes' }>, group: string): StoredContent | Promise<StoredContent> {
    const free = (stored: StoredContent): StoredContent => {
      if (isGivenAway === true) freeMemory(bytes);
      return stored;
    };
    if (bytes.length <= this.#parts.chunking.minBytes) return free(this.#small(group, bytes));
    return this.#cut(group, pieces([bytes])).then(free);
  }

  #small(group: string, bytes: Uint8Array): StoredContent {
    const room = this.#gatherer.room(group, bytes.length);
    room.set(bytes);
    return this.#addSmall(room);
  }

  /** Read straight into the bundle. Nothing waits in between, so nobody else can put something there. */
  #smallFile(group: string, content: FileContent): StoredContent {
    const file = StableFile.open(this.#parts.files, content);
    const room = this.#gatherer.room(group, content.sizeBytes);
    let attributes: StoredContent['attributes'];
    try {
      attributes = file.attributes();
      file.read(room);
      file.finish();
    } finally {
      file.close();
    }
    const summary = this.#describe(content, room);
    return { ...this.#addSmall(room), attributes, summary };
  }

  async #largeFile(group: string, content: FileContent): Promise<StoredContent> {
    const file = StableFile.open(this.#parts.files, content);
    try {
      const attributes = file.attributes();
      const summary = content.describe && this.#describe(content, file.beginning(describedBytes));
      const stored = await this.#cut(group, fillFrom(file, content.pace));
      file.finish();
      return { ...stored, attributes, summary };
    } finally {
      file.close();
    }
  }

  #describe({ describe, modifyNs }: FileContent, bytes: Uint8Array): StoredContent['summary'] {
    if (describe === undefined) return undefined;
    return this.#parts.describe(describe, bytes.subarray(0, describedBytes), Number(modifyNs / 1_000_000n));
  }

  async #stream(group: string, iterator: AsyncIterator<Uint8Array>): Promise<StoredContent> {
    const held: Uint8Array[] = [];
    try {
      for (let length = 0; length <= this.#parts.chunking.minBytes; ) {
        const next = await iterator.next();
        if (next.done === true) return this.#small(group, Buffer.concat(held));
        held.push(next.value);
        length += next.value.length;
      }
      return await this.#cut(group, pieces(held, iterator));
    } catch (error) {
      // Whoever sends must not go on sending; what he says to that is of no interest beside the error.
      await iterator.return?.().catch(() => undefined);
      throw error;
    }
  }

  /** Of a content that lies in the gatherer's room, which is gone as soon as it is added: the memory may be a thread's by then. */
  #addSmall(room: Uint8Array): StoredContent {
    const { keys, known } = this.#parts;
    const sizeBytes = room.length;
    const chunks = sizeBytes === 0 ? [] : [keys.chunkId(room)];
    for (const id of chunks) if (known.claim(id)) this.#gatherer.add(id, sizeBytes);
    return { digest: keys.contentDigest(chunks), sizeBytes, chunks };
  }

  /** `fill` puts the next bytes at the beginning of what it is given and says how many; 0 at the end. */
  #cut(group: string, fill: Fill): Promise<StoredContent> {
    const { chunking, keys } = this.#parts;
    const cutting = this.#chunkerFree.then(() => {
      this.#chunker ??= new Chunker(chunking, keys.gear(), chunking.maxBytes * 2);
      this.#chunker.reset();
      return this.#cutWith(this.#chunker, group, fill);
    });
    this.#chunkerFree = cutting.then(
      () => undefined,
      () => undefined, // told to whoever stores this content; the next one is not concerned
    );
    return cutting;
  }

  async #cutWith(chunker: Chunker, group: string, fill: Fill): Promise<StoredContent> {
    const { keys } = this.#parts;
    const chunks: ChunkId[] = [];
    let sizeBytes = 0;
    for (let isEnd = false; !isEnd; ) {
      const got = await fill(chunker.room());
      isEnd = got === 0;
      chunker.filled(got);
      sizeBytes += got;
      for (let bytes = chunker.next(isEnd); bytes !== undefined; bytes = chunker.next(isEnd)) {
        const id = keys.chunkId(bytes);
        chunks.push(id);
        if (chunks.length > limits.chunksPerContent) throw new StrataError('item.too-large', 'never', { size: sizeBytes });
        if (this.#parts.known.claim(id)) this.#gatherer.put(group, id, bytes);
        await this.#pause(bytes.length);
      }
    }
    return { digest: keys.contentDigest(chunks), sizeBytes, chunks };
  }
}

type Fill = (into: Uint8Array) => number | Promise<number>;

function fillFrom(file: StableFile, pace: FileContent['pace']): Fill {
  if (pace === undefined) return (into) => file.read(into);
  return async (into) => {
    const got = file.read(into.subarray(0, Math.min(into.length, pace.mostBytes())));
    await pace.passed(got);
    return got;
  };
}

/** Gives pieces out in portions of any size: first what is held, then what the iterator brings. */
function pieces(held: Uint8Array[], rest?: AsyncIterator<Uint8Array>): Fill {
  return async (into) => {
    while (held[0]?.length === 0) held.shift();
    if (held.length === 0 && rest !== undefined) {
      const next = await rest.next();
      if (next.done === true) return 0;
      held.push(next.value);
      return pieces(held, rest)(into);
    }
    const [first] = held;
    if (first === undefined) return 0;
    const length = Math.min(first.length, into.length);
    into.set(first.subarray(0, length));
    held[0] = first.subarray(length);
    return length;
  };
}
