import { describe, expect, test } from 'vitest';
import type { JobId, RunId } from '../../../shared/domain/ids.ts';
import type { Moment } from '../../state/index.ts';
import { createTimeline, nearest, nextOf, previousChange, previousOf } from './timeline.ts';

const at = (day: number, hour: number): number => new Date(2026, 2, day, hour).getTime();
const moment = (atMs: number, saved = 1): Moment => ({
  run: 'r' as RunId,
  job: 'j' as JobId,
  jobName: 'Mail',
  atMs,
  saved,
  vanished: 0,
});

describe('a timeline', () => {
  const moments = [moment(at(3, 12)), moment(at(1, 12)), moment(at(2, 12)), moment(at(2, 18), 0)];

  test('is oldest first, whatever order it came in', () => {
    expect(createTimeline(moments, null).moments.map(({ atMs }) => atMs)).toEqual([at(1, 12), at(2, 12), at(2, 18), at(3, 12)]);
  });

  test('offers the moments of days on which the folder changed, without those that saved nothing', () => {
    expect(createTimeline(moments, [{ dayMs: at(2, 0), saved: 5, vanished: 0 }]).changedMs).toEqual([at(2, 12)]);
    expect(createTimeline(moments, null).changedMs).toEqual([at(1, 12), at(2, 12), at(3, 12)]);
  });
});

describe('a step in time', () => {
  const times = [10, 20, 30];

  test('back from now leads to the moment before the newest, which looks like now', () => {
    expect(previousOf(times, null)).toBe(20);
    expect(previousOf(times, 20)).toBe(10);
    expect(previousOf(times, 25)).toBe(20);
    expect(previousOf(times, 10)).toBeUndefined();
    expect(previousOf([10], null)).toBeUndefined();
  });

  test('back to a change passes over moments that look the same', () => {
    expect(previousChange(times, 25)).toBe(10);
    expect(previousChange(times, 20)).toBe(10);
    expect(previousChange(times, null)).toBe(20);
    expect(previousChange(times, 15)).toBeUndefined();
  });

  test('forward ends at now instead of the newest moment', () => {
    expect(nextOf(times, 5)).toBe(10);
    expect(nextOf(times, 10)).toBe(20);
    expect(nextOf(times, 20)).toBeNull();
    expect(nextOf(times, null)).toBeUndefined();
  });

  test('by the handle snaps to the nearest moment, and to now at the right end', () => {
    expect(nearest(times, 3)).toBe(10);
    expect(nearest(times, 14)).toBe(10);
    expect(nearest(times, 16)).toBe(20);
    expect(nearest(times, 26)).toBeNull();
    expect(nearest(times, 99)).toBeNull();
    expect(nearest([], 5)).toBeNull();
  });
});
