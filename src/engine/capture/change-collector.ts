import type { SourceId } from '../../shared/domain/ids.ts';
import type { Clock } from '../kernel/clock.ts';

export interface Pace {
  /** What changes goes on changing for a moment: so long nothing may have been told. */
  readonly quietMs: number;
  /** So long the first of them waits at most, however much follows. */
  readonly longestMs: number;
  /** A walk through more folders than these is a whole one. */
  readonly mostFolders: number;
  /** So many cycles may follow each other as fast as the above allows... */
  readonly burst: number;
  /** ...and one more after each of these. */
  readonly refillMs: number;
}
/** A cycle is a commit, and a storage keeps its commits: about 1,500 a day where something changes all the time. */
export const usualPace: Pace = { quietMs: 2000, longestMs: 30_000, mostFolders: 2000, burst: 30, refillMs: 60_000 };

export type Changes = ReadonlyMap<SourceId, ReadonlySet<string>>;

/** Puts together what was told, until it is time to look. */
export class ChangeCollector {
  readonly #clock: Clock;
  readonly #pace: Pace;
  #waiting = new Map<SourceId, Set<string>>();
  #firstMs = 0;
  #lastMs = 0;
  #notBeforeMs = Number.NEGATIVE_INFINITY;
  #budget: number;
  #filledMs: number;

  constructor(clock: Clock, pace: Pace) {
    this.#clock = clock;
    this.#pace = pace;
    this.#budget = pace.burst;
    this.#filledMs = clock.monotonicMs();
  }

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  /** How many wait. */
  get folders(): number {
    let all = 0;
    for (const folders of this.#waiting.values()) all += folders.size;
    return all;
  }

  /** False: it is too much for a limited walk, and was not taken. */
  add(source: SourceId, folders: Iterable<string>): boolean {
    const all = this.#waiting.get(source) ?? new Set<string>();
    for (const folder of folders) all.add(folder);
    if (all.size > this.#pace.mostFolders) {
      this.#waiting.delete(source);
      return false;
    }
    if (all.size === 0) return true;
    const nowMs = this.#clock.monotonicMs();
    if (this.isEmpty) this.#firstMs = nowMs;
    this.#lastMs = nowMs;
    this.#waiting.set(source, all);
    return true;
  }

  /** Null: nothing waits. Zero: it is time. */
  waitMs(): number | null {
    if (this.isEmpty) return null;
    const nowMs = this.#clock.monotonicMs();
    const { quietMs, longestMs } = this.#pace;
    const settledMs = Math.min(this.#lastMs + quietMs, this.#firstMs + longestMs);
    return Math.max(0, Math.max(settledMs, this.#notBeforeMs, this.#affordableMs(nowMs)) - nowMs);
  }

  /** All of it; what is told from now on waits for the next time. */
  take(): Changes {
    const nowMs = this.#clock.monotonicMs();
    this.#refill(nowMs);
    this.#budget -= 1;
    const taken = this.#waiting;
    this.#waiting = new Map();
    return taken;
  }

  /** It could not be looked at, and must be, later. */
  putBack(changes: Changes, afterMs: number): void {
    for (const [source, folders] of changes) this.add(source, folders);
    this.#notBeforeMs = this.#clock.monotonicMs() + afterMs;
  }

  /** Nothing came of it: a look that is no commit costs nothing. */
  giveBack(): void {
    this.#budget = Math.min(this.#pace.burst, this.#budget + 1);
  }

  #affordableMs(nowMs: number): number {
    this.#refill(nowMs);
    return this.#budget >= 1 ? nowMs : this.#filledMs + this.#pace.refillMs;
  }

  #refill(nowMs: number): void {
    const { burst, refillMs } = this.#pace;
    const gained = Math.floor((nowMs - this.#filledMs) / refillMs);
    this.#budget = Math.min(burst, this.#budget + gained);
    this.#filledMs += gained * refillMs;
  }
}
