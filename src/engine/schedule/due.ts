import type { Due, ScheduleMode, SlotBook } from '../../shared/domain/schedule.ts';
import { candidateOf } from './candidate.ts';
import { gate } from './gate.ts';
import { type JobPast, type JobRule, type Moments, recentSlots } from './rule.ts';
import type { Moment } from './wall.ts';

/** What becomes of a job now, and what has to be written down for it: before the start, where it is one. */
export interface Verdict {
  readonly due: Due;
  /** Null: as it is. */
  readonly book: SlotBook | null;
  /** The time that a start, or the question whether to start, is for. */
  readonly slot: Moment | null;
  /** When the run should begin, or should have; null: nobody knows. */
  readonly atMs: number | null;
}

/**
 * The one answer to "what is due": the scheduler starts by it, and every preview asks it for moments to come. It knows no timer and no
 * clock; asked a second time with the book that it gave, it never starts anything for the same time again.
 */
export function dueOf(rule: JobRule, past: JobPast, moments: Moments): Verdict {
  const candidate = candidateOf(rule, past, moments);
  if (candidate === null) return { due: nothingInSight(rule.schedule.mode), book: null, slot: null, atMs: null };
  const { atMs, slot } = candidate;
  const isWanted = slot !== null && past.book.wantedMs === slot.ms;
  // Whoever said that it shall run does not wait until the machine is well awake.
  const because = isWanted ? 'asked' : candidate.because;
  if (because === 'catch-up' && slot !== null) {
    if (rule.timing.missed === 'skip') return dueOf(rule, { ...past, book: dealtWith(rule, past.book, slot.ms) }, moments);
    if (rule.timing.missed === 'ask') return { due: { kind: 'wait', because: 'answer', untilMs: null }, book: null, slot, atMs };
  }
  const held = gate(rule, moments, { ...candidate, because });
  if (held !== null) return { due: { kind: 'wait', ...held }, book: null, slot, atMs };
  if (atMs > moments.nowMs) return { due: { kind: 'wait', because: 'time', untilMs: atMs }, book: null, slot, atMs };
  const tries = because === 'retry' || because === 'resumed' ? past.book.tries + 1 : 1;
  const book = slot === null ? past.book : dealtWith(rule, past.book, slot.ms);
  return { due: { kind: 'start', because }, book: { ...book, tries }, slot, atMs };
}

/** Some jobs wait for what no clock knows. */
function nothingInSight(mode: ScheduleMode): Due {
  if (mode === 'on-change') return { kind: 'wait', because: 'time', untilMs: null };
  return mode === 'on-plug' ? { kind: 'wait', because: 'storage', untilMs: null } : { kind: 'never' };
}

/** Up to this time, nothing is owed any more. */
export function dealtWith(rule: JobRule, book: SlotBook, slotMs: number): SlotBook {
  const recent = [...book.recent.filter((one) => one !== slotMs), slotMs].slice(-recentSlots);
  return { ...book, doneMs: slotMs, recent, zone: rule.zone, wantedMs: null };
}
