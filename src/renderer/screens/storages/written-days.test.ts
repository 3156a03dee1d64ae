import { expect, test } from 'vitest';
import type { RunRecord } from '../../state/index.ts';
import { writtenDays } from './written-days.ts';

const run = (kind: RunRecord['kind'], startedAtMs: number, stored: number): RunRecord =>
  ({ kind, startedAtMs, bytes: { read: 0, stored } }) as RunRecord;

test('each of the last days has its sum, nought included, backups only', () => {
  const now = new Date(2026, 2, 30, 9).getTime(); // the day after the clocks changed in Europe
  const at = (day: number, hour: number): number => new Date(2026, 2, day, hour).getTime();
  const days = writtenDays(
    [run('backup', at(29, 1), 5), run('backup', at(29, 23), 7), run('check', at(30, 1), 99), run('backup', at(1, 1), 1)],
    3,
    now,
  );
  expect(days).toEqual([
    { dayMs: at(28, 0), bytes: 0 },
    { dayMs: at(29, 0), bytes: 12 },
    { dayMs: at(30, 0), bytes: 0 },
  ]);
});
