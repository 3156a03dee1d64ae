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
 * How fast one source's server is asked, or its files are read, by whatever sessions there are at the time. Nothing is saved up while nothing
 * is asked: no ten seconds see more requests or bytes than ten times what one may.
 */
export class SourcePace {
  readonly #clock: Clock;
  #limits: SourceLimits;
  /** When the next request may be sent, and when all that was received is paid for, by the monotonic clock. */
  #nextRequestMs = 0;
  #paidMs = 0;
  #heldUntilMs = 0;
  /** When each of those who wait has paid for his own. */
  readonly #shares = new Set<{ untilMs: number }>();
  /** Aborted when other limits hold: whoever waits counts anew. */
  #changed = new AbortController();

  constructor(clock: Clock, limits: SourceLimits = noLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** A person chose others, or a slow time began or ended: what was received is paid for at the new price, or not at all. */
  change(limits: SourceLimits): void {
    const nowMs = this.#clock.monotonicMs();
    const [before, after] = [this.#limits.bytesPerSecond, limits.bytesPerSecond];
    const price = before === null || after === null ? 0 : before / after;
    const anew = (ms: number): number => nowMs + Math.max(0, ms - nowMs) * price;
    this.#paidMs = anew(this.#paidMs);
    for (const share of this.#shares) share.untilMs = anew(share.untilMs);
    this.#limits = limits;
    this.#changed.abort();
    this.#changed = new AbortController();
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
    while (this.#freeMs > this.#clock.monotonicMs()) {
      if (this.isHeld) await this.#showing(host, who);
      else await this.#until(() => this.#freeMs, who);
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
    const share = { untilMs: this.#paidMs };
    this.#shares.add(share);
    try {
      await this.#until(() => share.untilMs, who);
    } finally {
      this.#shares.delete(share);
    }
  }

  /** The server asked for so long a pause: nobody asks it anything until then. */
  hold(ms: number): void {
    this.#heldUntilMs = Math.max(this.#heldUntilMs, this.#clock.monotonicMs() + ms);
  }

  get #freeMs(): number {
    return Math.max(this.#heldUntilMs, this.#paidMs, this.#nextRequestMs);
  }

  async #showing(host: string, who: Waiting): Promise<void> {
    who.progress?.waiting(host, Math.round(this.#clock.nowMs() + this.#freeMs - this.#clock.monotonicMs()));
    try {
      await this.#until(() => this.#freeMs, who);
    } finally {
      who.progress?.waiting(host, null);
    }
  }

  /** Until the time that `moment` tells, which can change meanwhile. */
  async #until(moment: () => number, { signal }: Waiting): Promise<void> {
    for (let left = moment() - this.#clock.monotonicMs(); left > 0; left = moment() - this.#clock.monotonicMs()) {
      stopIfCancelled({ signal });
      await this.#clock.sleep(Math.ceil(left), AbortSignal.any([signal, this.#changed.signal]));
    }
    stopIfCancelled({ signal });
  }
}
