import { Worker } from 'node:worker_threads';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Log } from '../kernel/log.ts';
import { type FileBatch, packBatch, type ReadBatch, type ReadFile } from './file-batch.ts';
import type { SealedPack } from './pack-writer.ts';
import type { FromPacker, PackerStart, ToPacker } from './packer-messages.ts';

interface Flushing {
  readonly resolve: (packs: readonly SealedPack[]) => void;
  readonly reject: (error: unknown) => void;
}

interface SentBatch {
  readonly length: number;
  readonly resolve: (files: readonly ReadFile[]) => void;
  readonly reject: (error: unknown) => void;
}

export interface PackerEvents {
  failed(error: unknown): void;
  /** A batch was read, and what is new of it packed. */
  kept(): void;
  /** The memory that was lent is free again. */
  sealed(memory: ArrayBuffer): void;
}

/** A packing thread makes few objects, and what is large lies outside its heap: room for more only fills up with rubbish. */
const resourceLimits = { maxYoungGenerationSizeMb: 4 };

/** One packing thread, seen from the thread that asks. */
export class RemotePacker {
  readonly #worker: Worker;
  readonly #events: PackerEvents;
  #flushing: Flushing | undefined;
  readonly #batches = new Map<number, SentBatch>();
  #nextBatch = 0;
  #failure: { readonly error: unknown } | undefined;
  /** Bytes that it was given and has not sealed. */
  load = 0;
  storedBytes = 0;

  constructor(entry: URL, start: PackerStart, events: PackerEvents, log: Log) {
    this.#events = events;
    this.#worker = new Worker(entry, { workerData: start, resourceLimits });
    this.#worker.on('message', (message: FromPacker) => this.#receive(message));
    this.#worker.on('error', (error) => {
      log.error('storage.packer-died', { error: error instanceof Error ? error.name : 'unknown' });
      events.failed(error);
    });
    this.#worker.on('exit', () => events.failed(new Error('a packing thread ended')));
  }

  seal(record: Extract<ToPacker, { type: 'bundle' | 'chunk' }>): void {
    this.throwIfFailed();
    this.load += record.length;
    this.#send(record, [record.memory]);
  }

  async read(batch: FileBatch): Promise<ReadBatch> {
    this.throwIfFailed();
    const number = this.#nextBatch++;
    const length = batch.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    this.load += length;
    const files = await new Promise<readonly ReadFile[]>((resolve, reject) => {
      this.#batches.set(number, { length, resolve, reject });
      const packed = packBatch(batch);
      this.#send({ type: 'read', number, batch: packed }, [packed.numbers.buffer]);
    });
    return { files, keep: (isNew) => this.#send({ type: 'keep', number, isNew }) };
  }

  async flush(): Promise<readonly SealedPack[]> {
    this.throwIfFailed();
    return new Promise((resolve, reject) => {
      this.#flushing = { resolve, reject };
      this.#send({ type: 'flush' });
    });
  }

  throwIfFailed(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#flushing?.reject(error);
    this.#flushing = undefined;
    for (const { reject } of this.#batches.values()) reject(error);
  }

  leave(): void {
    this.fail(new Error('the writer was given up'));
    this.#send({ type: 'leave' });
    // It only has to take its unfinished pack back; the process need not wait for that.
    this.#worker.unref();
  }

  #receive(message: FromPacker): void {
    switch (message.type) {
      case 'read':
        this.#batches.get(message.number)?.resolve(message.files);
        return;
      case 'kept':
        this.storedBytes = message.storedBytes;
        this.load -= this.#batches.get(message.number)?.length ?? 0;
        this.#batches.delete(message.number);
        this.#events.kept();
        return;
      case 'sealed':
        this.storedBytes = message.storedBytes;
        this.load -= message.length;
        this.#events.sealed(message.memory);
        return;
      case 'flushed':
        this.storedBytes = message.storedBytes;
        this.#flushing?.resolve(message.packs);
        this.#flushing = undefined;
        return;
      case 'broken': {
        const { failure, bug } = message;
        this.#events.failed(failure === undefined ? new Error(bug) : new StrataError(failure.code, failure.retry, failure.facts));
        return;
      }
    }
  }

  #send(message: ToPacker, moved: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, moved);
  }
}
