import { describe, expect, it } from 'vitest';
import type { PlannedRun } from '../../../shared/domain/schedule.ts';
import { simulatedDays, worstGap } from './simulated-days.ts';

const hour = 3_600_000;
const run = (start: string, hours: number | null, isCut = false): PlannedRun => {
  const startMs = Date.parse(start);
  return { startMs, endMs: hours === null ? null : startMs + hours * hour, because: 'time', note: null, isSlow: false, isCut };
};

describe('days as they would go', () => {
  it('are those of the zone’s calendar, with runs at the times of its clock', () => {
    const days = simulatedDays([run('2026-11-21T16:30:00Z', 1)], Date.parse('2026-11-21T15:30:00Z'), 3, 'Asia/Kathmandu');
    expect(days.map(({ weekday, runs }) => [weekday, runs.length])).toEqual([
      [5, 1],
      [6, 0],
      [0, 0],
    ]);
    expect(days[0]?.runs[0]).toMatchObject({ from: 22 * 60 + 15, to: 23 * 60 + 15, goesOn: false });
  });

  it('share a run that goes on over nights', () => {
    const days = simulatedDays([run('2026-11-21T21:00:00Z', 30)], Date.parse('2026-11-21T12:00:00Z'), 3, 'UTC');
    expect(days.map(({ runs }) => runs.map(({ from, to, goesOn }) => [from, to, goesOn]))).toEqual([
      [[1260, 1440, false]],
      [[0, 1440, true]],
      [[0, 180, true]],
    ]);
  });

  it('show a run of unknown length as a moment, and one that ends at midnight on one day', () => {
    const runs = [run('2026-11-21T20:00:00Z', null), run('2026-11-21T22:00:00Z', 2)];
    const days = simulatedDays(runs, Date.parse('2026-11-21T12:00:00Z'), 2, 'UTC');
    expect(days.map(({ runs: all }) => all.map(({ from, to }) => [from, to]))).toEqual([
      [
        [1200, 1200],
        [1320, 1440],
      ],
      [],
    ]);
  });

  it('have every day of a fortnight in which the clocks change, once', () => {
    const days = simulatedDays([run('2026-10-25T00:30:00Z', 1)], Date.parse('2026-10-20T12:00:00Z'), 14, 'Europe/Berlin');
    expect(new Set(days.map(({ date }) => date)).size).toBe(14);
    // 02:30 to 02:30 by the clock: it may not end before it began.
    expect(days[5]?.runs).toMatchObject([{ from: 150, to: 150 }]);
  });
});

describe('the worst gap', () => {
  const now = Date.parse('2026-11-21T00:00:00Z');
  const until = now + 48 * hour;

  it('lasts from the beginning of a run to the end of the next', () => {
    const runs = [run('2026-11-21T01:00:00Z', 1), run('2026-11-21T20:00:00Z', 2), run('2026-11-22T20:00:00Z', 1)];
    expect(worstGap(runs, now, until)).toEqual({
      fromMs: Date.parse('2026-11-21T20:00:00Z'),
      toMs: Date.parse('2026-11-22T21:00:00Z'),
      isOpen: false,
    });
  });

  it('is not ended by a run that is cut off', () => {
    const runs = [run('2026-11-21T01:00:00Z', 1), run('2026-11-21T12:00:00Z', 2, true), run('2026-11-22T12:00:00Z', 1)];
    expect(worstGap(runs, now, now + 40 * hour)?.toMs).toBe(Date.parse('2026-11-22T13:00:00Z'));
  });

  it('stays open where nothing more is planned', () => {
    expect(worstGap([run('2026-11-21T01:00:00Z', 1)], now, until)).toEqual({ fromMs: now + hour, toMs: until, isOpen: true });
    expect(worstGap([], now, until)).toEqual({ fromMs: now, toMs: until, isOpen: true });
  });
});
