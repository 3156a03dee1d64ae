import type { CallArguments, CallOutput } from '../../../src/shared/contract/calls.ts';
import { nowMs } from './sample-setup.ts';

const hour = 3_600_000;

/** A run every six hours, whatever the schedule: for what draws runs, not for what plans them. */
export function forecastOf({ days, limit, zone }: CallArguments<'job.forecast'>): CallOutput<'job.forecast'> {
  const count = Math.min(limit, days * 4);
  const runs = Array.from({ length: count }, (_, index) => {
    const startMs = nowMs + (index + 1) * 6 * hour;
    return {
      startMs,
      endMs: startMs + hour / 3,
      because: 'time',
      note: null,
      isSlow: index % 4 === 1,
      isCut: index === 5,
    } as const;
  });
  return { zone: zone ?? 'Europe/Vienna', nowMs, runs };
}
