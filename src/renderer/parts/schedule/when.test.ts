import { describe, expect, it } from 'vitest';
import { scheduleModes, usualTiming } from '../../../shared/domain/schedule.ts';
import { faultOf, saysSame, scheduleOf, usualWhen, type When, whenOf } from './when.ts';

const hour = 3_600_000;
const rule = { days: { every: 'week', weekdays: [1] }, minutes: [750] } as const;
const full: When = { ...usualWhen, idleMs: 60_000, rules: [rule], expression: ' 30 2 * * 1-5 ' };

describe('what a person says about when', () => {
  it('is every hour at first', () => {
    expect(scheduleOf(usualWhen)).toEqual({ mode: 'continuous', idleMs: hour });
  });

  it('keeps what belongs to other modes, and says only what belongs to its own', () => {
    expect(scheduleModes.map((mode) => scheduleOf({ ...full, mode }))).toEqual([
      { mode: 'manual' },
      { mode: 'once' },
      { mode: 'continuous', idleMs: 60_000 },
      { mode: 'times', rules: [rule] },
      { mode: 'cron', expression: '30 2 * * 1-5' },
      { mode: 'on-change' },
      { mode: 'on-plug' },
    ]);
  });

  it('comes back from a job as it went there', () => {
    for (const mode of scheduleModes) {
      const schedule = scheduleOf({ ...full, mode });
      if (schedule === null) throw new Error(mode);
      expect(scheduleOf(whenOf(schedule, usualTiming, 'Europe/Vienna'))).toEqual(schedule);
    }
  });

  it.each<[string, Partial<When>]>([
    ['idle', { idleMs: 999 }],
    ['idle', { idleMs: 367 * 24 * hour }],
    ['idle', { idleMs: Number.NaN }],
    ['rules', { mode: 'times', rules: [] }],
    ['rules', { mode: 'times', rules: [rule, { ...rule, minutes: [] }] }],
    ['rules', { mode: 'times', rules: [{ days: { every: 'week', weekdays: [] }, minutes: [1] }] }],
    ['rules', { mode: 'times', rules: [{ days: { every: 'month', days: [] }, minutes: [1] }] }],
    ['rules', { mode: 'times', rules: [{ days: { every: 'count', count: 0, from: '2026-11-29' }, minutes: [1] }] }],
    ['rules', { mode: 'times', rules: [{ days: { every: 'count', count: 2, from: '' }, minutes: [1] }] }],
    ['rules-text', { mode: 'times', typedRules: { text: 'nonsense', bad: 'nonsense' } }],
    ['expression', { mode: 'cron', expression: ' ' }],
    ['windows-text', { typedWindows: { allowed: { text: '', bad: null }, slow: { text: 'x', bad: 'x' } } }],
    ['windows-none', { timing: { ...usualTiming, windows: [] } }],
    ['timing', { timing: { ...usualTiming, slowBytesPerSecond: Number.NaN } }],
    ['timing', { timing: { ...usualTiming, batteryAbove: Number.NaN } }],
    ['timing', { timing: { ...usualTiming, delayMs: 25 * hour } }],
    ['timing', { timing: { ...usualTiming, retries: 33 } }],
    ['timing', { timing: { ...usualTiming, retryPauseMs: 59_000 } }],
    ['timing', { timing: { ...usualTiming, enoughMs: Number.NaN } }],
    ['timing', { timing: { ...usualTiming, networks: ['x'.repeat(101)] } }],
  ])('is not saved while it cannot be understood: %s %j', (fault, part) => {
    expect(faultOf({ ...full, ...part })).toBe(fault);
    expect(scheduleOf({ ...full, ...part })).toBeNull();
  });

  it('is not held up by what belongs to another mode', () => {
    expect(faultOf({ ...full, mode: 'times', idleMs: Number.NaN, expression: '' })).toBeNull();
    expect(faultOf({ ...full, typedRules: { text: 'x', bad: 'x' } })).toBeNull();
    expect(faultOf({ ...full, mode: 'manual', timing: { ...usualTiming, windows: [] } })).toBeNull();
  });

  it('is the same whatever the order of its words, and another with another number', () => {
    expect(saysSame({ mode: 'times', rules: [rule] }, { rules: [{ minutes: [750], days: rule.days }], mode: 'times' })).toBe(
      true,
    );
    expect(saysSame({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
    expect(saysSame(usualTiming, { ...usualTiming, windows: [] })).toBe(false);
  });
});
