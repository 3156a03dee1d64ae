import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import { usualTiming } from '../../../shared/domain/schedule.ts';
import { englishLines, parseTimeRule, parseWindow } from '../../../shared/domain/week-text.ts';
import { weekOf } from '../../../shared/domain/week.ts';
import { de } from '../../words/de.ts';
import { en } from '../../words/en.ts';
import { createFormat } from '../../words/format.ts';
import type { Speech } from './speech.ts';
import { conditionsLine, sentencesOf } from './sentences.ts';
import { usualWhen, type When } from './when.ts';

function speechIn(language: 'en' | 'de'): Speech {
  const speaker = i18next.createInstance();
  void speaker.init({
    lng: language,
    defaultNS: 'strata',
    resources: { en: { strata: en }, de: { strata: de } },
    initAsync: false,
    interpolation: { escapeValue: false },
  });
  speaker.services.formatter?.add('number', String);
  const lines =
    language === 'en' ? englishLines : { ...englishLines, weekdays: ['Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa', 'So'] as const };
  return {
    t: speaker.t,
    format: createFormat(language === 'en' ? 'en-GB' : 'de-DE', () => Date.UTC(2026, 10, 21)),
    lines,
  };
}
const said = (when: Partial<When>, language: 'en' | 'de' = 'en', isScanOn = true): string =>
  sentencesOf({ ...usualWhen, ...when }, isScanOn, speechIn(language))
    .join(' ')
    .replaceAll('\u2060', '')
    .replaceAll('\u00a0', ' ');

const rules = ['Mon-Fri 12:30,18:00', 'Sat 18:00'].flatMap((line) => parseTimeRule(line) ?? []);
const windows = weekOf([
  { from: 0, to: 7 * 1440, paint: 'allowed' },
  ...(parseWindow('Mon-Fri 13:00-18:00', 'slow') ?? []),
]).flatMap((one) => one);

describe('a schedule in words', () => {
  it('says all that was chosen, and nothing that is as usual', () => {
    const without = weekOf([...windows]).filter(({ paint }) => paint === 'slow');
    expect(said({ mode: 'times', rules })).toBe(
      'This job runs on workdays at <b>12:30</b> and <b>18:00</b> and on Sat at <b>18:00</b>. A time that was missed is made up for <b>once, as soon as allowed</b>.',
    );
    const timing = {
      ...usualTiming,
      windows,
      slowBytesPerSecond: 2_000_000,
      batteryAbove: 30,
      onMetered: false,
      missed: 'ask',
    } as const;
    expect(said({ mode: 'once', timing })).toBe(
      'This job runs one complete cycle in each of its windows. At most <b>2 MB/s</b> Mon–Fri 13:00–18:00. On battery only above <b>30%</b>. Not where data is paid for. About a time that was missed you are asked.',
    );
    expect(said({ mode: 'on-plug', timing: { ...usualTiming, windows: without, windowEnd: 'stop' } })).toBe(
      'This job runs when the disk with the storage is plugged in. Only Mon–Fri 13:00–18:00. At most <b>1 MB/s</b> Mon–Fri 13:00–18:00. At the end of a window it stops at once.',
    );
  });

  it('says what is blocked where that is less', () => {
    const blocked = weekOf(parseWindow('daily 12:00-08:00', 'allowed') ?? []);
    expect(said({ mode: 'on-change', timing: { ...usualTiming, windows: blocked } })).toContain('Never daily 08:00–12:00.');
  });

  it('speaks German', () => {
    expect(said({ mode: 'times', rules, timing: { ...usualTiming, delayMs: 600_000, retries: 0, missed: 'skip' } }, 'de')).toBe(
      'Dieser Auftrag läuft werktags um <b>12:30</b> und <b>18:00</b> und am Sa um <b>18:00</b>. Eine versäumte Zeit wird ausgelassen. Er beginnt zufällig bis zu <b>10 min</b> später. Nach einem Fehler wartet er auf seine nächste Zeit.',
    );
  });

  it('says steps, days of the month and counted days', () => {
    const of = (line: string): string => said({ mode: 'times', rules: [parseTimeRule(line) ?? (rules[0] as never)] });
    expect(of('every 15 minutes')).toContain('every day every <b>15 min</b>');
    expect(of('month 1,15 02:00')).toContain('on day 1 and 15 of each month at <b>02:00</b>');
    expect(of('every 2 days from 2026-11-29 02:00')).toContain('every 2 days from 29 Nov at <b>02:00</b>');
  });

  it('promises nothing where scans are off or only a person starts it', () => {
    const timing = { ...usualTiming, windows };
    expect(said({ mode: 'manual', timing })).toBe(en.jobs.schedule.sentenceManual);
    expect(said({ mode: 'times', rules, timing }, 'en', false)).toBe(en.jobs.schedule.off);
  });

  it('has the conditions in one line', () => {
    const line = (timing: Partial<When['timing']>): string =>
      conditionsLine({ ...usualWhen, timing: { ...usualTiming, ...timing } }, speechIn('en')).replaceAll('\u00a0', ' ');
    expect(line({})).toBe('as usual: missed times are made up for once and 2 retries');
    expect(line({ batteryAbove: 101, networks: ['Home', 'Office'], retries: 0 })).toBe(
      'not on battery, only in Home and Office and no retries',
    );
  });
});
