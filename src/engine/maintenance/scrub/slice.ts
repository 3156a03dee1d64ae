import type { PackSummary } from '../../../shared/domain/commit.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Storage } from '../../storage/index.ts';
import { type ReadingBook, readingOf } from './reading-book.ts';

export interface SliceInput {
  readonly storage: Pick<Storage, 'lock' | 'rereader'>;
  readonly packs: readonly PackSummary[];
  readonly book: Pick<ReadingBook, 'put'>;
  /** No further pack is begun after so long. */
  readonly mostMs: number;
  readonly clock: Clock;
  /** Somebody needs the storage, or the engine ends. */
  readonly yields: AbortSignal;
}

export interface SliceEnd {
  /** Whether it read all that there was. */
  readonly isAll: boolean;
  /** How many packs were damaged. */
  readonly damaged: number;
}

/**
 * Reads packs until the time is over, and remembers each before the next: what breaks off anywhere has at most one pack to read again.
 * Asked to yield it gives its lock back at once; what is under way counts as not read.
 */
export async function readSlice({ storage, packs, book, mostMs, clock, yields }: SliceInput): Promise<SliceEnd> {
  let damaged = 0;
  if (yields.aborted) return { isAll: false, damaged };
  const untilMs = clock.monotonicMs() + mostMs;
  const lock = storage.lock('check', 'read');
  let givesBack = (): void => undefined;
  const yielded = new Promise<void>((resolve) => {
    givesBack = () => {
      lock.release();
      resolve();
    };
  });
  yields.addEventListener('abort', givesBack, { once: true });
  const reader = storage.rereader();
  try {
    for (const pack of packs) {
      if (clock.monotonicMs() >= untilMs) return { isAll: false, damaged };
      const reading = await orYield(reader.read(pack), yields, yielded);
      if (reading === undefined) return { isAll: false, damaged };
      book.put(readingOf(pack, reading, clock.nowMs()));
      if (reading.damages.length > 0) damaged += 1;
    }
    return { isAll: true, damaged };
  } finally {
    reader.close();
    yields.removeEventListener('abort', givesBack);
    if (!yields.aborted) lock.release();
  }
}

/** Undefined as soon as it is to yield. What comes of the work then, nobody waits for. */
async function orYield<Value>(work: Promise<Value>, yields: AbortSignal, yielded: Promise<void>): Promise<Value | undefined> {
  try {
    const value = await Promise.race([work, yielded]);
    return yields.aborted ? undefined : (value ?? undefined);
  } catch (error) {
    if (yields.aborted) return undefined;
    throw error;
  }
}
