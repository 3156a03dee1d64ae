import { Worker } from 'node:worker_threads';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { itemText } from './item-text.ts';
import type { FromTexts, ToTexts } from './text-serving.ts';

export interface TextThreadParts {
  /** The file that the thread starts from; without one everything is read in this thread. */
  readonly textThread: URL | undefined;
  readonly clock: Clock;
  readonly log: Log;
  /** What this process has in memory. */
  readonly residentBytes?: () => number;
}

/** What is known to be worst takes a second on a slow computer. */
const longestMs = 10_000;
const watchMs = 1000;
/** Starting takes longer than most items do. */
const idleMs = 10_000;
/** Of a message of 2 MiB a parser makes some dozen times that. */
const resourceLimits = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 16 };
/** What is unpacked lies outside of the heap, and without this bound would have none. */
const mostMoreBytes = 512 * 1024 * 1024;

interface Waiting {
  readonly item: ToTexts;
  readonly answer: (text: string | null) => void;
}

/**
 * Reads what items say, one after the other, in a thread of its own: what a parser makes of one hostile item keeps nobody else waiting.
 * The thread is there while there is something to read, and for a while after it.
 */
export class TextThread {
  readonly #parts: TextThreadParts;
  #isOfUse: boolean;
  #worker: Worker | undefined;
  /** It answers in the order in which it was asked. Until then, and while none is waiting, it only starts. */
  #isReady = false;
  readonly #waiting: Waiting[] = [];
  /** Since then it has been at the first of them, or has had nothing to do. */
  #sinceMs = 0;
  /** What was in memory then. */
  #sinceBytes = 0;
  /** Of the first of them: what it says without that at which the thread is now. */
  #soFar: string | null = null;
  #forgetWatching: (() => void) | undefined;

  constructor(parts: TextThreadParts) {
    this.#parts = parts;
    this.#isOfUse = parts.textThread !== undefined;
  }

  /** Null: it took more time or memory than any item should, also without what may take most; or all was ended. Never fails. */
  read(item: ToTexts): Promise<string | null> {
    const { textThread } = this.#parts;
    if (!this.#isOfUse || textThread === undefined) return readHere(item);
    return new Promise((answer) => {
      if (this.#waiting.length === 0) this.#markNow();
      this.#waiting.push({ item, answer });
      this.#worker ??= this.#begin(textThread);
      this.#worker.ref();
      if (this.#isReady) this.#worker.postMessage(item);
    });
  }

  /** Whatever waits is not read. What is asked later has a new thread. */
  async end(): Promise<void> {
    for (const { answer } of this.#waiting.splice(0)) answer(null);
    await this.#leave();
  }

  #begin(entry: URL): Worker {
    const { clock, log } = this.#parts;
    // What parsers say on their own is for nobody.
    const worker = new Worker(entry, { resourceLimits, stdout: true, stderr: true });
    worker.stdout.resume();
    worker.stderr.resume();
    const isIt = (): boolean => this.#worker === worker;
    worker.on('message', (message: FromTexts) => isIt() && this.#hear(message));
    worker.on('error', (error) => log.warn('texts.thread-died', { error: error instanceof Error ? error.name : 'unknown' }));
    worker.on('exit', () => isIt() && this.#broken());
    this.#markNow();
    this.#forgetWatching = clock.every(watchMs, () => this.#watch());
    return worker;
  }

  #markNow(): void {
    this.#sinceMs = this.#parts.clock.monotonicMs();
    this.#sinceBytes = this.#residentBytes();
    this.#soFar = null;
  }

  #residentBytes(): number {
    return this.#parts.residentBytes?.() ?? process.memoryUsage.rss();
  }

  #hear(message: FromTexts): void {
    if (message.type === 'so-far') {
      this.#soFar = message.text;
      return;
    }
    this.#markNow();
    if (message.type === 'ready') {
      this.#isReady = true;
      for (const { item } of this.#waiting) this.#worker?.postMessage(item);
    } else this.#waiting.shift()?.answer(message.text);
    // With nothing to do it keeps no process alive.
    if (this.#waiting.length === 0) this.#worker?.unref();
  }

  #watch(): void {
    const forMs = this.#parts.clock.monotonicMs() - this.#sinceMs;
    const isTooMuch = forMs >= longestMs || (this.#isReady && this.#residentBytes() - this.#sinceBytes >= mostMoreBytes);
    if (this.#waiting.length > 0 && isTooMuch) this.#broken();
    else if (this.#waiting.length === 0 && forMs >= idleMs) void this.#leave();
  }

  /** It died, or hangs: of the item at hand, if it ever was ready; the others have another one. */
  #broken(): void {
    const wasReady = this.#isReady;
    const soFar = this.#soFar;
    void this.#leave();
    if (soFar !== null) this.#parts.log.warn('texts.cut-short');
    if (wasReady) this.#waiting.shift()?.answer(soFar);
    else {
      this.#isOfUse = false;
      this.#parts.log.warn('texts.no-thread');
    }
    for (const { item, answer } of this.#waiting.splice(0)) void this.read(item).then(answer);
  }

  async #leave(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#isReady = false;
    this.#soFar = null;
    this.#forgetWatching?.();
    await worker?.terminate();
  }
}

/** Whatever a parser fails of is the item's own. */
const readHere = ({ kind, name, bytes }: ToTexts): Promise<string | null> => itemText(kind, name, bytes).catch(() => null);
