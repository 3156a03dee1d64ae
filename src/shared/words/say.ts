import type { Facts, Failure } from '../domain/strata-error.ts';
import { failuresDe, hintsDe, reasonsDe } from './failures.de.ts';
import { failuresEn, hintsEn, reasonsEn } from './failures.en.ts';

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

const failures = { en: failuresEn, de: failuresDe } as const;
const hints: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en: hintsEn, de: hintsDe };
const reasons: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en: reasonsEn, de: reasonsDe };

/** Puts facts into a sentence. A fact that is missing shows as `…`, so that a sentence is never broken by one. */
export function fill(sentence: string, facts: Facts): string {
  return sentence.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(facts[name] ?? '…'));
}

export function sayFailure(failure: Failure, language: Language): string {
  const hint = hints[language][String(failure.facts['hint'])];
  const span = spanOf(failure.facts, language);
  const reason = reasons[language][String(failure.facts['reason'])];
  const said = {
    ...withTimes(failure.facts, language),
    ...(span !== undefined && { span }),
    ...(reason !== undefined && { reason }),
  };
  const sentence = fill(failures[language][failure.code], said);
  return hint === undefined ? sentence : `${sentence} ${hint}`;
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** Facts hold instants as scripts read them; in a sentence they stand as the people of this language write them, in this zone. */
function withTimes(facts: Facts, language: Language): Facts {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const told = (value: Facts[string]): Facts[string] =>
    typeof value === 'string' && instant.test(value) ? format.format(new Date(value)) : value;
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, told(value)]));
}

/** In the largest unit of which it is at least two: nobody counts 1104 hours. */
function spanOf({ hours, minutes }: Facts, language: Language): string | undefined {
  const length = typeof hours === 'number' ? hours * 60 : minutes;
  if (typeof length !== 'number') return undefined;
  const [unit, size] = units.find(([, minutesOfUnit]) => length >= 2 * minutesOfUnit) ?? (['minute', 1] as const);
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.round(length / size));
}

const units = [
  ['day', 24 * 60],
  ['hour', 60],
] as const;

/** `de-AT` → `de`; what is not spoken here is English. */
export function languageOf(locale: string): Language {
  const first = locale.toLowerCase().split(/[-_.]/)[0];
  return languages.find((language) => language === first) ?? 'en';
}
