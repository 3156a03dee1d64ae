import type { JobRule } from './rule.ts';
import { spread } from './spread.ts';

const minuteMs = 60_000;
/** The heartbeat comes each minute, and may come late itself. */
const graceMs = 2 * minuteMs;

/** When a run for this time begins: it may be spread, always in the same way. */
export const startOf = ({ timing, seed }: JobRule, slotMs: number): number =>
  slotMs + spread(`${seed} ${slotMs}`, timing.delayMs);

export const isLate = (rule: JobRule, slotMs: number, nowMs: number): boolean => nowMs > startOf(rule, slotMs) + graceMs;

/** A machine that wakes has better things to do at first: 2 to 10 minutes, and not all jobs at once. */
export const wakingMs = ({ seed }: JobRule, slotMs: number): number =>
  2 * minuteMs + spread(`waking ${seed} ${slotMs}`, 8 * minuteMs);
