import { Worker } from 'node:worker_threads';
import { type Failure, StrataError } from '../../shared/domain/strata-error.ts';
import type { Log } from '../kernel/log.ts';
import { turn } from '../kernel/turn.ts';
import type { SealedPack } from './pack-writer.ts';
import {
  answersFromWire,
  type FromPacker,
  type PackerStart,
  type PortableContent,
  requestsToWire,
  type StoreRequest,
  type ToPacker,
} from './packer-messages.ts';
import type { PackingThreads, StoredContent } from './storage.ts';

interface Waiting {
  readonly bytes: number;
  readonly resolve: (stored: StoredContent) => void;
  readonly reject: (error: unknown) => void;
}

/** Packing threads, as one packer. The first failure of any of them stays, and everybody who waits is told. */
export class PackerPool {
  readonly #packers: RemotePacker[];

  constructor(workers: PackingThreads, start: PackerStart, log: Log) {
    const fail = (error: unknown): void => {
      for (const packer of this.#packers) packer.fail(error);
    };
    this.#packers = Array.from({ length: workers.count }, () => new RemotePacker(workers.entry, start, fail, log));
  }

  get storedBytes(): number {
    return this.#packers.reduce((sum, packer) => sum + packer.storedBytes, 0);
  }

  /** To whoever has least to do. */
  store(content: PortableContent, group: string): Promise<StoredContent> {
    const [first, ...others] = this.#packers;
    if (first === undefined) throw new Error('a pool without threads');
    return others.reduce((least, packer) => (packer.load < least.load ? packer : least), first).store(content, group);
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
  }
}

/** One thread, seen from the thread that asks. */
class RemotePacker {
  readonly #worker: Worker;
  readonly #onFailure: (error: unknown) => void;
  readonly #waiting = new Map<number, Waiting>();
  #flushing: { readonly resolve: (packs: readonly SealedPack[]) => void; readonly reject: (error: unknown) => void } | undefined;
  #unsent: StoreRequest[] = [];
  #failure: { readonly error: unknown } | undefined;
  #number = 0;
  load = 0;
  storedBytes = 0;

  constructor(entry: URL, start: PackerStart, onFailure: (error: unknown) => void, log: Log) {
    this.#onFailure = onFailure;
    this.#worker = new Worker(entry, { workerData: start });
    this.#worker.on('message', (message: FromPacker) => this.#receive(message));
    this.#worker.on('error', (error) => {
      log.error('storage.packer-died', { error: error instanceof Error ? error.name : 'unknown' });
      onFailure(error);
    });
    this.#worker.on('exit', () => onFailure(new Error('a packing thread ended')));
  }

  store(content: PortableContent, group: string): Promise<StoredContent> {
    this.throwIfFailed();
    const number = this.#number++;
    const bytes = content.kind === 'file' ? content.sizeBytes : content.bytes.length;
    this.load += bytes;
    // One message for all that comes in the same turn: a message costs as much as packing a small item.
    if (this.#unsent.length === 0) void turn().then(() => this.#sendUnsent());
    this.#unsent.push({ number, content, group });
    return new Promise((resolve, reject) => this.#waiting.set(number, { bytes, resolve, reject }));
  }

  async flush(): Promise<readonly SealedPack[]> {
    this.throwIfFailed();
    this.#sendUnsent();
    return new Promise((resolve, reject) => {
      this.#flushing = { resolve, reject };
      this.#send({ type: 'flush' }, []);
    });
  }

  meet(known: SharedArrayBuffer): void {
    this.#send({ type: 'meet', known }, []);
  }

  throwIfFailed(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  fail(error: unknown): void {
    this.#failure ??= { error };
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    this.#flushing?.reject(error);
    this.#flushing = undefined;
  }

  leave(): void {
    this.fail(new Error('the writer was given up'));
    this.#send({ type: 'leave' }, []);
    // It only has to take its unfinished pack back; the process need not wait for that.
    this.#worker.unref();
  }

  #receive(message: FromPacker): void {
    switch (message.type) {
      case 'stored':
        this.storedBytes = message.storedBytes;
        for (const { number, stored } of answersFromWire(message.answers)) this.#settle(number)?.resolve(stored);
        return;
      case 'refused':
        this.#settle(message.number)?.reject(asError(message.failure));
        return;
      case 'flushed':
        this.storedBytes = message.storedBytes;
        this.#flushing?.resolve(message.packs);
        this.#flushing = undefined;
        return;
      case 'broken':
        this.#onFailure(message.failure === undefined ? new Error(message.bug) : asError(message.failure));
        return;
    }
  }

  /** Undefined: given up meanwhile. */
  #settle(number: number): Waiting | undefined {
    const waiting = this.#waiting.get(number);
    this.#waiting.delete(number);
    this.load -= waiting?.bytes ?? 0;
    return waiting;
  }

  #sendUnsent(): void {
    if (this.#unsent.length === 0) return;
    const requests = this.#unsent.map(compacted);
    this.#unsent = [];
    const moved = requests.flatMap(({ content }) => (content.kind === 'bytes' ? [content.bytes.buffer as ArrayBuffer] : []));
    this.#send({ type: 'store', requests: requestsToWire(requests) }, moved);
  }

  #send(message: ToPacker, moved: ArrayBuffer[]): void {
    this.#worker.postMessage(message, moved);
  }
}

/** Bytes are copied once and then moved: sending a view would copy all of the memory that it looks at. */
function compacted(request: StoreRequest): StoreRequest {
  const { content } = request;
  return content.kind === 'bytes' ? { ...request, content: { kind: 'bytes', bytes: new Uint8Array(content.bytes) } } : request;
}

const asError = ({ code, retry, facts }: Failure): StrataError => new StrataError(code, retry, facts);
