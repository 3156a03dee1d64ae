import { useMemo } from 'react';
import type { LineWords } from '../../../shared/domain/week-text.ts';
import { useWords } from '../../words/index.ts';

/** The words in which rules and windows are typed, in the person's language. */
export function useLineWords(): LineWords {
  const t = useWords();
  return useMemo(() => {
    const day = (key: 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'): string => t(`schedule.weekday.${key}`);
    const word = (key: 'daily' | 'month' | 'every' | 'days' | 'from' | 'hours' | 'minutes'): string => t(`schedule.lines.${key}`);
    return {
      weekdays: [day('mon'), day('tue'), day('wed'), day('thu'), day('fri'), day('sat'), day('sun')],
      daily: word('daily'),
      month: word('month'),
      every: word('every'),
      days: word('days'),
      from: word('from'),
      hours: word('hours'),
      minutes: word('minutes'),
    };
  }, [t]);
}
