import { describe, expect, test } from 'vitest';
import type { JobId, RunId } from '../../../shared/domain/ids.ts';
import { noCounts } from '../../../shared/domain/run.ts';
import type { RunRecord } from '../../state/index.ts';
import { comparable, compare, usualPhaseMs } from './usual.ts';

const run = (number: number, over: Partial<RunRecord> = {}): RunRecord => ({
  id: `r${number}` as RunId,
  kind: 'backup',
  job: 'j' as JobId,
  jobName: 'Mail',
  storage: null,
  storageName: null,
  trigger: 'schedule',
  cause: null,
  status: 'success',
  startedAtMs: number * 1000,
  endedAtMs: number * 1000 + 100,
  phases: [{ phase: 'comparing', startedAtMs: number * 1000, endedAtMs: number * 1000 + 40 }],
  counts: { ...noCounts, new: 10 },
  bytes: { read: 5, stored: 2 },
  problems: [],
  steps: [],
  failure: null,
  restore: null,
  check: null,
  retention: null,
  purge: null,
  repair: null,
  ...over,
});
const earlier = [1, 2, 3, 4, 5, 6].map((number) => run(number));

describe('what is usual', () => {
  test('is told only of finished earlier backups of the same job', () => {
    const others = [run(7, { status: 'failed' }), run(8, { job: 'other' as JobId }), run(9, { kind: 'restore' }), run(20)];
    expect(comparable(run(10), [...others, ...earlier])).toHaveLength(6);
  });

  test('is not claimed after too few runs', () => {
    expect(compare(run(10), earlier.slice(0, 4))).toEqual([]);
    expect(usualPhaseMs('comparing', earlier.slice(0, 4))).toBeNull();
  });

  test('names what stands out', () => {
    const found = compare(run(10, { counts: { ...noCounts, new: 10, vanished: 38 }, endedAtMs: 10_000 }), earlier);
    expect(found.find(({ name }) => name === 'vanished')?.verdict).toBe('high');
    expect(found.find(({ name }) => name === 'duration')?.verdict).toBe('low');
    expect(found.find(({ name }) => name === 'added')?.verdict).toBe('usual');
  });

  test('knows how long a phase takes', () => {
    expect(usualPhaseMs('comparing', earlier)).toBe(40);
    expect(usualPhaseMs('writing', earlier)).toBeNull();
  });
});
