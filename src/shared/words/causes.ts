import type { RunCause } from '../domain/run-cause.ts';
import { causesDe } from './causes.de.ts';
import { causesEn, type CauseWord, type CauseWords } from './causes.en.ts';
import { fill, type Language } from './say.ts';

const words: Readonly<Record<Language, CauseWords>> = { en: causesEn, de: causesDe };

/** @param time How the reader's shell writes a time. */
export function sayCause({ reason, forMs, retry }: RunCause, language: Language, time: (ms: number) => string): string {
  const facts = { time: forMs === null ? '' : time(forMs), nth: retry?.nth ?? '', of: retry?.of ?? '' };
  return fill(words[language][wordOf({ reason, forMs, retry })], facts);
}

function wordOf({ reason, forMs, retry }: RunCause): CauseWord {
  // Said by a person of a missed time, or by capture of what it missed.
  if (reason === 'asked') return forMs === null ? 'asked' : 'wanted';
  return reason === 'retry' && (retry?.of ?? null) === null ? 'retryEndless' : reason;
}
