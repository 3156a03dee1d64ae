import { describe, expect, it } from 'vitest';
import { usualTiming } from '../../shared/domain/schedule.ts';
import { catchesUp, type MissedStorage } from './missed-storage.ts';
import { type JobRule, type Moments, nothingInTheWay } from './rule.ts';

const minute = 60_000;
const rule: JobRule = {
  schedule: { mode: 'times', rules: [{ days: { every: 'week', weekdays: [1] }, minutes: [0] }] },
  timing: { ...usualTiming, retries: 2, retryPauseMs: 15 * minute },
  zone: 'UTC',
  seed: 'j',
};
const missed: MissedStorage = { startMs: 5 * minute, endMs: 10 * minute, tries: 1, mayPass: true };
const at = (nowMs: number, more: Partial<Moments> = {}): Moments => ({ ...nothingInTheWay, nowMs, ...more });

describe('a storage that a run did not serve', () => {
  it('is served as soon as it has come back, whatever it failed of', () => {
    const forGood = { ...missed, tries: 9, mayPass: false };
    expect(catchesUp(rule, forGood, at(20 * minute, { isStorageHere: false }))).toBeNull();
    expect(catchesUp(rule, forGood, at(20 * minute, { pluggedMs: 12 * minute }))).toBe('plugged');
    // It was here all the time, and failed all the same.
    expect(catchesUp(rule, forGood, at(20 * minute, { pluggedMs: 4 * minute }))).toBeNull();
  });

  it('is tried again as a run that failed, and no more often', () => {
    expect(catchesUp(rule, missed, at(24 * minute))).toBeNull();
    expect(catchesUp(rule, missed, at(25 * minute))).toBe('retry');
    expect(catchesUp(rule, { ...missed, tries: 2 }, at(39 * minute))).toBeNull();
    expect(catchesUp(rule, { ...missed, tries: 2 }, at(40 * minute))).toBe('retry');
    expect(catchesUp(rule, { ...missed, tries: 3 }, at(1e9))).toBeNull();
    expect(catchesUp(rule, { ...missed, mayPass: false }, at(1e9))).toBeNull();
  });

  it('is not served before what its job waits for', () => {
    const timing = { ...rule.timing, batteryAbove: 50 };
    expect(catchesUp({ ...rule, timing }, missed, at(25 * minute, { battery: 20 }))).toBeNull();
    expect(catchesUp(rule, missed, at(25 * minute, { pausedUntilMs: 26 * minute }))).toBeNull();
    expect(catchesUp(rule, missed, at(25 * minute, { isStorageHere: false }))).toBeNull();
  });

  it('waits for a person where its job does', () => {
    expect(catchesUp({ ...rule, schedule: { mode: 'manual' } }, missed, at(25 * minute, { pluggedMs: 24 * minute }))).toBeNull();
  });
});
