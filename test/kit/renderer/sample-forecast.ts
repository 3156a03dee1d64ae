import type { CallArguments, CallOutput } from '../../../src/shared/contract/calls.ts';
import { StrataError } from '../../../src/shared/domain/strata-error.ts';
import { nowMs } from './sample-base.ts';

const hour = 3_600_000;
/** Programs read it differently, so that the engine refuses it. */
const unclear = '0 2 1 * 1';

/** A run every six hours, whatever the schedule: for what draws runs, not for what plans them. */
export function forecastOf({ schedule, days, limit, zone }: CallArguments<'job.forecast'>): CallOutput<'job.forecast'> {
  if (schedule.mode === 'cron' && schedule.expression === unclear) throw new StrataError('schedule.cron-unclear', 'never');
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
