import type { RunRecord } from '../../state/index.ts';
import { startOfDay } from '../../words/format.ts';

export interface WrittenDay {
  readonly dayMs: number;
  readonly bytes: number;
}

/** What backups wrote on each of the last days, oldest first, days without any included. */
export function writtenDays(runs: readonly RunRecord[], days: number, nowMs: number): readonly WrittenDay[] {
  const sums = new Map<number, number>();
  for (const run of runs) {
    if (run.kind !== 'backup') continue;
    const day = startOfDay(run.startedAtMs);
    sums.set(day, (sums.get(day) ?? 0) + run.bytes.stored);
  }
  const today = new Date(nowMs);
  return Array.from({ length: days }, (_, index) => {
    // By the calendar: a day is not always 24 hours.
    const dayMs = new Date(today.getFullYear(), today.getMonth(), today.getDate() - (days - 1 - index)).getTime();
    return { dayMs, bytes: sums.get(dayMs) ?? 0 };
  });
}
