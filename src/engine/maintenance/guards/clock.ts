import type { ClockMark } from '../../catalog/index.ts';

/** What the computer says of the time, and what a storage saw. */
export interface ClockReading {
  readonly nowMs: number;
  /** Which start of the system; empty where it does not say. */
  readonly boot: string;
  /** How long the system has been up, sleep included. */
  readonly uptimeMs: number;
  /** The greatest time of all commits; null before the first. */
  readonly newestCommitMs: number | null;
}

export type ClockVerdict =
  | { readonly kind: 'right' }
  | { readonly kind: 'ahead'; readonly byMs: number; readonly needsPerson: boolean }
  | { readonly kind: 'behind'; readonly byMs: number };

const hourMs = 3_600_000;
const mostBehindMs = 5 * 60_000;
const mostAheadMs = 24 * hourMs;
/** A computer that was off for longer is told apart from a wrong clock by a person only. */
const mostOffMs = 40 * 24 * hourMs;
/** So long the system must have been up with the new time before it is believed without a person. */
const provedAfterMs = 24 * hourMs;
/** What it ran away in a longer time of uptime is forgiven: a computer that is up for years steps its clock now and then. */
const rememberedMs = 7 * 24 * hourMs;

/** Nothing to hold the time against: it is believed. */
const freshMark = ({ nowMs, boot, uptimeMs }: ClockReading, disbelievedMs?: number): ClockMark => ({
  wallMs: nowMs,
  boot,
  uptimeMs,
  strayed: null,
  ...(disbelievedMs !== undefined && { disbelievedMs }),
});

/** A person says that the time is right. So commits of later times were made while it was wrong, and prove nothing. */
export function believedMark(mark: ClockMark | null, reading: ClockReading): ClockMark {
  const { newestCommitMs, nowMs } = reading;
  const isLater = newestCommitMs !== null && newestCommitMs > nowMs;
  return freshMark(reading, isLater ? newestCommitMs : mark?.disbelievedMs);
}

/**
 * Whether the time can be true, as far as the system's uptime and the storage's commits tell. While the system is up its clock may run
 * away by a day in a week; a person must explain more. While it was off nothing is known: a longer leap is believed when it held for a
 * day of uptime, and one of more than forty days never without a person.
 */
export function judgeClock(
  mark: ClockMark | null,
  reading: ClockReading,
): { readonly mark: ClockMark; readonly verdict: ClockVerdict } {
  const { nowMs, uptimeMs, newestCommitMs } = reading;
  const known = mark ?? freshMark(reading);
  const believedMs = newestCommitMs !== null && newestCommitMs > (known.disbelievedMs ?? -Infinity) ? newestCommitMs : -Infinity;
  const behindMs = Math.max(believedMs, mark?.wallMs ?? -Infinity) - nowMs;
  if (behindMs > mostBehindMs) return { mark: known, verdict: { kind: 'behind', byMs: behindMs } };

  const isSameBoot = known.boot === reading.boot && uptimeMs >= known.uptimeMs;
  const elapsedMs = isSameBoot ? uptimeMs - known.uptimeMs : uptimeMs;
  const expectedMs = known.wallMs + elapsedMs;
  const aheadMs = nowMs - expectedMs;
  if (aheadMs <= mostAheadMs) {
    // Within a week of one start of the system the mark stays where it is, so that many small leaps add up.
    const stays = isSameBoot && known.strayed === null && elapsedMs < rememberedMs;
    return { mark: stays ? known : freshMark(reading, known.disbelievedMs), verdict: { kind: 'right' } };
  }
  const before = known.strayed;
  // What it was ahead when the system came up explains that much and no more: it may run away again before the first is proved.
  const isFurther = isSameBoot && (before === null || aheadMs - (before.byMs ?? aheadMs) > mostAheadMs);
  const strayed = {
    forMs: before === null ? 0 : before.forMs + elapsedMs,
    whileUp: before?.whileUp === true || isFurther,
    byMs: before === null || !isSameBoot ? aheadMs : (before.byMs ?? aheadMs),
  };
  const needsPerson = strayed.whileUp || aheadMs > mostOffMs;
  if (!needsPerson && strayed.forMs >= provedAfterMs)
    return { mark: freshMark(reading, known.disbelievedMs), verdict: { kind: 'right' } };
  return {
    mark: { ...known, wallMs: expectedMs, boot: reading.boot, uptimeMs, strayed },
    verdict: { kind: 'ahead', byMs: aheadMs, needsPerson },
  };
}
