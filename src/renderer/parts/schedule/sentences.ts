import { type Timing, usualTiming } from '../../../shared/domain/schedule.ts';
import { inverted } from '../../../shared/domain/week.ts';
import { windowLines } from '../../../shared/domain/week-text.ts';
import { ruleWords } from './rule-words.ts';
import type { Speech } from './speech.ts';
import type { When } from './when.ts';

/** The whole schedule, sentence by sentence; `<b>` around what a person chose. What is as usual is not said. */
export function sentencesOf(when: When, isScanOn: boolean, speech: Speech): string[] {
  const isByItself = isScanOn && when.mode !== 'manual';
  return isByItself
    ? [modeSentence(when, speech), ...windowSentences(when.timing, speech), ...conditionSentences(when, speech)]
    : [speech.t(isScanOn ? 'jobs.schedule.sentenceManual' : 'jobs.schedule.off')];
}

/** Its windows and conditions, of whatever begins a cycle. */
export const timingSentences = (timing: Timing, speech: Speech): string[] => [
  ...windowSentences(timing, speech),
  ...conditionSentences({ mode: 'continuous', timing }, speech),
];

function modeSentence({ mode, idleMs, rules, expression, timing }: When, speech: Speech): string {
  const { t, format } = speech;
  switch (mode) {
    case 'manual':
      return t('jobs.schedule.sentenceManual');
    case 'continuous':
      return t('jobs.schedule.sentence', { idle: format.duration(idleMs) });
    case 'once':
      return t(timing.windows === null ? 'schedule.words.once' : 'schedule.words.onceWindows');
    case 'times':
      return t('schedule.words.times', { rules: format.list(rules.map((rule) => ruleWords(rule, speech, true))) });
    case 'cron':
      return t('schedule.words.cron', { expression: expression.trim() });
    case 'on-change':
      return t('schedule.words.onChange');
    case 'on-plug':
      return t('schedule.words.onPlug');
  }
}

/** What is allowed or what is blocked: whichever is said with fewer words. */
function windowSentences({ windows, windowEnd, slowBytesPerSecond }: Timing, { t, format, lines }: Speech): string[] {
  if (windows === null) return [];
  const said = (all: readonly string[]): string => format.list(all.map(spoken));
  const blocked = windowLines(inverted(windows), 'allowed', lines);
  const open = windowLines(inverted(inverted(windows)), 'allowed', lines);
  const slow = windowLines(windows, 'slow', lines);
  if (open.length === 0) return [t('schedule.words.nothing')];
  const rate = format.rate(slowBytesPerSecond);
  return [
    ...(blocked.length === 0
      ? []
      : blocked.length < open.length
        ? [t('schedule.words.never', { times: said(blocked) })]
        : [t('schedule.words.only', { times: said(open) })]),
    ...(slow.length === 0 ? [] : [t('schedule.words.slow', { rate, times: said(slow) })]),
    ...(blocked.length === 0 ? [] : [t(`schedule.words.end.${windowEnd}`)]),
  ];
}

/** `Mon-Fri 08:00-12:00` as it is printed: a range stays on its line. */
export const spoken = (line: string): string => line.replaceAll('-', '\u2060–\u2060').replaceAll(',', ', ');

function conditionSentences({ mode, timing }: Pick<When, 'mode' | 'timing'>, { t, format }: Speech): string[] {
  const { batteryAbove, onMetered, networks, missed, delayMs, retries, retryPauseMs, enoughMs } = timing;
  const percent = format.percent(batteryAbove / 100);
  const isByClock = mode === 'times' || mode === 'cron';
  return [
    batteryAbove > 100 ? t('schedule.words.noBattery') : batteryAbove > 0 ? t('schedule.words.battery', { percent }) : null,
    onMetered ? null : t('schedule.words.metered'),
    networks.length === 0 ? null : t('schedule.words.networks', { names: format.list(networks) }),
    isByClock || missed !== usualTiming.missed ? t(`schedule.words.missed.${missed}`) : null,
    delayMs === 0 ? null : t('schedule.words.delay', { length: format.duration(delayMs) }),
    retries === 0 ? t('schedule.words.noRetries') : null,
    retries > 0 && (retries !== usualTiming.retries || retryPauseMs !== usualTiming.retryPauseMs)
      ? t('schedule.words.retries', { count: retries, pause: format.duration(retryPauseMs) })
      : null,
    enoughMs === 0 ? null : t('schedule.words.enough', { length: format.duration(enoughMs) }),
  ].filter((sentence) => sentence !== null);
}

/** The conditions in one line: what is unlike usual. */
export function conditionsLine({ timing }: When, { t, format }: Speech): string {
  const { batteryAbove, onMetered, networks, missed, delayMs, retries, enoughMs } = timing;
  const percent = format.percent(batteryAbove / 100);
  const unlike = [
    batteryAbove > 100 ? t('schedule.short.noBattery') : batteryAbove > 0 ? t('schedule.short.battery', { percent }) : null,
    onMetered ? null : t('schedule.short.metered'),
    networks.length === 0 ? null : t('schedule.short.networks', { names: format.list(networks) }),
    missed === 'run' ? null : t(`schedule.short.missed.${missed}`),
    delayMs === 0 ? null : t('schedule.short.delay', { length: format.duration(delayMs) }),
    retries === usualTiming.retries ? null : retriesWords(retries, t),
    enoughMs === 0 ? null : t('schedule.short.enough', { length: format.duration(enoughMs) }),
  ].filter((words) => words !== null);
  if (unlike.length > 0) return format.list(unlike);
  return t('schedule.conditions.usual', {
    what: format.list([t('schedule.short.made'), retriesWords(retries, t)]),
  });
}

const retriesWords = (retries: number, t: Speech['t']): string =>
  retries === 0 ? t('schedule.short.noRetries') : t('schedule.short.retries', { count: retries });
