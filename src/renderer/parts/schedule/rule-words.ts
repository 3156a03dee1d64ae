import { type DayRule, dayMinutes, type TimeRule } from '../../../shared/domain/schedule.ts';
import type { Speech } from './speech.ts';

/** The length of the steps from midnight to midnight where there are so many that it is said so; else null. */
export function stepOf(minutes: readonly number[]): number | null {
  const step = dayMinutes / minutes.length;
  return minutes.length > 4 && minutes.every((minute, index) => minute === index * step) ? step : null;
}

/** `at 12:30 and 18:00 on workdays`; `isBold` puts the times in `<b>`. */
export function ruleWords({ days, minutes }: TimeRule, speech: Speech, isBold = false): string {
  const { t, format } = speech;
  const bold = (text: string): string => (isBold ? `<b>${text}</b>` : text);
  const step = stepOf(minutes);
  const said = dayWords(days, speech);
  if (step !== null) return t('schedule.words.steps', { days: said, length: bold(format.duration(step * 60_000)) });
  return t('schedule.words.at', { days: said, times: format.list(minutes.map((minute) => bold(timeOf(minute, speech)))) });
}

/** As the region writes a time of day. */
export const timeOf = (minute: number, { format }: Pick<Speech, 'format'>): string =>
  format.time(new Date(2024, 0, 1, Math.floor(minute / 60), minute % 60).getTime());

function dayWords(days: DayRule, { t, format, lines }: Speech): string {
  switch (days.every) {
    case 'week': {
      const { weekdays } = days;
      if (weekdays.length === 7) return t('schedule.words.everyDay');
      if (weekdays.join() === '1,2,3,4,5') return t('schedule.words.workdays');
      return t('schedule.words.weekdays', { days: format.list(weekdays.map((day) => lines.weekdays[day - 1] ?? '')) });
    }
    case 'month':
      return t('schedule.words.month', { days: format.list(days.days.map(String)) });
    case 'count': {
      const from = days.from === '' ? '…' : format.date(new Date(`${days.from}T12:00:00`).getTime());
      return t('schedule.words.count', { count: days.count, from });
    }
  }
}
