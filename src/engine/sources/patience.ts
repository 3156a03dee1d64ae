import type { SourcePace, Waiting } from './source-pace.ts';

export interface PatienceLimits {
  /** In a row, before the server is given up for this time. */
  readonly waits: number;
  /** Where the server does not say for how long: doubled with each one in a row, and never longer than this. */
  readonly longestMs: number;
  /** Where it does: longer than that, the next cycle is soon enough. */
  readonly longestAskedMs: number;
  /** Of one session. */
  readonly togetherMs: number;
}

/** Of a run that nobody looks at. */
export const patientRun: PatienceLimits = { waits: 6, longestMs: 60_000, longestAskedMs: 600_000, togetherMs: 1_800_000 };
/** Of an answer that somebody waits for. */
export const briefPatience: PatienceLimits = { waits: 2, longestMs: 5000, longestAskedMs: 10_000, togetherMs: 15_000 };

/** One session's patience with a server that says it has too much to do. Bounded in every direction. */
export class Patience {
  readonly #pace: SourcePace;
  readonly #host: string;
  readonly #firstMs: number;
  readonly #limits: PatienceLimits;
  #inARow = 0;
  #togetherMs = 0;

  /** @param firstMs The first wait where the server does not say how long. */
  constructor(pace: SourcePace, host: string, firstMs: number, limits: PatienceLimits = patientRun) {
    this.#pace = pace;
    this.#host = host;
    this.#firstMs = firstMs;
    this.#limits = limits;
  }

  /** It did as it was asked. */
  answered(): void {
    this.#inARow = 0;
  }

  /** Waits as long as the server asked for, or ever longer; false: it has been enough. Several requests that were refused at once wait once. */
  async wait(askedMs: number | undefined, who: Waiting): Promise<boolean> {
    if (!this.#pace.isHeld && !this.#holds(askedMs)) return false;
    await this.#pace.turn(this.#host, who);
    return true;
  }

  #holds(askedMs: number | undefined): boolean {
    const { waits, longestMs, longestAskedMs, togetherMs } = this.#limits;
    const ms = askedMs ?? Math.min(this.#firstMs * 2 ** this.#inARow, longestMs);
    if (this.#inARow === waits || ms > longestAskedMs || this.#togetherMs + ms > togetherMs) return false;
    this.#inARow += 1;
    this.#togetherMs += ms;
    this.#pace.hold(ms);
    return true;
  }
}
