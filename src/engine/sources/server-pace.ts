import { noLimits, type SourceLimits } from '../../shared/domain/source-limits.ts';
import type { Clock } from '../kernel/clock.ts';
import { type Progress, stopIfCancelled } from '../kernel/run-context.ts';

/** Who waits: a run, which shows it, or a watcher, which does not. */
export interface Waiting {
  readonly signal: AbortSignal;
  readonly progress?: Pick<Progress, 'waiting'>;
}

/** What is asked for at once is at most this share of a second's bytes ... */
const pieceShare = 0.25;
/** ... and so much less is let through that with such a piece at their beginning no ten seconds bring more than ten times the limit. */
const byteShare = 0.95;
const leastPieceBytes = 1024;

/**
 * How fast one source's server is asked, by whatever sessions there are at the time. Nothing is saved up while nothing is asked: no ten seconds see more requests or bytes than ten times what one may.
 */
export class ServerPace {
  readonly #clock: Clock;
  #limits: SourceLimits;
  /** When the next request may be sent, and when all that was received is paid for, by the monotonic clock. */
  #nextRequestMs = 0;
  #paidMs = 0;
  #heldUntilMs = 0;

  constructor(clock: Clock, limits: SourceLimits = noLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** A person chose others. */
  change(limits: SourceLimits): void {
    this.#limits = limits;
  }

  /** The most that should be asked for at once. */
  get pieceBytes(): number {
    const { bytesPerSecond } = this.#limits;
    return bytesPerSecond === null
      ? Number.POSITIVE_INFINITY
      : Math.max(leastPieceBytes, Math.floor(bytesPerSecond * pieceShare));
  }

  /** The server was asked for patience, and the wait for it is not over. */
  get isHeld(): boolean {
    return this.#heldUntilMs > this.#clock.monotonicMs();
  }

  /** Nothing has to be waited for. */
  get isFree(): boolean {
    const nowMs = this.#clock.monotonicMs();
    return this.#limits.requestsPerSecond === null && this.#heldUntilMs <= nowMs && this.#paidMs <= nowMs;
  }

  /** Before each request. Throws when whoever waits is cancelled. */
  async turn(host: string, who: Waiting): Promise<void> {
    stopIfCancelled(who);
    for (let untilMs = this.#freeMs; untilMs > this.#clock.monotonicMs(); untilMs = this.#freeMs) {
      if (this.isHeld) await this.#showing(host, untilMs, who);
      else await this.#until(untilMs, who);
    }
    // From when it is really sent: one that is late must not bring the next one nearer.
    const { requestsPerSecond } = this.#limits;
    if (requestsPerSecond !== null) this.#nextRequestMs = this.#clock.monotonicMs() + 1000 / requestsPerSecond;
  }

  /** What came in is paid for before anything else is asked. */
  received(bytes: number): void {
    const { bytesPerSecond } = this.#limits;
    if (bytesPerSecond === null || bytes <= 0) return;
    this.#paidMs = Math.max(this.#paidMs, this.#clock.monotonicMs()) + (bytes / (bytesPerSecond * byteShare)) * 1000;
  }

  /** Of an answer that is still coming: waits until this much of it may go on. */
  async passed(bytes: number, who: Waiting): Promise<void> {
    this.received(bytes);
    await this.#until(this.#paidMs, who);
  }

  /** The server asked for so long a pause: nobody asks it anything until then. */
  hold(ms: number): void {
    this.#heldUntilMs = Math.max(this.#heldUntilMs, this.#clock.monotonicMs() + ms);
  }

  get #freeMs(): number {
    return Math.max(this.#heldUntilMs, this.#paidMs, this.#nextRequestMs);
  }

  async #showing(host: string, untilMs: number, who: Waiting): Promise<void> {
    who.progress?.waiting(host, Math.round(this.#clock.nowMs() + untilMs - this.#clock.monotonicMs()));
    try {
      await this.#until(untilMs, who);
    } finally {
      who.progress?.waiting(host, null);
    }
  }

  async #until(ms: number, { signal }: Waiting): Promise<void> {
    for (let left = ms - this.#clock.monotonicMs(); left > 0; left = ms - this.#clock.monotonicMs()) {
      stopIfCancelled({ signal });
      await this.#clock.sleep(Math.ceil(left), signal);
    }
    stopIfCancelled({ signal });
  }
}
