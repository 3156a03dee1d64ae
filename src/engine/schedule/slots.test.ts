import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { weekOf } from '../../shared/domain/week.ts';
import { parseTimeRule, parseWindow } from '../../shared/domain/week-text.ts';
import { newestSlot, nextSlot } from './slots.ts';
import { timesOf } from './times.ts';
import { momentOf } from './wall.ts';
import { nextChange, paintNow } from './windows.ts';

/** Made by a calendar that shares no code with ours: `slots.py` beside it. */
const table = fs.readFileSync(new URL('../../../test/corpus/schedule/slots.tsv', import.meta.url), 'utf8');
const rows = table
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t') as [kind: string, zone: string, rule: string, from: string, to: string, expected?: string]);
const msOf = (text: string): number => Date.parse(`${text}Z`);
const textOf = (ms: number): string => new Date(ms).toISOString().slice(0, 16);
const ofKind = (wanted: string) =>
  rows.filter(([kind]) => kind === wanted).map(([, zone, rule, from, to, expected = '']) => ({ zone, rule, from, to, expected }));

describe('times of the clock around changes of the clock, in 13 zones', () => {
  const slotRows = ofKind('slots');
  it('are judged by at least 370 rows', () => expect(slotRows.length).toBeGreaterThanOrEqual(370));

  it.each(slotRows)('$zone, $rule, from $from: come when another calendar says', ({ zone, rule, from, to, expected }) => {
    const times = timesOf({ mode: 'times', rules: [parseTimeRule(rule) ?? expect.unreachable()] });
    const found: string[] = [];
    for (let at = nextSlot(times, zone, msOf(from)); at !== null && at.ms <= msOf(to); at = nextSlot(times, zone, at.ms)) {
      found.push(textOf(at.ms));
      expect(newestSlot(times, zone, at.ms)?.ms, 'asked at that moment').toBe(at.ms);
      expect(newestSlot(times, zone, at.ms - 1)?.ms ?? 0, 'asked just before').toBeLessThan(at.ms);
    }
    expect(found.join(' ')).toBe(expected);
  });
});

describe('windows around changes of the clock, in 13 zones', () => {
  it.each(ofKind('window'))('$zone, $rule, from $from: open and close when another calendar says', (row) => {
    const { zone, rule, from, to, expected } = row;
    const windows = weekOf(parseWindow(`daily ${rule}`, 'allowed') ?? []);
    const found: string[] = [];
    for (let at = nextChange(windows, zone, msOf(from)); at !== null && at <= msOf(to); at = nextChange(windows, zone, at)) {
      found.push(`${paintNow(windows, zone, at) === 'blocked' ? '-' : '+'}${textOf(at)}`);
      expect(paintNow(windows, zone, at - 1)).not.toBe(paintNow(windows, zone, at));
    }
    expect(found.join(' ')).toBe(expected);
  });
});

describe('a time that does not exist, or twice', () => {
  it('has come, when the clock shows it for the second time, and is not to come', () => {
    const times = timesOf({ mode: 'times', rules: [parseTimeRule('daily 02:30') ?? expect.unreachable()] });
    const secondPass = msOf('2026-10-25T01:10');
    expect(textOf(newestSlot(times, 'Europe/Berlin', secondPass)?.ms ?? 0)).toBe('2026-10-25T00:30');
    expect(textOf(nextSlot(times, 'Europe/Berlin', secondPass)?.ms ?? 0)).toBe('2026-10-26T01:30');
  });

  it.each([
    ['Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:00', 'gap'],
    ['Europe/Berlin', '2026-03-29T03:00', '2026-03-29T01:00', null],
    ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30', 'overlap'],
    ['Africa/Cairo', '2026-04-24T00:30', '2026-04-23T22:00', 'gap'],
    ['Pacific/Apia', '2011-12-30T12:00', '2011-12-30T10:00', 'gap'],
    ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:30', 'gap'],
    ['Antarctica/Troll', '2026-10-25T01:30', '2026-10-24T23:30', 'overlap'],
  ])('%s %s is %s (%s)', (zone, wall, ms, note) => {
    const moment = momentOf(zone, msOf(wall));
    expect([textOf(moment.ms), moment.note]).toEqual([ms, note]);
  });
});
