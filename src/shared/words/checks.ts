import type { JobFinding } from '../domain/job-check.ts';
import { checksDe } from './checks.de.ts';
import { checksEn, type CheckWords } from './checks.en.ts';
import { fill, type Language } from './say.ts';

const words: Readonly<Record<Language, CheckWords>> = { en: checksEn, de: checksDe };

type Said = Pick<JobFinding, 'check' | 'name' | 'outcome'>;

export const sayCheck = ({ check, name }: Said, language: Language): string => fill(words[language][check], { name });
export const sayOutcome = ({ outcome }: Said, language: Language): string => words[language][outcome];

/** All of it in one sentence. */
export function sayVerdict(findings: readonly Said[], language: Language): string {
  if (findings.some(({ outcome }) => outcome === 'refused')) return words[language].cannot;
  return words[language][findings.every(({ outcome }) => outcome === 'fine') ? 'can' : 'canNoted'];
}
