import type { PlannedRun, SlotBook } from '../../shared/domain/schedule.ts';
import { dueOf } from './due.ts';
import { type JobPast, type JobRule, nothingInTheWay } from './rule.ts';
import { nextClose, paintNow } from './windows.ts';

export interface Horizon {
  readonly untilMs: number;
  readonly limit: number;
  /** How long its runs usually take; null: not known. */
  readonly usualMs: number | null;
}

/** The runs to come, if nothing but time stands in their way: the scheduler's own answer, asked again and again by a clock that jumps ahead. */
export function planOf(rule: JobRule, past: JobPast, nowMs: number, { untilMs, limit, usualMs }: Horizon): PlannedRun[] {
  const runs: PlannedRun[] = [];
  let life = past;
  let atMs = nowMs;
  let leftMs = usualMs;
  // In the network in which it may run, where it may not in every one.
  const network = rule.timing.networks[0] ?? null;
  while (runs.length < limit && atMs <= untilMs) {
    const { due, book, slot } = dueOf(rule, life, { ...nothingInTheWay, network, nowMs: atMs });
    if (due.kind === 'never') break;
    if (due.kind === 'wait') {
      if (due.untilMs === null) break;
      atMs = Math.max(due.untilMs, atMs + 1);
      continue;
    }
    const run = planned(rule, atMs, due.because, slot?.note ?? null, due.because === 'resumed' ? leftMs : usualMs);
    runs.push(run);
    const endMs = run.endMs ?? atMs;
    leftMs = run.isCut && leftMs !== null ? Math.max(leftMs - (endMs - atMs), 1) : usualMs;
    life = lived(life, book ?? life.book, atMs, endMs, run.isCut);
    atMs = endMs + 1;
  }
  return runs;
}

function planned(
  { timing, zone }: JobRule,
  startMs: number,
  because: PlannedRun['because'],
  note: PlannedRun['note'],
  lengthMs: number | null,
): PlannedRun {
  const closeMs = timing.windowEnd === 'cycle' ? null : nextClose(timing.windows, zone, startMs);
  const isCut = lengthMs !== null && closeMs !== null && closeMs < startMs + lengthMs;
  return {
    startMs,
    endMs: isCut ? closeMs : lengthMs === null ? null : startMs + lengthMs,
    because,
    note,
    isSlow: paintNow(timing.windows, zone, startMs) === 'slow',
    isCut,
  };
}

function lived(past: JobPast, book: SlotBook, startMs: number, endMs: number, isCut: boolean): JobPast {
  return {
    ...past,
    book: isCut ? book : { ...book, tries: 0 },
    last: { startMs, endMs, outcome: isCut ? 'cut' : 'complete', mayPass: true },
    complete: isCut ? past.complete : { startMs, endMs },
  };
}
