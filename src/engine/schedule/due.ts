/** `manual`: when asked. `continuous`: a cycle, the idle time, the next cycle. */
export type Schedule = { readonly mode: 'manual' } | { readonly mode: 'continuous'; readonly idleMs: number };

/**
 * When the next cycle should begin, or null for never by itself. A job that never ran is due at once.
 * An end that lies in the future (the clock was set back) counts as now: it must not stop a job for years.
 */
export function nextDueMs(schedule: Schedule, lastEndMs: number | null, nowMs: number): number | null {
  switch (schedule.mode) {
    case 'manual':
      return null;
    case 'continuous':
      return lastEndMs === null ? nowMs : Math.min(lastEndMs, nowMs) + schedule.idleMs;
  }
}

export function isDue(schedule: Schedule, lastEndMs: number | null, nowMs: number): boolean {
  const due = nextDueMs(schedule, lastEndMs, nowMs);
  return due !== null && due <= nowMs;
}
