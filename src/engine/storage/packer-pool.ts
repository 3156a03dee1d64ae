import type { ChunkId } from '../../shared/domain/ids.ts';
import type { Log } from '../kernel/log.ts';
import type { Bundle } from './bundle.ts';
import type { FileBatch, ReadBatch } from './file-batch.ts';
import type { BatchReaders } from './file-batches.ts';
import type { SealedPack } from './pack-writer.ts';
import type { PackerStart } from './packer-messages.ts';
import type { RecordSink } from './record-sink.ts';
import { RemotePacker } from './remote-packer.ts';
import { SpareMemory } from './spare-memory.ts';
import type { PackingThreads } from './storage.ts';

/** How many records may wait for a thread: one is being sealed, one is on its way, one lies ready. */
const mostPerThread = 3;

/** How many batches of files a thread may have: one is read, one waits to be told what of it is new, one is on its way. */
const mostBatchesPerThread = 3;

/**
 * Packing threads. They read files in batches, and compress, seal and verify everything. The first failure of any of them stays, and everybody who waits is told.
 */
export class PackerPool implements RecordSink, BatchReaders {
  readonly #packers: RemotePacker[];
  readonly #spare = new SpareMemory();
  #waiters: (() => void)[] = [];
  #unsealed = 0;
  #batches = 0;

  constructor({ count, entry }: PackingThreads, start: PackerStart, log: Log) {
    const events = {
      failed: (error: unknown): void => {
        for (const packer of this.#packers) packer.fail(error);
        this.#wake();
      },
      kept: (): void => {
        this.#batches -= 1;
        this.#wake();
      },
      sealed: (memory: ArrayBuffer): void => {
        this.#unsealed -= 1;
        this.#spare.give(memory);
        this.#wake();
      },
    };
    this.#packers = Array.from({ length: count }, () => new RemotePacker(entry, start, events, log));
  }

  get storedBytes(): number {
    return this.#packers.reduce((sum, packer) => sum + packer.storedBytes, 0);
  }

  bundle(bundle: Bundle): void {
    const { memory, length } = bundle.detach(this.#spare.take(bundle.roomBytes));
    this.#unsealed += 1;
    this.#leastLoaded().seal({ type: 'bundle', memory, length });
  }

  chunk(id: ChunkId, bytes: Uint8Array): void {
    const memory = this.#spare.take(roundedUp(bytes.length));
    new Uint8Array(memory).set(bytes);
    this.#unsealed += 1;
    this.#leastLoaded().seal({ type: 'chunk', id, memory, length: bytes.length });
  }

  async read(batch: FileBatch): Promise<ReadBatch> {
    this.throwIfFailed();
    while (this.#batches >= this.#packers.length * mostBatchesPerThread) await this.#change();
    this.#batches += 1;
    return this.#leastLoaded().read(batch);
  }

  async keepPace(): Promise<void> {
    this.throwIfFailed();
    while (this.#unsealed >= this.#packers.length * mostPerThread) {
      await this.#change();
    }
  }

  async flush(): Promise<SealedPack[]> {
    const packs = await Promise.all(this.#packers.map((packer) => packer.flush()));
    return packs.flat();
  }

  throwIfFailed(): void {
    for (const packer of this.#packers) packer.throwIfFailed();
  }

  /** Ends the threads. What they have not sealed is lost. */
  leave(): void {
    for (const packer of this.#packers) packer.leave();
    this.#wake();
  }

  #leastLoaded(): RemotePacker {
    const [first, ...others] = this.#packers;
    if (first === undefined) throw new Error('a pool without threads');
    return others.reduce((least, packer) => (packer.load < least.load ? packer : least), first);
  }

  /** Until a thread is done with something, or failed. */
  async #change(): Promise<void> {
    await new Promise<void>((resolve) => this.#waiters.push(resolve));
    this.throwIfFailed();
  }

  #wake(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }
}

/** Chunks have any size; memory for them has few. */
const roundedUp = (length: number): number => 2 ** Math.ceil(Math.log2(Math.max(length, 65_536)));
