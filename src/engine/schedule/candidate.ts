import { isLate, startOf } from './lateness.ts';
import type { Candidate, JobPast, JobRule, Moments } from './rule.ts';
import { newestSlot, nextSlot, periodBefore, type Slot } from './slots.ts';
import type { ClockTimes } from './clock-times.ts';
import { timesOf } from './times.ts';
import { nextClose, nextOpen, paintNow, windowAt } from './windows.ts';

/** What lies ahead by no more than this is believed: the clock was set back a little. By more: it was wrong when that was written. */
const believedAheadMs = 36 * 3_600_000;
/** What capture asks for again and again must not run again and again. */
const pauseBeforeScanMs = 5 * 60_000;
/** However often it failed, a job that runs all the time is tried again after this. */
export const longestPauseMs = 4 * 3_600_000;
/** More times than are looked at in vain: a day of minutes, and some. */
const mostSlots = 2000;

/** The run that should be next by the rule alone, whatever stands in its way. */
export function candidateOf(rule: JobRule, past: JobPast, moments: Moments): Candidate | null {
  if (rule.schedule.mode === 'manual') return null;
  const again = againOf(rule, past, moments.nowMs);
  return earliest([again, askedOf(past, moments), bySchedule(rule, past, moments, again !== null)]);
}

function earliest(candidates: readonly (Candidate | null)[]): Candidate | null {
  const found = candidates.filter((one) => one !== null);
  return found.length === 0 ? null : found.reduce((first, one) => (one.atMs < first.atMs ? one : first));
}

function bySchedule(rule: JobRule, past: JobPast, moments: Moments, isTriedAgain: boolean): Candidate | null {
  const { schedule } = rule;
  const { nowMs, pluggedMs } = moments;
  const atOnce = (because: Candidate['because']): Candidate => ({ atMs: nowMs, because, slot: null });
  switch (schedule.mode) {
    case 'manual':
      return null;
    case 'times':
    case 'cron':
      return bySlots(rule, past, nowMs, timesOf(schedule));
    case 'continuous':
      if (past.last === null) return atOnce('first');
      if (isNewWindow(rule, past.last.startMs, nowMs)) return atOnce('window');
      return isTriedAgain ? null : { ...atOnce('idle'), atMs: after(past.last.endMs, schedule.idleMs, nowMs) };
    case 'once':
      if (past.last === null || past.last.startMs < believed(past.sinceMs, nowMs)) return atOnce('first');
      return nextPass(rule, past.last.startMs, nowMs);
    case 'on-change':
      return past.last === null ? atOnce('first') : null;
    case 'on-plug':
      if (past.last === null) return atOnce('first');
      return pluggedMs !== null && past.last.startMs < pluggedMs ? { ...atOnce('plugged'), atMs: pluggedMs } : null;
  }
}

/** A time that lies too far ahead was written while the clock was wrong, and counts for nothing. */
const believed = (ms: number | null, nowMs: number): number =>
  ms === null || ms > nowMs + believedAheadMs ? Number.NEGATIVE_INFINITY : ms;

/** After an end that lies ahead by more than the pause: at once. It must not stop a job for years. */
const after = (endMs: number, pauseMs: number, nowMs: number): number => (endMs - nowMs > pauseMs ? nowMs : endMs + pauseMs);

/** The newest time whose start has come and is owed; else the first that will be. */
function bySlots(rule: JobRule, past: JobPast, nowMs: number, times: readonly ClockTimes[]): Candidate | null {
  const { zone } = rule;
  // A run that was under way at a time, or began after it, is the answer to it, however it ended: trying again has rules of its own.
  const doneMs = Math.max(...[past.sinceMs, past.book.doneMs, past.last?.endMs ?? null].map((ms) => believed(ms, nowMs)));
  const coming: Candidate[] = [];
  let slot = newestSlot(times, zone, nowMs);
  for (let guard = 0; slot !== null && slot.ms > doneMs && isOwed(rule, past, times, slot); guard += 1) {
    const answer = answering(rule, slot, nowMs);
    // The newest of those whose start has come: one that is still spread out must not put off what was before it.
    if (answer.atMs <= nowMs || guard > mostSlots) return answer;
    coming.push(answer);
    slot = newestSlot(times, zone, slot.ms - 1);
  }
  let next = nextSlot(times, zone, Math.max(nowMs, doneMs));
  for (let guard = 0; next !== null && !isOwed(rule, past, times, next); guard += 1) {
    if (guard > mostSlots) return earliest(coming);
    next = nextSlot(times, zone, next.ms);
  }
  return earliest([...coming, next === null ? null : answering(rule, next, nowMs)]);
}

const answering = (rule: JobRule, slot: Slot, nowMs: number): Candidate => ({
  atMs: startOf(rule, slot.ms),
  because: isLate(rule, slot.ms, nowMs) ? 'catch-up' : 'time',
  slot,
});

function isOwed({ timing, zone }: JobRule, { book, complete }: JobPast, times: readonly ClockTimes[], slot: Slot): boolean {
  if (book.recent.includes(slot.ms)) return false;
  if (complete !== null && complete.startMs <= slot.ms && complete.startMs >= slot.ms - timing.enoughMs && timing.enoughMs > 0)
    return false;
  if (timing.missed === 'skip' && paintNow(timing.windows, zone, slot.ms) === 'blocked') return false;
  // Somebody travels: the same evening must not be saved at nine and, an hour of flight later, at nine again.
  const isOtherZone = book.zone !== null && book.zone !== zone && book.doneMs !== null;
  return !isOtherZone || slot.ms - (book.doneMs ?? 0) >= periodBefore(times, slot) / 2;
}

/** What failed and may pass, what a window cut off, and what a restart broke off, is not left until the next time. */
function againOf({ schedule, timing }: JobRule, { last, book }: JobPast, nowMs: number): Candidate | null {
  if (last === null) return null;
  const isEndless = schedule.mode === 'continuous';
  const pauseMs = Math.min(timing.retryPauseMs * 2 ** Math.max(0, book.tries - 1), Math.max(longestPauseMs, timing.retryPauseMs));
  switch (last.outcome) {
    case 'complete':
    case 'stopped':
      return null;
    case 'cut':
      return { atMs: Math.min(last.endMs, nowMs), because: 'resumed', slot: null };
    case 'broken': {
      if (!isEndless && book.tries > timing.retries + 1) return null;
      return { atMs: after(last.endMs, book.tries <= 1 ? 0 : pauseMs, nowMs), because: 'resumed', slot: null };
    }
    case 'failed':
      if (isEndless) return { atMs: after(last.endMs, Math.max(schedule.idleMs, pauseMs), nowMs), because: 'retry', slot: null };
      if (!last.mayPass || book.tries > timing.retries) return null;
      return { atMs: after(last.endMs, pauseMs, nowMs), because: 'retry', slot: null };
  }
}

function askedOf({ last }: JobPast, { isScanAsked, nowMs }: Moments): Candidate | null {
  if (!isScanAsked || last === null) return null;
  return { atMs: after(last.endMs, pauseBeforeScanMs, nowMs), because: 'asked', slot: null };
}

/** A window has begun in which no run began yet, whoever asked for it. */
function isNewWindow({ timing, zone }: JobRule, lastStartMs: number, nowMs: number): boolean {
  const window = windowAt(timing.windows, zone, nowMs);
  if (window === null) return false;
  if (lastStartMs > nowMs + believedAheadMs) return true;
  const before = windowAt(timing.windows, zone, lastStartMs);
  return before === null || before < window;
}

/** One pass in each window; without windows there is no other. */
function nextPass(rule: JobRule, lastStartMs: number, nowMs: number): Candidate | null {
  const { windows } = rule.timing;
  if (isNewWindow(rule, lastStartMs, nowMs)) return { atMs: nowMs, because: 'window', slot: null };
  const closeMs = nextClose(windows, rule.zone, nowMs);
  const openMs = closeMs === null ? null : nextOpen(windows, rule.zone, closeMs);
  return openMs === null ? null : { atMs: openMs, because: 'window', slot: null };
}
