import { describe, expect, it } from 'vitest';
import { emptyBook, type Schedule, type Timing, usualTiming } from '../../shared/domain/schedule.ts';
import { weekOf } from '../../shared/domain/week.ts';
import { parseTimeRule, parseWindow } from '../../shared/domain/week-text.ts';
import { planOf } from './plan.ts';
import type { JobPast, JobRule } from './rule.ts';
import { live } from './testing/life.ts';

const hourMs = 3_600_000;
const at = (text: string): number => Date.parse(`${text}Z`);
const times = (line: string): Schedule => ({ mode: 'times', rules: [parseTimeRule(line) ?? expect.unreachable()] });
const rule = (schedule: Schedule, timing: Partial<Timing> = {}): JobRule => ({
  schedule,
  timing: { ...usualTiming, ...timing },
  zone: 'Europe/Berlin',
  seed: 'job',
});
const past = (nowMs: number): JobPast => ({ sinceMs: nowMs, book: emptyBook, last: null, complete: null });
const nights = weekOf([
  ...(parseWindow('daily 22:00-24:00', 'slow') ?? []),
  ...(parseWindow('daily 00:00-02:00', 'allowed') ?? []),
]);

function lines(of: JobRule, from: string, days: number, usualMs: number | null, limit = 100): string[] {
  const nowMs = at(from);
  const plan = planOf(of, past(nowMs), nowMs, { untilMs: nowMs + days * 24 * hourMs, limit, usualMs });
  return plan.map(({ startMs, endMs, because, note, isSlow, isCut }) => {
    const end = endMs === null ? '' : `-${new Date(endMs).toISOString().slice(11, 16)}`;
    return [`${new Date(startMs).toISOString().slice(5, 16)}${end}`, because, note, isSlow && 'slow', isCut && 'cut']
      .filter(Boolean)
      .join(' ');
  });
}

describe('the runs to come', () => {
  it('are as long as runs usually are, and say where the clock plays a part', () => {
    expect(lines(rule(times('daily 02:30')), '2026-03-27T12:00', 3, hourMs)).toEqual([
      '03-28T01:30-02:30 time',
      '03-29T01:00-02:00 time gap',
      '03-30T00:30-01:30 time',
    ]);
    expect(lines(rule(times('daily 02:30')), '2026-10-24T12:00', 2, null)).toEqual([
      '10-25T00:30 time overlap',
      '10-26T01:30 time',
    ]);
  });
  it('are cut where a window ends, and go on in the next with what is left', () => {
    expect(lines(rule({ mode: 'once' }, { windows: nights }), '2026-11-02T12:00', 2, 5 * hourMs)).toEqual([
      '11-02T21:00-01:00 first slow cut',
      '11-03T21:00-22:00 resumed slow',
    ]);
    expect(lines(rule({ mode: 'once' }, { windows: nights, windowEnd: 'cycle' }), '2026-11-02T12:00', 1, 5 * hourMs)).toEqual([
      '11-02T21:00-02:00 first slow',
    ]);
  });
  it('are no more than were asked for', () => {
    expect(lines(rule({ mode: 'continuous', idleMs: 60_000 }), '2026-11-02T12:00', 366, 1000, 7)).toHaveLength(7);
  });
  it('come whatever conditions wait for beside time', () => {
    for (const condition of [{ networks: ['Home', 'Office'] }, { batteryAbove: 101 }, { onMetered: false }])
      expect(lines(rule(times('Mon 08:00'), condition), '2026-11-02T12:00', 8, null)).toHaveLength(1);
  });
  it('are none where nothing comes by a clock', () => {
    for (const mode of ['manual'] as const) expect(lines(rule({ mode }), '2026-11-02T12:00', 366, null)).toEqual([]);
    expect(lines(rule({ mode: 'once' }, { windows: [] }), '2026-11-02T12:00', 366, null)).toEqual([]);
  });
  it('are what the scheduler then does', () => {
    const { starts } = live(rule(times('Mon-Fri 08:00,13:30'), { windows: nights }), {
      fromMs: at('2026-11-02T12:00'),
      toMs: at('2026-11-09T12:00'),
    });
    const planned = lines(rule(times('Mon-Fri 08:00,13:30'), { windows: nights }), '2026-11-02T12:00', 7, 0);
    expect(planned.map((line) => line.slice(0, 11))).toEqual(
      starts.map(({ realMs }) => new Date(realMs).toISOString().slice(5, 16)),
    );
    expect(planned.length).toBeGreaterThan(4);
  });
});
