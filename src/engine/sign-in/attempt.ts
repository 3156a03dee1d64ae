import { Cancelled, StrataError } from '../../shared/domain/strata-error.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Tokens } from './tokens.ts';

/** A sign-in that waits for a person. */
export interface Attempt {
  /** To be opened in a browser. */
  readonly address: string;
  /** To be typed there; null: nothing is. */
  readonly code: string | null;
  /** Nobody waits longer. */
  readonly endsAtMs: number;
  /** Settles once; fails with `sign-in.timed-out` at the end, and as cancelled with the signal. */
  readonly tokens: Promise<Tokens>;
}

/** What the browser shows in the end, as HTML. Undefined: it worked. */
export type Page = (failure: unknown) => string;

/** Waits for something, and no longer than until then. */
export async function untilThen<T>(work: Promise<T>, ms: number, clock: Clock, signal: AbortSignal): Promise<T> {
  const settled = new AbortController();
  const over = clock.sleep(ms, AbortSignal.any([signal, settled.signal])).then((): never | undefined => {
    if (settled.signal.aborted) return undefined;
    throw signal.aborted ? new Cancelled('stopped') : new StrataError('sign-in.timed-out', 'after-user-action');
  });
  try {
    // The other settles only after this one, which then does not matter.
    return (await Promise.race([work, over])) as T;
  } finally {
    settled.abort();
    work.catch(() => undefined); // the race has told why
  }
}
