import type { Choice } from '../../../shared/domain/choice.ts';
import { sayChoice } from '../../../shared/words/choice.ts';
import { useFormat, useLanguage } from '../../words/index.ts';

/** What a choice takes, as the command line says it, too. */
export function useChoiceWords(): (choice: Choice) => readonly string[] {
  const language = useLanguage();
  const format = useFormat();
  return (choice) => sayChoice(choice, language, { time: format.fullMoment, bytes: format.bytes });
}
