import { Worker } from 'node:worker_threads';
import { type Failure, StrataError } from '../../shared/domain/strata-error.ts';
import type { Log } from '../kernel/log.ts';
import type { SealedPack } from './pack-writer.ts';
import type { FromPacker, PackerStart, PortableContent, ToPacker } from './packer-messages.ts';
import type { StoredContent } from './storage.ts';

interface Waiting {
  readonly bytes: number;
  readonly resolve: (stored: StoredContent) => void;
  readonly reject: (error: unknown) => void;
}

interface Flushing {
  readonly resolve: (packs: readonly SealedPack[]) => void;
  readonly reject: (error: unknown) => void;
}

export interface PackerEvents {
  failed(error: unknown): void;
  sealed(memory: ArrayBuffer): void;
}

/** One packing thread, seen from the thread that asks. */
export class RemotePacker {
  readonly #worker: Worker;
  readonly #events: PackerEvents;
  readonly #waiting = new Map<number, Waiting>();
  #flushing: Flushing | undefined;
  #failure: { readonly error: unknown } | undefined;
  #number = 0;
  /** Bytes that it was given and has not done with. */
  load = 0;
  storedBytes = 0;

  constructor(entry: URL, start: PackerStart, events: PackerEvents, log: Log) {
    this.#events = events;
    this.#worker = new Worker(entry, { workerData: start });
    this.#worker.on('message', (message: FromPacker) => this.#receive(message));
    this.#worker.on('error', (error) => {
      log.error('storage.packer-died', { error: error instanceof Error ? error.name : 'unknown' });
      events.failed(error);
    });
    this.#worker.on('exit', () => events.failed(new Error('a packing thread ended')));
  }

  store(content: PortableContent, group: string): Promise<StoredContent> {
    this.throwIfFailed();
    const number = this.#number++;
    const bytes = content.kind === 'file' ? content.sizeBytes : content.bytes.length;
    this.load += bytes;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { bytes, resolve, reject });
      // A copy, moved: sending a view would copy all of the memory that it looks at.
      if (content.kind === 'bytes') {
        const copy = new Uint8Array(content.bytes);
        this.#send({ type: 'store', number, content: { kind: 'bytes', bytes: copy }, group }, [copy.buffer]);
      } else this.#send({ type: 'store', number, content, group });
    });
  }

  seal(record: Extract<ToPacker, { type: 'bundle' | 'chunk' }>): void {
    this.throwIfFailed();
    this.load += record.length;
    this.#send(record, [record.memory]);
  }

  async flush(): Promise<readonly SealedPack[]> {
    this.throwIfFailed();
    return new Promise((resolve, reject) => {
      this.#flushing = { resolve, reject };
      this.#send({ type: 'flush' });
    });
  }

  meet(known: SharedArrayBuffer): void {
    this.#send({ type: 'meet', known });
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
    this.#send({ type: 'leave' });
    // It only has to take its unfinished pack back; the process need not wait for that.
    this.#worker.unref();
  }

  #receive(message: FromPacker): void {
    switch (message.type) {
      case 'stored':
        this.storedBytes = message.storedBytes;
        this.#settle(message.number)?.resolve(message.stored);
        return;
      case 'refused':
        this.#settle(message.number)?.reject(asError(message.failure));
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
      case 'broken':
        this.#events.failed(message.failure === undefined ? new Error(message.bug) : asError(message.failure));
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

  #send(message: ToPacker, moved: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, moved);
  }
}

const asError = ({ code, retry, facts }: Failure): StrataError => new StrataError(code, retry, facts);
