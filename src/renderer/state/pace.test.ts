import { describe, expect, test } from 'vitest';
import { noCounts } from '../../shared/domain/run.ts';
import { paceOf, type Sample, speedsOf } from './pace.ts';
import type { RunProgress } from './types.ts';

const progress = (over: Partial<RunProgress>): RunProgress => ({
  phase: 'copying',
  itemsTotal: 100,
  itemsDone: 50,
  bytesTotal: 1000,
  bytesDone: 500,
  bytesStored: 0,
  current: '',
  counts: noCounts,
  problems: 0,
  ...over,
});

/** One sample a second: bytes done at each. */
const samples = (bytes: readonly number[], phase: Sample['phase'] = 'copying'): Sample[] =>
  bytes.map((value, second) => ({ atMs: second * 1000, bytes: value, items: second, phase }));

describe('the pace of a run', () => {
  test('has no share and no end while the engine is still counting', () => {
    const pace = paceOf(progress({ itemsTotal: null, bytesTotal: null }), samples([0, 100, 200, 300]));
    expect(pace).toEqual({ share: null, bytesPerSecond: 100, left: null });
  });

  test('is a good guess when all is counted and the speed was steady', () => {
    const pace = paceOf(progress({}), samples([0, 100, 200, 300, 400, 500]));
    expect(pace).toEqual({ share: 0.5, bytesPerSecond: 100, left: { kind: 'about', ms: 5000 } });
  });

  test('is only a lower bound while the speed changes a lot', () => {
    const pace = paceOf(progress({}), samples([0, 200, 400, 480, 490, 500]));
    expect(pace.left?.kind).toBe('at-least');
  });

  test('says nothing about the end before two seconds of one phase were seen', () => {
    expect(paceOf(progress({}), samples([0, 100])).left).toBeNull();
    const comparing = samples([0, 0, 0, 0], 'comparing');
    const pace = paceOf(progress({}), [...comparing, { atMs: 4000, bytes: 100, items: 5, phase: 'copying' }]);
    expect(pace).toMatchObject({ bytesPerSecond: null, left: null });
  });

  test('goes by items where no bytes are counted', () => {
    const pace = paceOf(progress({ bytesTotal: 0, bytesDone: 0 }), samples([0, 0, 0, 0, 0, 0]));
    expect(pace).toMatchObject({ share: 0.5, bytesPerSecond: null, left: { kind: 'about', ms: 50_000 } });
  });
});

describe('the speeds of a run', () => {
  test('are nothing before two seconds, then one for each slice of time', () => {
    expect(speedsOf(samples([0, 100]), 4)).toEqual([]);
    expect(speedsOf(samples([0, 100, 200, 300, 400]), 4)).toEqual([100, 100, 100, 100]);
    expect(speedsOf(samples([0, 100, 400, 400, 500]), 4)).toEqual([100, 300, 0, 100]);
  });

  test('never fall below nought when a new phase counts from the beginning', () => {
    expect(Math.min(...speedsOf(samples([0, 500, 1000, 0, 100]), 4))).toBeGreaterThanOrEqual(0);
  });
});
