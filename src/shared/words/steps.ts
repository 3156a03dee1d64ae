import type { RunStep } from '../domain/run-step.ts';
import { fill, type Language } from './say.ts';
import { stepsDe } from './steps.de.ts';
import { stepsEn, type StepWord, type StepWords } from './steps.en.ts';

const words: Readonly<Record<Language, StepWords>> = { en: stepsEn, de: stepsDe };

type Said = Pick<RunStep, 'kind' | 'name' | 'state' | 'atMs'>;

export const sayStepName = ({ kind, name }: Said, language: Language): string =>
  fill(words[language][wordOf(kind, name)], { name });

function wordOf(kind: RunStep['kind'], name: string): StepWord {
  if (kind === 'notice' && name === '') return 'noNotice';
  return kind === 'retention' && name !== '' ? 'retentionAt' : kind;
}

/** @param time How the reader's shell writes a time. */
export function sayStepState({ kind, state, atMs }: Said, language: Language, time: (ms: number) => string): string {
  const own = `${kind}.${kind === 'next' && state === 'waiting' && atMs === null ? 'event' : state}`;
  const word = own in stepsEn ? (own as StepWord) : state;
  return fill(words[language][word], { time: atMs === null ? '' : time(atMs) });
}
