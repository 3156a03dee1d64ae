import { describe, expect, it } from 'vitest';
import { emptyBook, type Schedule, type Timing, usualTiming } from '../../shared/domain/schedule.ts';
import { weekOf } from '../../shared/domain/week.ts';
import { parseTimeRule, parseWindow } from '../../shared/domain/week-text.ts';
import { dealtWith, dueOf } from './due.ts';
import { type JobRule, nothingInTheWay } from './rule.ts';
import { type Event, live, type Machine } from './testing/life.ts';

const berlin = 'Europe/Berlin';
const ms = (text: string): number => Date.parse(text.includes('Z') ? text : `${text}Z`);
const times = (...lines: string[]): Schedule => ({
  mode: 'times',
  rules: lines.map((line) => parseTimeRule(line) ?? expect.unreachable()),
});
const windows = (...lines: string[]): Timing['windows'] =>
  weekOf(lines.flatMap((line) => parseWindow(line, 'allowed') ?? expect.unreachable()));
const rule = (schedule: Schedule, timing: Partial<Timing> = {}, zone = berlin): JobRule => ({
  schedule,
  timing: { ...usualTiming, ...timing },
  zone,
  seed: 'job',
});
const minutes = (count: number): number => count * 60_000;
const hours = (count: number): number => count * 3_600_000;

/** `2026-11-02 13:00 time`, in UTC by a clock that is right. */
function story(of: JobRule, from: string, to: string, events: readonly Event[] = [], more: Partial<Machine> = {}): string[] {
  const { starts } = live(of, { fromMs: ms(from), toMs: ms(to), events, ...more });
  return starts.map(({ realMs, because }) => `${new Date(realMs).toISOString().slice(5, 16).replace('T', ' ')} ${because}`);
}
const sleep = (at: string): Event => ({ at: ms(at), kind: 'sleep' });
const wake = (at: string): Event => ({ at: ms(at), kind: 'wake' });
const clock = (at: string, byMs: number): Event => ({ at: ms(at), kind: 'clock', byMs });
const around = (at: string, change: Extract<Event, { kind: 'surroundings' }>['change']): Event => ({
  at: ms(at),
  kind: 'surroundings',
  change,
});

describe('a job by hand', () => {
  it('is never due by itself', () => {
    expect(story(rule({ mode: 'manual' }), '2026-11-01', '2027-11-01')).toEqual([]);
  });
});

describe('a continuous job', () => {
  const hourly = rule({ mode: 'continuous', idleMs: hours(1) });
  it('runs at once when it never ran, and then its idle time after each end', () => {
    expect(story(hourly, '2026-11-01T00:00', '2026-11-01T03:00', [], { runMs: minutes(10) })).toEqual([
      '11-01 00:00 first',
      '11-01 01:10 idle',
      '11-01 02:20 idle',
    ]);
  });
  it('waits to the millisecond', () => {
    const past = {
      sinceMs: 0,
      book: emptyBook,
      last: { startMs: 500, endMs: 1000, outcome: 'complete', mayPass: true } as const,
      complete: null,
    };
    const moments = nothingInTheWay;
    expect(dueOf(hourly, past, { ...moments, nowMs: 1000 + hours(1) - 1 }).due.kind).toBe('wait');
    expect(dueOf(hourly, past, { ...moments, nowMs: 1000 + hours(1) }).due.kind).toBe('start');
  });
  it('goes on at once when the clock is set back by years', () => {
    expect(story(hourly, '2026-11-01T00:00', '2026-11-01T02:30', [clock('2026-11-01T00:30', -hours(5 * 366 * 24))])).toEqual([
      '11-01 00:00 first',
      '11-01 00:30 idle',
      '11-01 01:30 idle',
    ]);
  });
  it('does not ask a dead server each minute, and never gives up', () => {
    const failing = { outcomes: Array.from({ length: 20 }, () => 'failed' as const) };
    const eager = rule({ mode: 'continuous', idleMs: minutes(1) });
    expect(story(eager, '2026-11-01T00:00', '2026-11-01T12:00', [], failing)).toEqual([
      '11-01 00:00 first',
      '11-01 00:15 retry',
      '11-01 00:45 retry',
      '11-01 01:45 retry',
      '11-01 03:45 retry',
      '11-01 07:45 retry',
      '11-01 11:45 retry',
    ]);
  });
  it('goes on after a restart that broke a run off', () => {
    expect(story(hourly, '2026-11-01T00:00', '2026-11-01T02:00', [], { outcomes: ['broken'] })).toEqual([
      '11-01 00:00 first',
      '11-01 00:01 resumed',
      '11-01 01:01 idle',
    ]);
  });
  it('begins with each window, and not outside of it', () => {
    const nights = rule({ mode: 'continuous', idleMs: hours(3) }, { windows: windows('daily 22:00-04:00') });
    expect(story(nights, '2026-11-02T12:00', '2026-11-04T12:00')).toEqual([
      '11-02 21:00 first',
      '11-03 00:00 idle',
      '11-03 21:00 window',
      '11-04 00:00 idle',
    ]);
  });
});

describe('a job that runs once', () => {
  it('runs once', () => {
    expect(story(rule({ mode: 'once' }), '2026-11-01', '2027-11-01')).toEqual(['11-01 00:00 first']);
  });
  it('is tried again as often as was said, and no more', () => {
    const outcomes = ['failed', 'failed', 'failed', 'failed'] as const;
    expect(story(rule({ mode: 'once' }), '2026-11-01', '2026-11-03', [], { outcomes })).toEqual([
      '11-01 00:00 first',
      '11-01 00:15 retry',
      '11-01 00:45 retry',
    ]);
  });
  it('makes one pass in each window', () => {
    const saturdays = rule({ mode: 'once' }, { windows: windows('Sat 10:00-12:00', 'Sun 10:00-12:00') });
    expect(story(saturdays, '2026-11-02', '2026-11-15T23:00')).toEqual([
      '11-07 09:00 first',
      '11-08 09:00 window',
      '11-14 09:00 window',
      '11-15 09:00 window',
    ]);
  });
  it('goes on in the next window with what one cut off', () => {
    const daily = rule({ mode: 'once' }, { windows: windows('daily 10:00-12:00') });
    expect(story(daily, '2026-11-02T09:00', '2026-11-04T09:00', [], { outcomes: ['cut'], runMs: hours(2) })).toEqual([
      '11-02 09:00 first',
      '11-03 09:00 resumed',
    ]);
  });
  it('goes on with its windows when the clock is set back by years', () => {
    const daily = rule({ mode: 'once' }, { windows: windows('daily 10:00-12:00') });
    const events = [clock('2026-11-02T12:00', -hours(24 * 365 * 5))];
    expect(story(daily, '2026-11-02T08:00', '2026-11-04T08:00', events)).toEqual(['11-02 09:00 first', '11-03 09:00 window']);
  });
  it('makes no second pass in a window in which the clock is set back', () => {
    const daily = rule({ mode: 'once' }, { windows: windows('daily 10:00-12:00') });
    const events = [clock('2026-11-02T09:30', -hours(2))];
    expect(story(daily, '2026-11-02T08:00', '2026-11-02T23:00', events)).toEqual(['11-02 09:00 first']);
  });
  it('takes a stretch that comes twice, because clocks are set back, for one window', () => {
    const night = rule({ mode: 'once' }, { windows: windows('Sun 02:15-02:45') });
    expect(story(night, '2026-10-24T12:00', '2026-10-26T12:00')).toEqual(['10-25 00:15 first']);
  });
});

describe('a job at times of the clock', () => {
  const noon = rule(times('Mon-Fri 12:30'));
  it.each([
    ['runs at them', noon, '2026-11-06T00:00', '2026-11-10T00:00', [], ['11-06 11:30 time', '11-09 11:30 time']],
    ['owes nothing from before it was made', noon, '2026-11-06T12:00', '2026-11-07T00:00', [], []],
    [
      'makes up once for all that it slept over, some minutes after waking',
      rule(times('daily every 15 minutes')),
      '2026-11-02T08:01',
      '2026-11-02T18:00',
      [sleep('2026-11-02T08:05'), wake('2026-11-02T17:41')],
      ['11-02 17:45 time'],
    ],
    [
      'makes up once for 25 days of sleep',
      rule(times('daily 02:30')),
      '2026-11-01T12:00',
      '2026-11-27T02:00',
      [sleep('2026-11-01T13:00'), wake('2026-11-26T13:00')],
      ['11-26 13:09 catch-up', '11-27 01:30 time'],
    ],
    [
      'runs at the first time after a gap',
      rule(times('daily 02:30')),
      '2026-03-28T00:00',
      '2026-03-30T12:00',
      [],
      ['03-28 01:30 time', '03-29 01:00 time', '03-30 00:30 time'],
    ],
    [
      'runs once at a time that comes twice',
      rule(times('daily 02:30')),
      '2026-10-24T12:00',
      '2026-10-26T12:00',
      [],
      ['10-25 00:30 time', '10-26 01:30 time'],
    ],
    [
      'does not run again what ran before the clock was set back an hour',
      rule(times('daily every 1 hours')),
      '2026-11-02T08:30',
      '2026-11-02T12:30',
      [clock('2026-11-02T10:05', -hours(1))],
      ['11-02 09:00 time', '11-02 10:00 time', '11-02 12:00 time'],
    ],
    [
      'does not run again what ran before the clock was set back a day',
      rule(times('daily 12:00')),
      '2026-11-02T08:30',
      '2026-11-05T12:00',
      [clock('2026-11-02T12:00', -hours(24))],
      ['11-02 11:00 time', '11-04 11:00 time', '11-05 11:00 time'],
    ],
    [
      'runs once when the clock is set forward, and by the new time from then on',
      rule(times('daily 12:00')),
      '2026-11-02T08:30',
      '2026-11-04T12:00',
      [clock('2026-11-02T09:00', hours(24 * 365 * 10))],
      ['11-02 09:00 catch-up', '11-02 11:00 time', '11-03 11:00 time', '11-04 11:00 time'],
    ],
    [
      'runs by a clock that fell back by years, and again by the right one, and nothing twice',
      rule(times('daily 12:00')),
      '2026-11-02T08:30',
      '2026-11-05T12:00',
      [clock('2026-11-02T12:00', -hours(24 * 365 * 5)), clock('2026-11-03T12:00', hours(24 * 365 * 5))],
      [
        '11-02 11:00 time',
        '11-02 12:00 catch-up',
        '11-03 11:00 time',
        '11-03 12:00 catch-up',
        '11-04 11:00 time',
        '11-05 11:00 time',
      ],
    ],
  ] as const)('%s', (_, of, from, to, events, expected) => {
    expect(story(of, from, to, events)).toEqual(expected);
  });

  it('lets no runs pile up when one takes longer than its period', () => {
    const often = rule(times('daily every 15 minutes'));
    expect(story(often, '2026-11-02T08:01', '2026-11-02T10:00', [], { runMs: minutes(40) })).toEqual([
      '11-02 08:15 time',
      '11-02 09:00 time',
      '11-02 09:45 time',
    ]);
  });
  it('that kills the engine each time is not begun for ever, but at its next time', () => {
    const outcomes = Array.from({ length: 8 }, () => 'broken' as const);
    expect(story(noon, '2026-11-05T00:00', '2026-11-06T11:31', [], { outcomes })).toEqual([
      '11-05 11:30 time',
      '11-05 11:31 resumed',
      '11-05 12:01 resumed',
      '11-05 13:01 resumed',
      '11-06 11:30 time',
    ]);
  });
  it('is tried again after a failure, until the next time', () => {
    const outcomes = ['failed', 'failed', 'failed'] as const;
    expect(story(noon, '2026-11-05T00:00', '2026-11-06T12:00', [], { outcomes })).toEqual([
      '11-05 11:30 time',
      '11-05 11:45 retry',
      '11-05 12:15 retry',
      '11-06 11:30 time',
    ]);
  });
  it('waits for its window with what was due outside of it', () => {
    expect(story(rule(times('daily 12:30'), { windows: windows('daily 18:00-20:00') }), '2026-11-02', '2026-11-03')).toEqual([
      '11-02 17:00 catch-up',
    ]);
  });
  it('leaves out what was due outside of its window, where missed times are skipped', () => {
    const of = rule(times('daily 12:30,18:30'), { windows: windows('daily 18:00-20:00'), missed: 'skip' });
    expect(story(of, '2026-11-02', '2026-11-03')).toEqual(['11-02 17:30 time']);
  });
  it('skips what it slept over, where missed times are skipped', () => {
    const of = rule(times('daily 12:30'), { missed: 'skip' });
    expect(story(of, '2026-11-02', '2026-11-04', [sleep('2026-11-02T10:00'), wake('2026-11-02T15:00')])).toEqual([
      '11-03 11:30 time',
    ]);
  });
  it('is not too late because the heartbeat is', () => {
    const of = rule(times('daily 12:30'), { missed: 'skip' });
    expect(story(of, '2026-11-02T00:00:45', '2026-11-03')).toEqual(['11-02 11:30 time']);
  });
  it('asks about what it slept over, where that was said, and runs when the answer is to', () => {
    const of = rule(times('daily 12:30'), { missed: 'ask' });
    const { past, starts } = live(of, {
      fromMs: ms('2026-11-02'),
      toMs: ms('2026-11-02T16:00'),
      events: [sleep('2026-11-02T10:00'), wake('2026-11-02T15:00')],
    });
    expect(starts).toEqual([]);
    const moments = { ...nothingInTheWay, nowMs: ms('2026-11-02T16:00') };
    const { due, slot } = dueOf(of, past, moments);
    expect(due).toEqual({ kind: 'wait', because: 'answer', untilMs: null });
    const slotMs = slot?.ms ?? expect.unreachable();
    const wanted = { ...past, book: { ...past.book, wantedMs: slotMs } };
    expect(dueOf(of, wanted, moments).due).toEqual({ kind: 'start', because: 'asked' });
    const skipped = { ...past, book: dealtWith(of, past.book, slotMs) };
    expect(dueOf(of, skipped, moments).due).toMatchObject({ kind: 'wait', because: 'time', untilMs: ms('2026-11-03T11:30') });
  });
  it('counts a run shortly before a time for it, where that was said', () => {
    const run = [{ at: ms('2026-11-02T11:00'), kind: 'run' } as const];
    expect(story(rule(times('daily 12:30'), { enoughMs: hours(1) }), '2026-11-02', '2026-11-04', run)).toEqual([
      '11-03 11:30 time',
    ]);
    expect(story(rule(times('daily 12:30')), '2026-11-02', '2026-11-03', run)).toEqual(['11-02 11:30 time']);
  });
  it('does not run twice in an evening because its owner flew west', () => {
    const flies = [{ at: ms('2026-11-02T20:30'), kind: 'zone', zone: 'Europe/London' } as const];
    expect(story(rule(times('daily 21:00')), '2026-11-02', '2026-11-04', flies)).toEqual([
      '11-02 20:00 time',
      '11-03 21:00 time',
    ]);
  });
  it('is not put off again and again, where times come more often than they are spread', () => {
    const of = rule(times('daily every 15 minutes'), { delayMs: hours(3) });
    const starts = story(of, '2026-11-02T00:00', '2026-11-03T00:00');
    expect(starts.length).toBeGreaterThan(8);
  });
  it('begins later by chance, always by the same, and never after the most', () => {
    const of = rule(times('daily 12:00'), { delayMs: hours(1) });
    const once = story(of, '2026-11-02', '2026-11-12');
    expect(story(of, '2026-11-02', '2026-11-12')).toEqual(once);
    expect(once).toHaveLength(10);
    expect(new Set(once.map((line) => line.slice(6))).size).toBeGreaterThan(5);
    for (const line of once) expect(line.slice(6) >= '11:00' && line.slice(6) <= '12:01').toBe(true);
  });
});

describe('what keeps a job from running', () => {
  const noon = (timing: Partial<Timing>): JobRule => rule(times('daily 12:30'), timing);
  it.each([
    ['a pause', {}, { pausedUntilMs: ms('2026-11-02T13:00') }, {}, '13:00'],
    ['power that runs out', { batteryAbove: 30 }, { battery: 20 }, { battery: 90 }, '14:00'],
    ['no power', { batteryAbove: 101 }, { battery: 100 }, { battery: null }, '14:00'],
    ['a network that costs', { onMetered: false }, { isMetered: true }, { isMetered: false }, '14:00'],
    ['another network', { networks: ['home'] }, { network: 'hotel' }, { network: 'home' }, '14:00'],
    ['no network', { networks: ['home'] }, { network: null }, { network: 'home' }, '14:00'],
    ['a disk that is away', {}, { isStorageHere: false }, { isStorageHere: true }, '14:00'],
  ] as const)('%s, and it is made up for when that ends', (_, timing, before, after, expected) => {
    const events = [around('2026-11-02T06:00', before), around('2026-11-02T14:00', after)];
    expect(story(noon(timing), '2026-11-02T05:00', '2026-11-03T00:00', events)).toEqual([`11-02 ${expected} catch-up`]);
  });
  it.each([
    ['power that is enough', { batteryAbove: 30 }, { battery: 30 }],
    ['a network that costs, if that may be', {}, { isMetered: true }],
    ['any network, if none is named', {}, { network: 'hotel' }],
  ] as const)('is not %s', (_, timing, now) => {
    expect(story(noon(timing), '2026-11-02T05:00', '2026-11-03T00:00', [around('2026-11-02T06:00', now)])).toEqual([
      '11-02 11:30 time',
    ]);
  });
});

describe('a job that runs when a disk comes', () => {
  it('runs each time that it does', () => {
    const plugged = (at: string): Event => around(at, { pluggedMs: ms(at) });
    const events = [plugged('2026-11-02T10:00'), plugged('2026-11-03T10:00')];
    expect(story(rule({ mode: 'on-plug' }), '2026-11-02T00:00', '2026-11-04T00:00', events)).toEqual([
      '11-02 00:00 first',
      '11-02 10:00 plugged',
      '11-03 10:00 plugged',
    ]);
  });
});

describe('what capture could not follow', () => {
  it('is looked for, and not again and again', () => {
    const events = [around('2026-11-02T01:00', { isScanAsked: true })];
    expect(story(rule({ mode: 'on-change' }), '2026-11-02T00:00', '2026-11-02T01:11', events)).toEqual([
      '11-02 00:00 first',
      '11-02 01:00 asked',
      '11-02 01:05 asked',
      '11-02 01:10 asked',
    ]);
  });
});
