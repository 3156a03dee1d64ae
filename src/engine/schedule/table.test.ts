import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../test/kit/seeded-random.ts';
import { type Schedule, type Timing, usualTiming } from '../../shared/domain/schedule.ts';
import { painted } from '../../shared/domain/week.ts';
import { parseTimeRule } from '../../shared/domain/week-text.ts';
import type { JobRule } from './rule.ts';
import { newestSlot } from './slots.ts';
import { type Event, type Life, live, type Machine } from './testing/life.ts';
import { timesOf } from './times.ts';
import { paintNow } from './windows.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** One change of the clock in each zone; two have none. */
const changes: readonly (readonly [zone: string, at: string])[] = [
  ['Europe/Berlin', '2026-10-25T01:00Z'],
  ['America/New_York', '2026-03-08T07:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30Z'],
  ['Africa/Cairo', '2026-10-29T21:00Z'],
  ['America/Havana', '2026-03-08T05:00Z'],
  ['Asia/Beirut', '2026-03-28T22:00Z'],
  ['America/Asuncion', '2024-03-24T03:00Z'],
  ['America/Sao_Paulo', '2018-11-04T03:00Z'],
  ['Antarctica/Troll', '2026-03-29T01:00Z'],
  ['Africa/Casablanca', '2026-02-15T02:00Z'],
  ['Europe/Dublin', '2026-10-25T01:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00Z'],
  ['Asia/Kathmandu', '2026-03-29T01:00Z'],
  ['UTC', '2026-03-29T01:00Z'],
];
const lines = [
  'daily every 15 minutes',
  'daily every 1 hours',
  'daily 00:00',
  'daily 00:30',
  'daily 01:30',
  'daily 02:00',
  'daily 02:30',
  'daily 03:00',
  'Sun 02:30',
  'month 31 02:30',
  'every 2 days from 2010-01-01 02:30',
];
type Situation = (changeMs: number) => Event[];
const situations: Readonly<Record<string, Situation>> = {
  awake: () => [],
  'asleep across': (at) => [
    { at: at - 3 * hourMs, kind: 'sleep' },
    { at: at + 4 * hourMs, kind: 'wake' },
  ],
  'set back an hour': (at) => [{ at: at + hourMs / 2, kind: 'clock', byMs: -hourMs }],
  'set forward an hour': (at) => [{ at: at - hourMs / 2, kind: 'clock', byMs: hourMs }],
  'set back a day': (at) => [{ at: at + 2 * hourMs, kind: 'clock', byMs: -dayMs }],
  'set forward ten years, and back': (at) => [
    { at: at - hourMs, kind: 'clock', byMs: 3652 * dayMs },
    { at: at + hourMs, kind: 'clock', byMs: -3652 * dayMs },
  ],
  'set back five years, and right again': (at) => [
    { at: at - hourMs, kind: 'clock', byMs: -1826 * dayMs },
    { at: at + dayMs, kind: 'clock', byMs: 1826 * dayMs },
  ],
  'suspended for 25 days': (at) => [
    { at: at - hourMs, kind: 'sleep' },
    { at: at + 25 * dayMs, kind: 'wake' },
  ],
};

/** Waking takes ten minutes at most, a late heartbeat two, a look one. */
const longestWaitMs = 13 * minuteMs;

/** What must hold in any life, said without the calendar's own answer to what is due. */
function judge(rule: JobRule, machine: Machine, life: Life): void {
  const { fromMs, toMs, events = [] } = machine;
  const slots = life.starts.map(({ slotMs }) => slotMs).filter((slotMs) => slotMs !== null);
  expect(new Set(slots).size, 'no time is answered twice').toBe(slots.length);
  for (const { shownMs } of life.starts) {
    expect(paintNow(rule.timing.windows, rule.zone, shownMs), 'nothing begins in blocked time').not.toBe('blocked');
  }
  const wakes = events.filter(({ kind }) => kind === 'wake').length;
  const bound = 100 + 12 * wakes + 10 * (life.starts.length + events.length) + 20 * ((toMs - fromMs) / dayMs);
  expect(life.asked, 'no busy loop').toBeLessThan(bound);
  if (rule.schedule.mode !== 'times') return;
  for (const moment of quietEnds(rule, fromMs, toMs, events)) expectNothingOwed(rule, machine, moment, life);
}

interface Quiet {
  readonly realMs: number;
  readonly shownMs: number;
}

/** Moments before which the machine was awake, its clock left alone and its window open for long enough. */
function quietEnds({ timing, zone }: JobRule, fromMs: number, toMs: number, events: readonly Event[]): Quiet[] {
  const ends: Quiet[] = [];
  let [since, shift, isAwake] = [fromMs, 0, true];
  for (const event of [...events, { at: toMs, kind: 'sleep' } as const]) {
    const longMs = event.at - since;
    const isOpen = [0, 1, 2].every((part) => {
      return paintNow(timing.windows, zone, event.at + shift - 1 - (part * longestWaitMs) / 2) !== 'blocked';
    });
    if (isAwake && longMs > longestWaitMs && isOpen) ends.push({ realMs: event.at, shownMs: event.at + shift });
    if (event.kind === 'sleep') isAwake = false;
    if (event.kind === 'wake') isAwake = true;
    if (event.kind === 'clock') shift += event.byMs;
    since = event.at;
  }
  return ends;
}

function expectNothingOwed(
  { schedule, timing, zone }: JobRule,
  { fromMs, runMs = 0 }: Machine,
  { realMs, shownMs }: Quiet,
  life: Life,
): void {
  if (schedule.mode !== 'times') return;
  const slot = newestSlot(timesOf(schedule), zone, shownMs - longestWaitMs - timing.delayMs);
  if (slot === null || slot.ms <= fromMs) return;
  const isAnswered = life.starts.some((start) => {
    if (start.realMs > realMs) return false;
    // By a run for it, or for a later time by a clock that was set back since.
    if (start.slotMs !== null && start.slotMs >= slot.ms && start.slotMs <= shownMs + 36 * hourMs) return true;
    // By a run that was under way, or began after it; and while one still goes on, nothing begins.
    const isAfter = start.shownMs + runMs >= slot.ms && start.shownMs <= shownMs;
    return isAfter || start.realMs + runMs > realMs - longestWaitMs;
  });
  expect(isAnswered, `${new Date(slot.ms).toISOString()} was answered by ${new Date(shownMs).toISOString()}`).toBe(true);
}

describe.each(Object.entries(situations))('%s', (name, situation) => {
  const rows = changes.flatMap(([zone, at]) => lines.map((line) => [zone, line, Date.parse(at)] as const));
  it.each(rows)('%s, %s: each time is answered once', (zone, line, changeMs) => {
    const schedule: Schedule = { mode: 'times', rules: [parseTimeRule(line) ?? expect.unreachable()] };
    const rule: JobRule = { schedule, timing: usualTiming, zone, seed: line };
    const [fromMs, toMs] = [changeMs - 4 * dayMs, changeMs + (name === 'suspended for 25 days' ? 30 : 6) * dayMs];
    const events = situation(changeMs);
    const machine = { fromMs, toMs, events, runMs: minuteMs };
    judge(rule, machine, live(rule, machine));
  });
});

describe('any rule, zone, sleep and change of the clock', () => {
  const lives = 50_000;
  const perTest = 2500;
  it.each(Array.from({ length: lives / perTest }, (_, index) => index + 1))(
    'are lived through with each time answered once: seed %i',
    (seed) => {
      const random = seededRandom(seed);
      for (let life = 0; life < perTest; life += 1) {
        const { rule, machine } = randomLife(random.below);
        try {
          judge(rule, machine, live(rule, machine));
        } catch (error) {
          throw new Error(`life ${life}: ${JSON.stringify({ rule, machine })}`, { cause: error });
        }
      }
    },
    120_000,
  );
});

type Below = (limit: number) => number;

function randomLife(below: Below): { rule: JobRule; machine: Machine } {
  const pick = <Value>(values: readonly Value[]): Value => values[below(values.length)] ?? expect.unreachable();
  const [zone, at] = pick(changes);
  const fromMs = Date.parse(at) - below(2 * dayMs);
  const toMs = fromMs + dayMs + below(3 * dayMs);
  const windows = below(3) === 0 ? randomWeek(below) : null;
  const timing: Timing = { ...usualTiming, windows, delayMs: below(4) === 0 ? below(hourMs) : 0 };
  const events = randomEvents(below, fromMs, toMs);
  const runMs = pick([0, minuteMs, 20 * minuteMs, 2 * hourMs]);
  return {
    rule: { schedule: randomSchedule(below), timing, zone, seed: String(below(1000)) },
    machine: { fromMs, toMs, events, runMs },
  };
}

function randomSchedule(below: Below): Schedule {
  switch (below(6)) {
    case 0:
      return { mode: 'continuous', idleMs: minuteMs * (30 + below(600)) };
    case 1:
      return { mode: 'once' };
    case 2:
      return { mode: 'cron', expression: `${below(60)} */${1 + below(12)} * * *` };
    default: {
      const minutes = Array.from({ length: 1 + below(6) }, () => below(1440)).toSorted((a, b) => a - b);
      const weekdays = [1, 2, 3, 4, 5, 6, 7].filter(() => below(4) > 0);
      const days = { every: 'week', weekdays: weekdays.length === 0 ? [7] : weekdays } as const;
      return { mode: 'times', rules: [{ days, minutes: [...new Set(minutes)] }] };
    }
  }
}

function randomWeek(below: Below): NonNullable<Timing['windows']> {
  let week: NonNullable<Timing['windows']> = [];
  for (let count = 2 + below(8); count > 0; count -= 1) {
    const from = below(10_000);
    week = painted(week, from, Math.min(10_080, from + 30 + below(900)), below(3) === 0 ? 'slow' : 'allowed');
  }
  return week;
}

function randomEvents(below: Below, fromMs: number, toMs: number): Event[] {
  const times = Array.from({ length: 2 * below(4) }, () => fromMs + below(toMs - fromMs)).toSorted((a, b) => a - b);
  return times.map((at, index): Event => {
    if (below(3) === 0)
      return { at, kind: 'clock', byMs: (below(2) === 0 ? 1 : -1) * (below(10) === 0 ? 2000 * dayMs : below(2 * dayMs)) };
    return { at, kind: index % 2 === 0 ? 'sleep' : 'wake' };
  });
}
