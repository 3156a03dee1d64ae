import type { Clock } from './clock.ts';

/** How far one may run ahead: what comes at once after a pause is let through, so that small things do not wait one by one. */
const aheadMs = 500;

/**
 * Lets no more pass than so much a second, on average over a second or so. The limit is asked each time, because a person may change it
 * while something runs; null lets everything pass.
 */
export class Pace {
  readonly #clock: Clock;
  readonly #perSecond: () => number | null;
  /** When, by the monotonic clock, everything that passed is paid for. */
  #paidAtMs = 0;

  constructor(clock: Clock, perSecond: () => number | null) {
    this.#clock = clock;
    this.#perSecond = perSecond;
  }

  /** After an amount has passed: waits as long as it was too early. */
  async passed(amount: number): Promise<void> {
    const limit = this.#perSecond();
    if (limit === null || limit <= 0 || amount <= 0) return;
    const nowMs = this.#clock.monotonicMs();
    this.#paidAtMs = Math.max(this.#paidAtMs, nowMs) + (amount / limit) * 1000;
    const early = this.#paidAtMs - nowMs - aheadMs;
    if (early > 0) await this.#clock.sleep(early);
  }
}
