import type { RunCause, RunWish } from '../domain/run-cause.ts';
import { causesDe } from './causes.de.ts';
import { causesEn, type CauseWord, type CauseWords } from './causes.en.ts';
import { fill, type Language } from './say.ts';

const words: Readonly<Record<Language, CauseWords>> = { en: causesEn, de: causesDe };

/** @param time How the reader's shell writes a time. */
export function sayCause({ reason, forMs, retry, wish }: RunCause, language: Language, time: (ms: number) => string): string {
  const facts = { time: forMs === null ? '' : time(forMs), nth: retry?.nth ?? '', of: retry?.of ?? '' };
  const because = fill(words[language][wordOf({ reason, forMs, retry })], facts);
  const word = wish && wordOfWish(wish);
  return word === undefined ? because : fill(words[language][word], { because });
}

function wordOfWish({ sources, storages, readsAgain }: RunWish): CauseWord | undefined {
  if (storages !== undefined) return 'someStorages';
  if (sources === null) return readsAgain ? 'again' : undefined;
  return readsAgain ? 'someAgain' : 'some';
}

function wordOf({ reason, forMs, retry }: RunCause): CauseWord {
  // Said by a person of a missed time, or by capture of what it missed.
  if (reason === 'asked') return forMs === null ? 'asked' : 'wanted';
  return reason === 'retry' && (retry?.of ?? null) === null ? 'retryEndless' : reason;
}
