import { type Failure, failureOf, isStrataError } from '../../shared/domain/strata-error.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Random } from '../kernel/random.ts';
import type { ChangeNotice, Source, Watcher } from '../sources/source.ts';

/** What a person sees of one source's watcher. */
export type WatchState =
  | { readonly kind: 'none' | 'starting' }
  | ({ readonly kind: 'watching' } & Pick<Watcher, 'by' | 'everyMs' | 'because' | 'places'>)
  | { readonly kind: 'lost'; readonly failure: Failure };

interface KeeperParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly source: Source;
  readonly memory: string;
  readonly ownPaths: readonly string[];
  readonly tell: (notice: ChangeNotice) => void;
  /** A watcher that was there is there no more. */
  readonly lost: (failure: Failure) => void;
  readonly changed: () => void;
}

const firstPauseMs = 2000;
const longestPauseMs = 10 * 60_000;

/** Keeps a watcher alive: what ends by itself is begun again, after pauses that grow up to ten minutes and differ by chance. */
export class WatchKeeper {
  readonly #parts: KeeperParts;
  readonly #stop = new AbortController();
  readonly #ended: Promise<void>;
  #watcher: Watcher | undefined;
  #state: WatchState = { kind: 'starting' };

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#ended = this.#keep();
  }

  get state(): WatchState {
    return this.#state;
  }

  mark(): Promise<(() => void) | undefined> {
    return this.#watcher?.mark?.() ?? Promise.resolve(undefined);
  }

  /** Never throws. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
  }

  async #keep(): Promise<void> {
    const { source, clock, log } = this.#parts;
    if (source.watch === undefined) return this.#become({ kind: 'none' });
    const signal = this.#stop.signal;
    for (let failures = 0; !signal.aborted; ) {
      const beganMs = clock.monotonicMs();
      const failure = await this.#watchOnce();
      if (failure === undefined || signal.aborted) return;
      // Whoever watched for long has shown that it can.
      failures = clock.monotonicMs() - beganMs > longestPauseMs ? 1 : failures + 1;
      log.warn('capture.watcher-lost', { code: failure.code });
      this.#become({ kind: 'lost', failure });
      this.#parts.lost(failure);
      await clock.sleep(this.#pauseMs(failures), signal);
    }
  }

  /** Until it ends by itself. Undefined: it was stopped. */
  async #watchOnce(): Promise<Failure | undefined> {
    const { source, clock, log, memory, ownPaths, tell } = this.#parts;
    const signal = this.#stop.signal;
    let lost: (failure: Failure | undefined) => void = () => undefined;
    const ended = new Promise<Failure | undefined>((resolve) => (lost = resolve));
    const stopped = (): void => lost(undefined);
    signal.addEventListener('abort', stopped, { once: true });
    try {
      this.#watcher = await source.watch?.({ signal, clock, log, memory, ownPaths, tell, lost });
      if (this.#watcher === undefined) return undefined;
      const { by, everyMs, because, places } = this.#watcher;
      this.#become({ kind: 'watching', by, everyMs, places, ...(because === undefined ? {} : { because }) });
      return await ended;
    } catch (error) {
      if (signal.aborted) return undefined;
      if (!isStrataError(error)) throw error;
      return failureOf(error);
    } finally {
      signal.removeEventListener('abort', stopped);
      await this.#watcher?.close();
      this.#watcher = undefined;
    }
  }

  /** Doubling, and up to a half less by chance: a server that comes back must not be asked by all at once. */
  #pauseMs(failures: number): number {
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures - 1, 20));
    const [byte = 0] = this.#parts.random.bytes(1);
    return Math.round(pauseMs * (1 - byte / 512));
  }

  #become(state: WatchState): void {
    this.#state = state;
    this.#parts.changed();
  }
}
