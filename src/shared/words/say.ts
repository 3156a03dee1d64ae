import type { Facts, Failure } from '../domain/strata-error.ts';
import { failuresDe } from './failures.de.ts';
import { failuresEn } from './failures.en.ts';

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

const failures = { en: failuresEn, de: failuresDe } as const;

/** Puts facts into a sentence. A fact that is missing shows as `…`, so that a sentence is never broken by one. */
export function fill(sentence: string, facts: Facts): string {
  return sentence.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(facts[name] ?? '…'));
}

export function sayFailure(failure: Failure, language: Language): string {
  return fill(failures[language][failure.code], failure.facts);
}

/** `de-AT` → `de`; what is not spoken here is English. */
export function languageOf(locale: string): Language {
  const first = locale.toLowerCase().split(/[-_.]/)[0];
  return languages.find((language) => language === first) ?? 'en';
}
