import type { Run } from '../../shared/domain/run.ts';

/** One square of a strip: the worst that happened on that day, and how much was saved. */
export interface DayMark {
  /** The day's first moment in local time. */
  dayMs: number;
  state: 'nothing' | 'success' | 'warning' | 'failed' | 'stopped';
  changes: number;
}

const severity: Readonly<Record<DayMark['state'], number>> = { nothing: 0, success: 1, stopped: 2, warning: 3, failed: 4 };

/** The local day that a time belongs to. A day has 23, 24 or 25 hours; so it is counted by the calendar, never by adding hours. */
export function dayOf(timeMs: number): number {
  return new Date(timeMs).setHours(0, 0, 0, 0);
}

/** The last `days` days, oldest first, today included. */
export function dayMarks(runs: readonly Run[], days: number, nowMs: number): DayMark[] {
  const marks = new Map<number, DayMark>();
  for (let back = days - 1; back >= 0; back -= 1) {
    const day = new Date(nowMs);
    day.setHours(0, 0, 0, 0);
    day.setDate(day.getDate() - back);
    marks.set(day.getTime(), { dayMs: day.getTime(), state: 'nothing', changes: 0 });
  }
  for (const run of runs) {
    const mark = marks.get(dayOf(run.startedAtMs));
    const state = stateOf(run);
    if (mark === undefined || state === 'nothing') continue;
    mark.changes += run.counts.new + run.counts.changed + run.counts.metadataOnly + run.counts.moved + run.counts.vanished;
    if (severity[state] > severity[mark.state]) mark.state = state;
  }
  return [...marks.values()];
}

function stateOf(run: Run): DayMark['state'] {
  switch (run.status) {
    case 'running':
      return 'nothing';
    case 'paused':
    case 'interrupted':
      return 'stopped';
    default:
      return run.status;
  }
}
