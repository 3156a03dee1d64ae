import type { JobId } from '../../shared/domain/ids.ts';
import type { RunStatus } from '../../shared/domain/run.ts';
import type { DaySpan } from '../catalog/index.ts';
import type { Parts } from './parts.ts';

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

/** The last `days` days, oldest first, today included. Of one job's backups, or of all. */
export function dayMarks({ store }: Pick<Parts, 'store'>, job: JobId | null, days: number, nowMs: number): DayMark[] {
  const spans = lastDays(days, nowMs);
  const marks = spans.map(({ fromMs }): DayMark => ({ dayMs: fromMs, state: 'nothing', changes: 0 }));
  for (const { day, status, changes } of store.daySums(job, spans)) {
    const mark = marks[day];
    const state = stateOf(status);
    if (mark === undefined || state === 'nothing') continue;
    mark.changes += changes;
    if (severity[state] > severity[mark.state]) mark.state = state;
  }
  return marks;
}

function lastDays(days: number, nowMs: number): DaySpan[] {
  const startOf = (back: number): number => {
    const day = new Date(dayOf(nowMs));
    return day.setDate(day.getDate() - back);
  };
  return Array.from({ length: days }, (_, index) => ({ fromMs: startOf(days - 1 - index), untilMs: startOf(days - 2 - index) }));
}

function stateOf(status: RunStatus): DayMark['state'] {
  switch (status) {
    case 'running':
      return 'nothing';
    case 'paused':
    case 'interrupted':
      return 'stopped';
    default:
      return status;
  }
}
