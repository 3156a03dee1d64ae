import { fill } from '../../shared/words/say.ts';
import type { ShellWords } from '../../shared/words/shell.en.ts';

/** Times as one says them in a menu: short, in local time. */
export interface Clockface {
  /** Of what is to come; null when it is due now. */
  when(atMs: number): string | null;
  past(atMs: number): string;
}

export function clockfaceAt(nowMs: number, locale: string, words: ShellWords, timeZone?: string): Clockface {
  const zone = timeZone === undefined ? {} : { timeZone };
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', ...zone });
  const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', ...zone });
  const calendar = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', ...zone });
  /** Days between two dates of the calendar: a day may have 23 or 25 hours, its date does not mind. */
  const daysFromNow = (atMs: number): number =>
    Math.round((Date.parse(calendar.format(atMs)) - Date.parse(calendar.format(nowMs))) / 86_400_000);

  const past = (atMs: number): string => {
    const days = daysFromNow(atMs);
    const time = clock.format(atMs);
    if (days === 0) return fill(words.today, { time });
    if (days === 1) return fill(words.tomorrow, { time });
    return days === -1 ? fill(words.yesterday, { time }) : date.format(atMs);
  };
  return { past, when: (atMs) => (atMs <= nowMs ? null : past(atMs)) };
}
