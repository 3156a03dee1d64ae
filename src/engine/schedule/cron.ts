import { CronExpressionParser } from 'cron-parser';
import { parse } from 'node-cron';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { ClockTimes } from './clock-times.ts';

type Fields = readonly [minutes: string, hours: string, days: string, months: string, weekdays: string];

/**
 * A cron expression of five fields. Cron has dialects: it is taken only where two well-known readers understand the same by it, and where
 * no dialect could differ (a day of the month *and* a weekday mean "both" to some and "either" to others).
 */
export function cronTimes(expression: string): ClockTimes {
  const text = expression.trim().toLowerCase();
  // Five fields of numbers, names, lists, ranges and steps: what else there is (@daily, L, #, W, ?, H, seconds), each dialect has its own.
  if (!/^[\d*,/a-z-]+(?: +[\d*,/a-z-]+){4}$/u.test(text) || /(?:^|[^a-z])[lwh](?:[^a-z]|$)|\d[lw]/u.test(text)) {
    throw new StrataError('schedule.cron-invalid', 'never', { expression });
  }
  const fields = bothRead(text, expression);
  const [minutes, hours, days, months, weekdays] = fields.map((field) => field.split(',').map(Number)) as unknown as Sets;
  if (days.length < 31 && weekdays.length < 7) throw new StrataError('schedule.cron-unclear', 'never', { expression });
  return {
    minutes: hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute)),
    isOn: (day) => {
      const date = new Date(day * 86_400_000);
      return months.includes(date.getUTCMonth() + 1) && days.includes(date.getUTCDate()) && weekdays.includes(date.getUTCDay());
    },
  };
}

type Sets = readonly [number[], number[], number[], number[], number[]];

function bothRead(text: string, expression: string): Fields {
  try {
    const ours = parse(text);
    const theirs = CronExpressionParser.parse(text, { tz: 'UTC', currentDate: new Date(0) }).fields;
    const first = [...[ours.minute, ours.hour, ours.dayOfMonth, ours.month].map(listed), listed(ours.dayOfWeek.map(sunday))];
    const second = [
      ...[theirs.minute, theirs.hour, theirs.dayOfMonth, theirs.month].map(({ values }) => listed(values)),
      listed(theirs.dayOfWeek.values.map(sunday)),
    ];
    if (first.every((field, index) => field === second[index])) return first as unknown as Fields;
  } catch (cause) {
    throw new StrataError('schedule.cron-invalid', 'never', { expression }, { cause });
  }
  throw new StrataError('schedule.cron-unclear', 'never', { expression });
}

const listed = (values: readonly (number | string)[]): string =>
  [...new Set(values)].toSorted((a, b) => Number(a) - Number(b)).join(',');

/** Sunday is 0 to one reader, and 0 and 7 to the other. */
const sunday = (day: number | string): number | string => (day === 7 ? 0 : day);
