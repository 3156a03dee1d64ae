import { createTask } from 'node-cron';
import { describe, expect, it } from 'vitest';
import { cronTimes } from './cron.ts';
import { nextSlot } from './slots.ts';

const next = (expression: string, from: string, count = 3): string[] => {
  const found: string[] = [];
  for (let at = nextSlot([cronTimes(expression)], 'UTC', Date.parse(from)); at !== null && found.length < count; ) {
    found.push(new Date(at.ms).toISOString().slice(0, 16));
    at = nextSlot([cronTimes(expression)], 'UTC', at.ms);
  }
  return found;
};

describe('a cron expression', () => {
  it.each([
    ['30 12 * * 1-5', '2026-11-27T13:00Z', ['2026-11-30T12:30', '2026-12-01T12:30', '2026-12-02T12:30']],
    ['*/20 6,18 * * *', '2026-11-27T06:10Z', ['2026-11-27T06:20', '2026-11-27T06:40', '2026-11-27T18:00']],
    ['0 0 * jan-mar mon', '2026-11-27T06:10Z', ['2027-01-04T00:00', '2027-01-11T00:00', '2027-01-18T00:00']],
    ['0 4 * * 7', '2026-11-27T06:10Z', ['2026-11-29T04:00', '2026-12-06T04:00', '2026-12-13T04:00']],
    ['0 4 * * 0', '2026-11-27T06:10Z', ['2026-11-29T04:00', '2026-12-06T04:00', '2026-12-13T04:00']],
    ['0 0 29 2 *', '2026-11-27T06:10Z', ['2028-02-29T00:00', '2032-02-29T00:00', '2036-02-29T00:00']],
    ['0 0 31 * *', '2026-11-27T06:10Z', ['2026-12-31T00:00', '2027-01-31T00:00', '2027-03-31T00:00']],
    ['7 7 7 7 *', '2026-11-27T06:10Z', ['2027-07-07T07:07', '2028-07-07T07:07', '2029-07-07T07:07']],
  ])('%s comes when it says', (expression, from, expected) => expect(next(expression, from)).toEqual(expected));

  it.each(['30 12 * * 1-5', '*/7 * * * *', '0 0-23/5 1,15 * *', '15 3 * feb,aug sun', '0 4 * * 5-7', '59 23 31 12 *'])(
    '%s comes when node-cron says',
    (expression) => {
      // Its own next times begin at the present.
      const theirs = createTask(expression, () => undefined, { timezone: 'UTC' }).getNextRuns(5);
      const from = new Date().toISOString();
      expect(next(expression, from, 5)).toEqual(theirs.map((date) => date.toISOString().slice(0, 16)));
    },
  );

  it.each([
    ['0 2 1 * 1', 'both a day of the month and a weekday'],
    ['0 0-59/100 * * *', 'a step beyond the range'],
  ])('%s is refused, because programs differ: %s', (expression) => {
    expect(() => cronTimes(expression)).toThrow(/schedule[.]cron-(?:unclear|invalid)/);
  });

  it.each([
    '',
    '* * * *',
    '* * * * * *',
    '@daily',
    '0 0 L * *',
    '0 0 * * 5L',
    '0 0 15W * *',
    '0 0 * * 5#2',
    '0 0 ? * *',
    'H * * * *',
    '60 * * * *',
    '0 24 * * *',
    '0 0 30 2 *',
    '0 0 0 * *',
    '5/15 * * * *',
    '0 22-2 * * *',
    '0 0 * * 6-1',
    '0 0 * foo *',
    '1,,2 * * * *',
    '-1 * * * *',
    '*/0 * * * *',
    `${'1,'.repeat(90)}1 * * * *x`,
    '0 0 * * 1; rm -rf /',
    '٣ * * * *',
  ])('%s is refused, and nothing else happens', (expression) => {
    expect(() => cronTimes(expression)).toThrow('schedule.cron-');
  });
});
