import type { AlertSettings } from '../../shared/domain/alert.ts';
import type { Run } from '../../shared/domain/run.ts';
import { type NewAlert, nextTimeOfDayMs } from '../alerts/index.ts';
import type { Parts } from './parts.ts';

const key = 'alerts/week';
const dayMs = 86_400_000;
const weekMs = 7 * dayMs;

/** The sum of a week, once it is over; undefined: it is not, or this is when the first one begins. */
export function weekDue(parts: Parts, { digestAt, zone }: AlertSettings): NewAlert | undefined {
  const { store, clock } = parts;
  const nowMs = clock.nowMs();
  const dueText = store.preference(key);
  const dueMs = dueText === undefined ? null : Number(dueText);
  const isAhead = dueMs !== null && dueMs - nowMs > weekMs + dayMs; // the clock was set back
  if (dueMs !== null && nowMs < dueMs && !isAhead) return undefined;
  store.setPreference(key, String(nextMondayMs(digestAt, zone, nowMs)));
  if (dueMs === null || isAhead) return undefined;
  const runs = store
    .runs({ job: null, storage: null, kind: 'backup', sinceMs: nowMs - weekMs, limit: 10_000 })
    .filter(({ status }) => status !== 'running');
  return {
    ...{ topic: 'week', level: 'information', cause: `week:${dueMs}`, job: null, storage: null, run: null },
    ...{ byPerson: false, failure: null, facts: sumOf(runs) },
  };
}

function sumOf(runs: readonly Run[]): NewAlert['facts'] {
  const ended = (...statuses: readonly Run['status'][]): number => runs.filter(({ status }) => statuses.includes(status)).length;
  const sum = (value: (run: Run) => number): number => runs.reduce((total, run) => total + value(run), 0);
  return {
    runs: runs.length,
    successes: ended('success'),
    warnings: ended('warning'),
    failures: ended('failed', 'interrupted'),
    new: sum(({ counts }) => counts.new),
    changed: sum(({ counts }) => counts.changed),
    vanished: sum(({ counts }) => counts.vanished),
    stored: sum(({ bytes }) => bytes.stored),
  };
}

function nextMondayMs(minute: number, zone: string | null, afterMs: number): number {
  const format = new Intl.DateTimeFormat('en', { weekday: 'short', ...(zone === null ? {} : { timeZone: zone }) });
  let atMs = nextTimeOfDayMs(minute, zone, afterMs);
  while (format.format(atMs) !== 'Mon') atMs = nextTimeOfDayMs(minute, zone, atMs);
  return atMs;
}
