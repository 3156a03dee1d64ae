import type { ChunkId } from '../../shared/domain/ids.ts';
import type { Log } from '../kernel/log.ts';
import type { Bundle } from './bundle.ts';
import type { SealedPack } from './pack-writer.ts';
import type { PackerStart, PortableContent } from './packer-messages.ts';
import type { RecordSink } from './record-sink.ts';
import { RemotePacker } from './remote-packer.ts';
import type { PackingThreads, StoredContent } from './storage.ts';

/** How many records may wait for a thread: one is being sealed, one is on its way, one lies ready. */
const mostPerThread = 3;

/**
 * Packing threads. The thread that asks reads and hashes small contents itself and hands over whole bundles: a message for each
 * item would cost more than packing it. What has to be cut goes to a thread as it is.
 * The first failure of any of them stays, and everybody who waits is told.
 */
export class PackerPool implements RecordSink {
  readonly #packers: RemotePacker[];
  /** Memory that came back, for the next bundles. */
  readonly #spare: ArrayBuffer[] = [];
  #waiters: (() => void)[] = [];
  #unsealed = 0;

  constructor({ count, entry }: PackingThreads, start: PackerStart, log: Log) {
    const events = {
      failed: (error: unknown): void => {
        for (const packer of this.#packers) packer.fail(error);
        this.#wake();
      },
      sealed: (memory: ArrayBuffer): void => {
        this.#unsealed -= 1;
        if (this.#spare.length < count) this.#spare.push(memory);
        this.#wake();
      },
    };
    this.#packers = Array.from({ length: count }, () => new RemotePacker(entry, start, events, log));
  }

  get storedBytes(): number {
    return this.#packers.reduce((sum, packer) => sum + packer.storedBytes, 0);
  }

  store(content: PortableContent, group: string): Promise<StoredContent> {
    return this.#leastLoaded().store(content, group);
  }

  bundle(bundle: Bundle): void {
    const { memory, length } = bundle.detach(this.#spare.pop());
    this.#unsealed += 1;
    this.#leastLoaded().seal({ type: 'bundle', memory, length });
  }

  chunk(id: ChunkId, bytes: Uint8Array): void {
    const memory = bytes.slice().buffer;
    this.#unsealed += 1;
    this.#leastLoaded().seal({ type: 'chunk', id, memory, length: bytes.length });
  }

  async keepPace(): Promise<void> {
    this.throwIfFailed();
    while (this.#unsealed >= this.#packers.length * mostPerThread) {
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
      this.throwIfFailed();
    }
  }

  async flush(): Promise<SealedPack[]> {
    const packs = await Promise.all(this.#packers.map((packer) => packer.flush()));
    return packs.flat();
  }

  /** Only while nothing is being stored. */
  meet(known: SharedArrayBuffer): void {
    for (const packer of this.#packers) packer.meet(known);
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

  #wake(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }
}
