import { Worker } from 'node:worker_threads';
import type { PackSummary } from '../../shared/domain/commit.ts';
import { type Failure, StrataError } from '../../shared/domain/strata-error.ts';
import type { Log } from '../kernel/log.ts';
import type { PackDepth, PackReading } from './pack-check.ts';
import type { FromReader, Outcome, ReaderStart, ToReader } from './reader-messages.ts';
import type { ReadingThreads } from './storage.ts';

type Answer = Exclude<FromReader, { type: 'broken' | 'failed' }>;
type Work = Exclude<ToReader, { type: 'leave' }>;

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** One is being worked on, one lies ready. */
const mostPerThread = 2;
/** What the threads make is small and lives short: by default each would take 48 MB for it. */
const youngMegabytes = 8;

/** Threads that read a storage. The first failure of any of them stays, and everybody who waits is told. */
export class ReaderPool {
  readonly #readers: RemoteReader[];
  readonly #stop: Int32Array;
  #waiters: (() => void)[] = [];

  constructor({ count, entry }: ReadingThreads, start: Omit<ReaderStart, 'stop'>, log: Log) {
    const stop = new SharedArrayBuffer(4);
    this.#stop = new Int32Array(stop);
    const failed = (error: unknown): void => {
      for (const reader of this.#readers) reader.fail(error);
      this.#wake();
    };
    this.#readers = Array.from({ length: count }, () => new RemoteReader(entry, { ...start, stop }, failed, log));
  }

  /** Waits until a thread can take it, then for the answer. */
  async #run(work: Work, moved: ArrayBuffer[] = []): Promise<Answer> {
    for (;;) {
      const reader = this.#readers.reduce((least, other) => (other.load < least.load ? other : least));
      reader.throwIfFailed();
      if (reader.load < mostPerThread) return reader.run(work, moved).finally(() => this.#wake());
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    }
  }

  get threads(): number {
    return this.#readers.length;
  }

  async give(work: Extract<Work, { type: 'give' }>): Promise<readonly Outcome[]> {
    const answer = await this.#run(work, [work.handovers.ids.buffer, work.handovers.numbers.buffer]);
    if (answer.type !== 'given') throw new Error('another answer than was asked for');
    return answer.outcomes;
  }

  async check(pack: PackSummary, depth: PackDepth): Promise<PackReading> {
    const answer = await this.#run({ type: 'check', pack, depth });
    if (answer.type !== 'checked') throw new Error('another answer than was asked for');
    return answer.reading;
  }

  /** What lies ready is not begun any more, and what is under way ends before its next step. */
  stop(): void {
    Atomics.store(this.#stop, 0, 1);
  }

  leave(): void {
    this.stop();
    for (const reader of this.#readers) reader.leave();
    this.#wake();
  }

  #wake(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }
}

/** One reading thread, seen from the thread that asks. It answers in the order in which it was asked. */
class RemoteReader {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  #failure: { readonly error: unknown } | undefined;

  constructor(entry: URL, start: ReaderStart, failed: (error: unknown) => void, log: Log) {
    this.#worker = new Worker(entry, { workerData: start, resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes } });
    this.#worker.on('message', (message: FromReader) => {
      if (message.type === 'broken') failed(new Error(message.bug));
      else if (message.type === 'failed') this.#waiting.shift()?.reject(asError(message.failure));
      else this.#waiting.shift()?.resolve(message);
    });
    this.#worker.on('error', (error) => {
      log.error('storage.reader-died', { error: error instanceof Error ? error.name : 'unknown' });
      failed(error);
    });
    this.#worker.on('exit', () => failed(new Error('a reading thread ended')));
  }

  get load(): number {
    return this.#waiting.length;
  }

  run(work: Work, moved: ArrayBuffer[]): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(work, moved);
    });
  }

  throwIfFailed(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  fail(error: unknown): void {
    this.#failure ??= { error };
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }

  leave(): void {
    this.fail(new Error('the reading threads were sent home'));
    this.#worker.postMessage({ type: 'leave' } satisfies ToReader);
    // What it still does ends by itself; the process need not wait for it.
    this.#worker.unref();
  }
}

const asError = ({ code, retry, facts }: Failure): StrataError => new StrataError(code, retry, facts);
