import { StrataError } from '../../shared/domain/strata-error.ts';
import type { StorageKeys } from '../crypto/index.ts';
import { turn } from '../kernel/turn.ts';
import { type FileBatch, mostBatchBytes, type ReadBatch, type ReadFile } from './file-batch.ts';
import type { KnownChunks } from './known-chunks.ts';
import type { FileContent } from './stable-file.ts';
import type { StoredContent } from './storage.ts';

/** About what a thread reads and packs in 5 ms: with so much, a batch goes. */
const batchBytes = 1024 * 1024;
const batchFiles = 128;

interface Waiting {
  readonly content: FileContent;
  readonly resolve: (stored: StoredContent) => void;
  readonly reject: (error: unknown) => void;
}

interface OpenBatch {
  readonly group: string;
  readonly describe: FileContent['describe'];
  readonly waiting: Waiting[];
  bytes: number;
}

/** Threads that read files. */
export interface BatchReaders {
  read(batch: FileBatch): Promise<ReadBatch>;
}

/**
 * Collects files for threads to read. Whether a chunk is new is decided here, in one place, while its bytes wait in the thread.
 * A batch that is not full goes as soon as whoever brings files lets others have their turn.
 */
export class FileBatches {
  readonly #readers: BatchReaders;
  readonly #known: KnownChunks;
  readonly #keys: StorageKeys;
  #open: OpenBatch | undefined;

  constructor(readers: BatchReaders, known: KnownChunks, keys: StorageKeys) {
    this.#readers = readers;
    this.#known = known;
    this.#keys = keys;
  }

  take(content: FileContent, group: string): Promise<StoredContent> {
    const open = this.#open;
    const isAlike = open?.group === group && open.describe === content.describe;
    if (!isAlike || open.bytes + content.sizeBytes > mostBatchBytes) this.#send();
    const batch = (this.#open ??= this.#begin(group, content.describe));
    const stored = new Promise<StoredContent>((resolve, reject) => batch.waiting.push({ content, resolve, reject }));
    batch.bytes += content.sizeBytes;
    if (batch.bytes >= batchBytes || batch.waiting.length >= batchFiles) this.#send();
    return stored;
  }

  #begin(group: string, describe: FileContent['describe']): OpenBatch {
    const batch: OpenBatch = { group, describe, waiting: [], bytes: 0 };
    void turn().then(() => {
      if (this.#open === batch) this.#send();
    });
    return batch;
  }

  #send(): void {
    const batch = this.#open;
    this.#open = undefined;
    if (batch !== undefined) void this.#read(batch);
  }

  async #read({ group, describe, waiting }: OpenBatch): Promise<void> {
    try {
      const read = await this.#readers.read({ group, describe, files: waiting.map(({ content }) => content) });
      const isNew = read.files.flatMap((file) => ('chunks' in file ? file.chunks : [])).map((id) => this.#known.claim(id));
      read.keep(Uint8Array.from(isNew, Number));
      for (const [index, file] of read.files.entries()) this.#answer(waiting[index], file);
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
  }

  #answer(waiting: Waiting | undefined, file: ReadFile): void {
    if ('failure' in file) {
      waiting?.reject(new StrataError(file.failure.code, file.failure.retry, file.failure.facts));
    } else if (waiting !== undefined) {
      const digest = this.#keys.contentDigest(file.chunks);
      waiting.resolve({ ...file, digest, sizeBytes: waiting.content.sizeBytes });
    }
  }
}
