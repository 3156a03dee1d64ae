import type { Format, useWords } from '../../words/index.ts';
import type { CalendarEntry } from './written-time.ts';

type Words = ReturnType<typeof useWords>;
type Rule = CalendarEntry['rules'][number];

const frequencies = ['secondly', 'minutely', 'hourly', 'daily', 'weekly', 'monthly', 'yearly'] as const;
const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const ordinals = ['-2', '-1', '1', '2', '3', '4', '5'] as const;

/** A rule as a sentence: `every 2 weeks on Mon and Wed, until 3 Mar`. It is never counted out: some go on for ever. */
export function recurrenceWords(rule: Rule, t: Words, format: Format): string {
  const frequency = frequencies.find((known) => known === rule.frequency);
  if (frequency === undefined) return t('browse.calendar.repeats.other');
  const parts: string[] = [t(`browse.calendar.repeats.${frequency}`, { count: rule.interval })];
  if (rule.days.length > 0)
    parts.push(t('browse.calendar.repeats.on', { days: format.list(rule.days.map((day) => dayWords(day, t, format))) }));
  if (rule.monthDays.length > 0)
    parts.push(t('browse.calendar.repeats.onDays', { days: format.list(rule.monthDays.map((day) => monthDayWords(day, t))) }));
  const months = rule.months
    .filter((month) => month >= 1 && month <= 12)
    .map((month) => format.month(new Date(2024, month - 1, 15).getTime(), false));
  if (months.length > 0) parts.push(t('browse.calendar.repeats.in', { months: format.list(months) }));
  const ends = [
    ...(rule.count === null ? [] : [t('browse.calendar.repeats.times', { count: rule.count })]),
    ...(rule.until === null ? [] : [t('browse.calendar.repeats.until', { date: untilWords(rule.until, format) })]),
    ...(rule.more ? [t('browse.calendar.repeats.more')] : []),
  ];
  return [parts.join(' '), ...ends].join(', ');
}

function dayWords({ nth, day }: Rule['days'][number], t: Words, format: Format): string {
  const name = format.weekdays[(weekdays.indexOf(day) - format.firstWeekday + 7) % 7] ?? day;
  const ordinal = ordinals.find((known) => Number(known) === nth);
  if (nth === 0) return name;
  return ordinal === undefined ? `${nth}. ${name}` : t(`browse.calendar.repeats.nth.${ordinal}`, { day: name });
}

const monthDayWords = (day: number, t: Words): string => (day === -1 ? t('browse.calendar.repeats.lastDay') : `${day}.`);

function untilWords(until: string, format: Format): string {
  const timeMs = Date.parse(until.length === 10 ? `${until}T12:00:00` : until);
  return Number.isNaN(timeMs) ? until : format.date(timeMs);
}
