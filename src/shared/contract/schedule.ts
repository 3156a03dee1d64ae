import {
  dayMinutes,
  missedRules,
  paints,
  startReasons,
  type Stretch,
  waitReasons,
  weekMinutes,
  windowEnds,
} from '../domain/schedule.ts';
import { leastBytesPerSecond } from '../domain/source-limits.ts';
import { isDate } from '../domain/week-text.ts';
import { timeMs } from './values.ts';
import { z } from './z.ts';

const dayMs = 86_400_000;
const whole = (min: number, max: number) => z.number().int().min(min).max(max);

const dayRule = z.discriminatedUnion('every', [
  z.object({ every: z.literal('week'), weekdays: z.array(whole(1, 7)).min(1).max(7).readonly() }),
  z.object({ every: z.literal('month'), days: z.array(whole(1, 31)).min(1).max(31).readonly() }),
  z.object({ every: z.literal('count'), count: whole(1, 366), from: z.string().refine(isDate) }),
]);

const timeRule = z.object({
  days: dayRule,
  minutes: z
    .array(whole(0, dayMinutes - 1))
    .min(1)
    .max(dayMinutes)
    .readonly(),
});

const atTimes = z.object({ mode: z.literal('times'), rules: z.array(timeRule).min(1).max(50).readonly() });
const byCron = z.object({ mode: z.literal('cron'), expression: z.string().min(1).max(200) });

/** By the clock on the wall alone. */
export const clockSchedule = z.discriminatedUnion('mode', [atTimes, byCron]);
export const schedule = z.discriminatedUnion('mode', [
  z.object({ mode: z.enum(['manual', 'once', 'on-change', 'on-plug']) }),
  z.object({ mode: z.literal('continuous'), idleMs: whole(1000, 366 * dayMs) }),
  atTimes,
  byCron,
]);

const stretch = z
  .object({ from: whole(0, weekMinutes - 1), to: whole(1, weekMinutes), paint: z.enum(paints).exclude(['blocked']) })
  .refine(({ from, to }) => from < to);

const isOrdered = (week: readonly Stretch[]): boolean => week.every(({ from }, index) => from >= (week[index - 1]?.to ?? 0));

export const timing = z.object({
  windows: z.array(stretch).max(1000).refine(isOrdered).readonly().nullable(),
  windowEnd: z.enum(windowEnds),
  slowBytesPerSecond: whole(leastBytesPerSecond, 1_000_000_000_000),
  batteryAbove: whole(0, 101),
  onMetered: z.boolean(),
  networks: z.array(z.string().min(1).max(100)).max(50).readonly(),
  missed: z.enum(missedRules),
  delayMs: whole(0, dayMs),
  retries: whole(0, 32),
  retryPauseMs: whole(60_000, dayMs),
  enoughMs: whole(0, dayMs),
});

export const due = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('never') }),
  z.object({ kind: z.literal('wait'), because: z.enum(waitReasons), untilMs: timeMs.nullable() }),
  z.object({ kind: z.literal('start'), because: z.enum(startReasons) }),
]);

export const plannedRun = z.object({
  startMs: timeMs,
  endMs: timeMs.nullable(),
  because: z.enum(startReasons),
  note: z.enum(['gap', 'overlap']).nullable(),
  isSlow: z.boolean(),
  isCut: z.boolean(),
});
