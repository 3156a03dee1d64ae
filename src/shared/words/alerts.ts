import type { Alert } from '../domain/alert.ts';
import type { Facts } from '../domain/strata-error.ts';
import { alertTextsDe, alertTitlesDe } from './alerts.de.ts';
import { alertTextsEn, alertTitlesEn } from './alerts.en.ts';
import { fill, type Language, sayFailure } from './say.ts';

const titles = { en: alertTitlesEn, de: alertTitlesDe } as const;
const texts = { en: alertTextsEn, de: alertTextsDe } as const;

type Told = Pick<Alert, 'topic' | 'job' | 'storage' | 'failure' | 'facts'>;

/** One alert in a person's words. The text may be empty: then the title says all. */
export function sayAlert(alert: Told, language: Language): { title: string; text: string } {
  const { topic, job, storage, failure, facts } = alert;
  const names = { ...shown(facts, language), job: job?.name ?? '…', storage: storage?.name ?? '…' };
  const text = [textOf(alert, names, language), failure === null ? '' : sayFailure(failure, language)];
  return { title: fill(titles[language][topic], names), text: text.filter((part) => part !== '').join(' ') };
}

/** Several as one message. */
export function sayAlerts(alerts: readonly Told[], language: Language): { title: string; text: string } {
  const [first] = alerts;
  if (alerts.length === 1 && first !== undefined) return sayAlert(first, language);
  const lines = alerts.map((alert) => {
    const { title, text } = sayAlert(alert, language);
    return text === '' ? `• ${title}` : `• ${title}. ${text}`;
  });
  return { title: fill(texts[language].digest, { count: alerts.length }), text: lines.join('\n') };
}

function textOf({ topic, facts }: Told, names: Facts, language: Language): string {
  const said = texts[language];
  switch (topic) {
    case 'backup-done':
      return fill(said.saved, names);
    case 'backup-warning': {
      const problems = facts['problems'];
      const what = problems === 1 ? said.problemsOne : fill(said.problems, names);
      return problems === 0 ? fill(said.saved, names) : `${fill(said.saved, names)} ${what}`;
    }
    case 'scan-due':
      return said.scanDue;
    case 'test':
      return fill(said.test, names);
    case 'week':
      return fill(said.week, names);
    default:
      return '';
  }
}

/** Counts and sizes as the language writes them. */
function shown(facts: Facts, language: Language): Facts {
  const number = new Intl.NumberFormat(language);
  const entries = Object.entries(facts).map(([name, value]) => [name, typeof value === 'number' ? number.format(value) : value]);
  const { stored, seconds } = facts;
  return {
    ...(Object.fromEntries(entries) as Facts),
    ...(typeof stored === 'number' ? { stored: sizeText(stored, language) } : {}),
    ...(typeof seconds === 'number' ? { span: spanText(seconds, language) } : {}),
  };
}

const sizeUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

function sizeText(bytes: number, language: Language): string {
  const step = Math.min(sizeUnits.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const unit = sizeUnits[step] ?? 'byte';
  const format = { style: 'unit', unit, unitDisplay: step === 0 ? 'long' : 'short', maximumSignificantDigits: 3 } as const;
  return new Intl.NumberFormat(language, format).format(bytes / 1000 ** step);
}

function spanText(seconds: number, language: Language): string {
  const [unit, size] =
    seconds >= 7200 ? (['hour', 3600] as const) : seconds >= 120 ? (['minute', 60] as const) : (['second', 1] as const);
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.round(seconds / size));
}
