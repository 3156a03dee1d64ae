import { takesEverything } from '../../../shared/domain/choice.ts';
import { useChoiceWords } from '../../parts/choosing/use-choice-words.ts';
import type { JobWizardState } from './use-job-wizard.ts';

/** What is taken of each source of the job, in words; null: everything of all of them. `short`: what weighs most of it. */
export function useChosenWords({
  chosen,
}: Pick<JobWizardState, 'chosen'>): { readonly all: string; readonly short: string } | null {
  const say = useChoiceWords();
  if (chosen.every(({ choice }) => takesEverything(choice))) return null;
  const told = chosen.map(({ name, choice }) => ({ before: chosen.length === 1 ? '' : `${name}: `, sentences: say(choice) }));
  return {
    all: told.map(({ before, sentences }) => `${before}${sentences.join(' ')}`).join(' '),
    short: told.map(({ before, sentences }) => `${before}${sentences[0]}`).join(' '),
  };
}
