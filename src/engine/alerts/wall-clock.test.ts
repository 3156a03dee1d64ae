import { describe, expect, it } from 'vitest';
import type { AlertSettings } from '../../shared/domain/alert.ts';
import { nextTimeOfDayMs, quietUntilMs } from './wall-clock.ts';

const vienna = 'Europe/Vienna';
const next = (minute: number, from: string, zone = vienna): string =>
  new Date(nextTimeOfDayMs(minute, zone, Date.parse(from))).toISOString();
const night: AlertSettings = { quiet: { from: 22 * 60, until: 7 * 60 }, digestAt: 480, zone: vienna };
const until = (from: string, settings = night): string | null => {
  const endMs = quietUntilMs(settings, Date.parse(from));
  return endMs === null ? null : new Date(endMs).toISOString();
};

describe('a time of the day', () => {
  it('is the next one by the clock on the wall there', () => {
    expect(next(480, '2026-03-01T10:00:00Z')).toBe('2026-03-02T07:00:00.000Z');
    expect(next(480, '2026-03-01T06:59:59Z')).toBe('2026-03-01T07:00:00.000Z');
    expect(next(480, '2026-03-01T07:00:00Z')).toBe('2026-03-02T07:00:00.000Z');
  });

  it('stays at its hour over the day on which clocks are changed', () => {
    expect(next(480, '2026-03-28T12:00:00Z')).toBe('2026-03-29T06:00:00.000Z');
    expect(next(480, '2026-10-24T12:00:00Z')).toBe('2026-10-25T07:00:00.000Z');
  });

  it('that clocks never show on a day is the first moment after the gap', () => {
    expect(next(2 * 60 + 30, '2026-03-28T12:00:00Z')).toBe('2026-03-29T01:00:00.000Z');
  });

  it('that clocks show twice is one of both, and no third', () => {
    const first = nextTimeOfDayMs(150, vienna, Date.parse('2026-10-24T12:00:00Z'));
    expect(['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']).toContain(new Date(first).toISOString());
  });

  it('is right where clocks differ by half hours', () => {
    expect(next(480, '2026-03-01T10:00:00Z', 'Asia/Kolkata')).toBe('2026-03-02T02:30:00.000Z');
  });
});

describe('quiet hours', () => {
  it('last over midnight, and end at their minute', () => {
    expect(until('2026-03-01T21:00:00Z')).toBe('2026-03-02T06:00:00.000Z');
    expect(until('2026-03-02T05:59:00Z')).toBe('2026-03-02T06:00:00.000Z');
    expect(until('2026-03-02T06:00:00Z')).toBeNull();
    expect(until('2026-03-01T20:59:59Z')).toBeNull();
  });

  it('within a day do not touch the night', () => {
    const noon: AlertSettings = { ...night, quiet: { from: 720, until: 840 } };
    expect(until('2026-03-01T11:30:00Z', noon)).toBe('2026-03-01T13:00:00.000Z');
    expect(until('2026-03-01T23:00:00Z', noon)).toBeNull();
  });

  it('of no length are none', () => {
    expect(until('2026-03-01T23:00:00Z', { ...night, quiet: { from: 60, until: 60 } })).toBeNull();
    expect(until('2026-03-01T23:00:00Z', { ...night, quiet: null })).toBeNull();
  });
});
