import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import { createFormat } from '../../words/format.ts';
import { de } from '../../words/de.ts';
import { en } from '../../words/en.ts';
import { recurrenceWords } from './recurrence-words.ts';
import type { CalendarEntry } from './written-time.ts';

type Rule = CalendarEntry['rules'][number];

const rule = (over: Partial<Rule>): Rule => ({
  frequency: 'weekly',
  interval: 1,
  count: null,
  until: null,
  days: [],
  monthDays: [],
  months: [],
  more: false,
  ...over,
});
const cases: readonly (readonly [Rule, en: string, de: string])[] = [
  [rule({}), 'every week', 'jede Woche'],
  [
    rule({
      interval: 2,
      days: [
        { nth: 0, day: 'MO' },
        { nth: 0, day: 'WE' },
      ],
    }),
    'every 2 weeks on Mon and Wed',
    'alle 2 Wochen am Mo und Mi',
  ],
  [
    rule({ frequency: 'monthly', days: [{ nth: -1, day: 'FR' }], count: 3 }),
    'every month on the last Fri, 3 times',
    'jeden Monat am letzten Fr, 3-mal',
  ],
  [rule({ frequency: 'monthly', monthDays: [-1] }), 'every month on the last day', 'jeden Monat am letzten Tag'],
  [
    rule({ frequency: 'fortnightly' }),
    'by a rule that could not be understood',
    'nach einer Regel, die sich nicht verstehen ließ',
  ],
  [
    rule({ frequency: 'secondly', more: true }),
    'every second, with further conditions',
    'jede Sekunde, mit weiteren Bedingungen',
  ],
];

describe('a rule of repetition', () => {
  it('is a sentence in every language', async () => {
    const resources = { en: { strata: en }, de: { strata: de } };
    const words = i18next.createInstance({ defaultNS: 'strata', resources });
    await words.init();
    for (const [language, which] of [
      ['en', 1],
      ['de', 2],
    ] as const) {
      await words.changeLanguage(language);
      const format = createFormat(language === 'en' ? 'en-GB' : 'de-DE');
      for (const one of cases) expect(recurrenceWords(one[0], words.t, format)).toBe(one[which]);
    }
  });
});
