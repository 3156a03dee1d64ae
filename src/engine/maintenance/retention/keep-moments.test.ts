import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeepRules, keepNothing, keepRuleNames } from '../../../shared/domain/retention.ts';
import { Calendar } from './calendar.ts';
import { hasKeepRules, keepMoments, type Moment } from './keep-moments.ts';

const utc = new Calendar('UTC');
const rules = (over: Partial<KeepRules>): KeepRules => ({ ...keepNothing, ...over });

/** Moments in the order in which they were committed, `n:rule+rule` of those that stay. */
interface Row {
  readonly why: string;
  readonly zone?: string;
  readonly keep: Partial<KeepRules>;
  readonly moments: string;
  readonly now?: string;
  readonly kept: string;
}

const table: readonly Row[] = [
  { why: 'no rules: all stay', keep: {}, moments: '2026-01-01T10 2020-01-01T10', kept: '1:everything 2:everything' },
  {
    why: 'last counts back',
    keep: { last: 2 },
    moments: '2026-01-01T10 2026-01-02T10 2026-01-03T10',
    kept: '2:last 3:newest+last',
  },
  { why: 'last more than there are', keep: { last: 9 }, moments: '2026-01-01T10 2026-01-02T10', kept: '1:last 2:newest+last' },
  { why: 'one moment', keep: { yearly: 1 }, moments: '2026-01-01T10', kept: '1:newest+yearly' },
  {
    why: 'the newest of a day',
    keep: { daily: 3 },
    moments: '2026-01-01T08 2026-01-01T20 2026-01-02T08',
    kept: '2:daily 3:newest+daily',
  },
  {
    why: 'days without a moment do not count',
    keep: { daily: 2 },
    moments: '2026-01-01T08 2026-01-20T08',
    kept: '1:daily 2:newest+daily',
  },
  { why: 'daily ends', keep: { daily: 1 }, moments: '2026-01-01T08 2026-01-02T08', kept: '2:newest+daily' },
  {
    why: 'hours',
    keep: { hourly: 2 },
    moments: '2026-01-01T08:10 2026-01-01T08:50 2026-01-01T09:00 2026-01-01T11:59',
    kept: '3:hourly 4:newest+hourly',
  },
  {
    why: 'a second late is another slot, not a lost one',
    keep: { daily: 2 },
    moments: '2026-01-01T23:59:59 2026-01-03T00:00:01',
    kept: '1:daily 2:newest+daily',
  },
  { why: 'weeks begin on Monday', keep: { weekly: 2 }, moments: '2026-01-04T12 2026-01-05T12', kept: '1:weekly 2:newest+weekly' },
  {
    why: 'Monday to Sunday is one week',
    keep: { weekly: 2 },
    moments: '2026-01-05T00 2026-01-11T23:59',
    kept: '2:newest+weekly',
  },
  {
    why: 'a week over the turn of the year is one',
    keep: { weekly: 2 },
    moments: '2025-12-29T12 2026-01-04T12',
    kept: '2:newest+weekly',
  },
  { why: 'week 53 and week 1', keep: { weekly: 2 }, moments: '2027-01-03T12 2027-01-04T12', kept: '1:weekly 2:newest+weekly' },
  {
    why: 'months',
    keep: { monthly: 2 },
    moments: '2026-01-31T23:59 2026-02-01T00 2026-02-28T10',
    kept: '1:monthly 3:newest+monthly',
  },
  {
    why: 'the same month of two years',
    keep: { monthly: 2 },
    moments: '2025-03-01T10 2026-03-01T10',
    kept: '1:monthly 2:newest+monthly',
  },
  {
    why: 'years',
    keep: { yearly: 2 },
    moments: '2024-12-31T23:59 2025-01-01T00 2026-06-01T10',
    kept: '2:yearly 3:newest+yearly',
  },
  {
    why: 'a leap day is a day',
    keep: { daily: 3 },
    moments: '2024-02-28T10 2024-02-29T10 2024-03-01T10',
    kept: '1:daily 2:daily 3:newest+daily',
  },
  {
    why: 'rules add up',
    keep: { last: 1, daily: 2, monthly: 2 },
    moments: '2026-01-01T10 2026-01-31T10 2026-02-01T10',
    kept: '2:daily+monthly 3:newest+last+daily+monthly',
  },
  {
    why: 'one rule takes nothing from another',
    keep: { hourly: 1, yearly: 1 },
    moments: '2026-01-01T10 2026-01-02T10',
    kept: '2:newest+hourly+yearly',
  },
  {
    why: 'within: today and the days before',
    keep: { withinDays: 2 },
    moments: '2026-01-01T10 2026-01-08T00 2026-01-10T10',
    now: '2026-01-10T23',
    kept: '2:withinDays 3:newest+withinDays',
  },
  {
    why: 'within ends at midnight, not after so many hours',
    keep: { withinDays: 1 },
    moments: '2026-01-08T23:59 2026-01-09T00 2026-01-10T10',
    now: '2026-01-10T23:59',
    kept: '2:withinDays 3:newest+withinDays',
  },
  {
    why: 'within when nothing is recent: the newest stays',
    keep: { withinDays: 7 },
    moments: '2025-01-01T10 2025-01-02T10',
    now: '2026-01-10T10',
    kept: '2:newest',
  },
  {
    why: 'within keeps junk of the future, and what is within',
    keep: { withinDays: 7 },
    moments: '2026-01-05T10 2036-01-01T10',
    now: '2026-01-10T10',
    kept: '1:withinDays 2:newest+withinDays',
  },
  {
    why: 'what was committed last is the newest, whatever its time',
    keep: { last: 1 },
    moments: '2036-01-01T10 2026-01-02T10',
    kept: '2:newest+last',
  },
  {
    why: 'times of the future take no slot for long',
    keep: { daily: 2 },
    moments: '2026-01-01T10 2036-01-01T10 2036-01-02T10 2026-01-02T10 2026-01-03T10',
    kept: '4:daily 5:newest+daily',
  },
  {
    why: 'a clock set back: the later commit of a day counts',
    keep: { daily: 1 },
    moments: '2026-01-02T20 2026-01-02T08',
    kept: '2:newest+daily',
  },
  { why: 'equal times', keep: { last: 1, daily: 5 }, moments: '2026-01-02T20 2026-01-02T20', kept: '2:newest+last+daily' },
  {
    why: 'the local day, not the UTC one',
    zone: 'Pacific/Auckland',
    keep: { daily: 2 },
    moments: '2026-01-01T10:30 2026-01-01T11:30',
    kept: '1:daily 2:newest+daily',
  },
  {
    why: 'the local day, west',
    zone: 'America/Los_Angeles',
    keep: { daily: 2 },
    moments: '2026-01-02T07:30 2026-01-02T08:30',
    kept: '1:daily 2:newest+daily',
  },
  {
    why: 'the local year',
    zone: 'Pacific/Kiritimati',
    keep: { yearly: 2 },
    moments: '2025-12-31T09:59 2025-12-31T10:01',
    kept: '1:yearly 2:newest+yearly',
  },
  {
    why: 'the local week',
    zone: 'America/New_York',
    keep: { weekly: 2 },
    moments: '2026-01-05T04:59 2026-01-05T05:01',
    kept: '1:weekly 2:newest+weekly',
  },
  {
    why: 'Berlin sets its clock forward: a day of 23 hours is a day',
    zone: 'Europe/Berlin',
    keep: { daily: 3 },
    moments: '2026-03-28T23:30 2026-03-29T21:30 2026-03-29T22:30',
    kept: '2:daily 3:newest+daily',
  },
  {
    why: 'Berlin: the hours beside the gap are two',
    zone: 'Europe/Berlin',
    keep: { hourly: 2 },
    moments: '2026-03-29T00:59 2026-03-29T01:00',
    kept: '1:hourly 2:newest+hourly',
  },
  {
    why: 'Berlin: the hour that comes twice is two',
    zone: 'Europe/Berlin',
    keep: { hourly: 2 },
    moments: '2026-10-25T00:30 2026-10-25T01:30',
    kept: '1:hourly 2:newest+hourly',
  },
  {
    why: 'Berlin: a day of 25 hours is one day',
    zone: 'Europe/Berlin',
    keep: { daily: 2 },
    moments: '2026-10-24T22:05 2026-10-25T22:55',
    kept: '2:newest+daily',
  },
  {
    why: 'Lord Howe: half an hour comes twice',
    zone: 'Australia/Lord_Howe',
    keep: { hourly: 3 },
    moments: '2026-04-04T14:45 2026-04-04T15:15',
    kept: '1:hourly 2:newest+hourly',
  },
  {
    why: 'Kathmandu: 45 minutes off the hour',
    zone: 'Asia/Kathmandu',
    keep: { hourly: 2 },
    moments: '2026-01-01T00:14 2026-01-01T00:16',
    kept: '1:hourly 2:newest+hourly',
  },
  {
    why: 'Kathmandu: one local hour over two of UTC',
    zone: 'Asia/Kathmandu',
    keep: { hourly: 2 },
    moments: '2026-01-01T00:20 2026-01-01T01:10',
    kept: '2:newest+hourly',
  },
  {
    why: 'Samoa left out the 30th of December 2011',
    zone: 'Pacific/Apia',
    keep: { daily: 3 },
    moments: '2011-12-30T09:30 2011-12-30T10:30',
    kept: '1:daily 2:newest+daily',
  },
  {
    why: 'Samoa: two days ago is over the missing one',
    zone: 'Pacific/Apia',
    keep: { withinDays: 1 },
    moments: '2011-12-30T09:30 2011-12-31T12:00',
    now: '2011-12-31T12:00',
    kept: '2:newest+withinDays',
  },
  {
    why: 'Cairo has its gap at midnight',
    zone: 'Africa/Cairo',
    keep: { daily: 2 },
    moments: '2026-04-23T21:59 2026-04-23T22:00',
    kept: '1:daily 2:newest+daily',
  },
  {
    why: 'Casablanca counts backwards in Ramadan',
    zone: 'Africa/Casablanca',
    keep: { hourly: 3 },
    moments: '2026-02-15T01:30 2026-02-15T02:30',
    kept: '1:hourly 2:newest+hourly',
  },
  {
    why: 'Dublin’s winter is the exception',
    zone: 'Europe/Dublin',
    keep: { hourly: 2 },
    moments: '2026-10-25T00:30 2026-10-25T01:30',
    kept: '1:hourly 2:newest+hourly',
  },
  {
    why: 'before 1970',
    keep: { daily: 2, weekly: 1 },
    moments: '1969-12-31T23 1970-01-01T01',
    kept: '1:daily 2:newest+daily+weekly',
  },
  { why: 'none', keep: { last: 3 }, moments: '', kept: '' },
];

const msOf = (text: string): number => Date.parse(`${text.length === 13 ? `${text}:00` : text}Z`);

describe('moments', () => {
  it.each(table.map((row, index) => [index + 1, row.why, row] as const))('%i: %s', (_, __, row) => {
    const moments = row.moments
      .split(' ')
      .filter(Boolean)
      .map((text, index) => ({ sequence: index + 1, atMs: msOf(text) }));
    const nowMs = row.now === undefined ? Math.max(0, ...moments.map(({ atMs }) => atMs)) : msOf(row.now);
    const kept = keepMoments(moments, rules(row.keep), new Calendar(row.zone ?? 'UTC'), nowMs);
    const told = [...kept].filter(([, reasons]) => reasons.length > 0).sort(([a], [b]) => a - b);
    expect(told.map(([sequence, reasons]) => `${sequence}:${reasons.join('+')}`).join(' ')).toBe(row.kept);
  });
});

const anyRules = fc.record(
  Object.fromEntries(keepRuleNames.map((name) => [name, fc.integer({ min: 0, max: 5 })])) as Record<
    keyof KeepRules,
    fc.Arbitrary<number>
  >,
);
const startMs = Date.UTC(2026, 0, 1);
const anyMoments = fc
  .array(fc.integer({ min: 0, max: 400 * 24 * 60 }), { minLength: 1, maxLength: 40 })
  .map((minutes) => minutes.map((minute, index): Moment => ({ sequence: index + 1, atMs: startMs + minute * 60_000 })));
const anyZone = fc.constantFrom('UTC', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/St_Johns', 'Pacific/Apia');
const stays = (kept: ReturnType<typeof keepMoments>, sequence: number): boolean => (kept.get(sequence)?.length ?? 0) > 0;

describe('whatever the rules and moments are', () => {
  it('the newest moment stays, and every moment is told of', () => {
    fc.assert(
      fc.property(anyRules, anyMoments, anyZone, (keep, moments, zone) => {
        const kept = keepMoments(moments, keep, new Calendar(zone), startMs);
        expect(stays(kept, moments.length)).toBe(true);
        expect(kept.size).toBe(moments.length);
      }),
    );
  });

  it('a further moment takes nothing from what `within` keeps', () => {
    fc.assert(
      fc.property(anyRules, anyMoments, fc.integer({ min: 0, max: 400 * 24 * 60 }), anyZone, (keep, moments, minute, zone) => {
        const calendar = new Calendar(zone);
        const nowMs = startMs + 300 * 86_400_000;
        const more = [...moments, { sequence: moments.length + 1, atMs: startMs + minute * 60_000 }];
        const before = keepMoments(moments, keep, calendar, nowMs);
        const after = keepMoments(more, keep, calendar, nowMs);
        for (const [sequence, reasons] of before) if (reasons.includes('withinDays')) expect(stays(after, sequence)).toBe(true);
      }),
    );
  });

  it('a larger number never lets go what a smaller one kept', () => {
    fc.assert(
      fc.property(anyRules, fc.constantFrom(...keepRuleNames), anyMoments, (keep, rule, moments) => {
        fc.pre(hasKeepRules(keep));
        const nowMs = startMs + 300 * 86_400_000;
        const before = keepMoments(moments, keep, utc, nowMs);
        const after = keepMoments(moments, { ...keep, [rule]: keep[rule] + 1 }, utc, nowMs);
        for (const { sequence } of moments) if (stays(before, sequence)) expect(stays(after, sequence)).toBe(true);
      }),
    );
  });

  it('choosing again among what stayed lets nothing go', () => {
    fc.assert(
      fc.property(anyRules, anyMoments, anyZone, (keep, moments, zone) => {
        const calendar = new Calendar(zone);
        const kept = keepMoments(moments, keep, calendar, startMs);
        const left = moments.filter(({ sequence }) => stays(kept, sequence));
        const again = keepMoments(left, keep, calendar, startMs);
        for (const { sequence } of left) expect(stays(again, sequence)).toBe(true);
      }),
    );
  });
});
