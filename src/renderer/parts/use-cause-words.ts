import { sayCause } from '../../shared/words/causes.ts';
import type { RunRecord } from '../state/index.ts';
import { useFormat, useLanguage, useWords } from '../words/index.ts';

/** Why a run began, as half a sentence. Of runs from before this was written down, who began them. */
export function useCauseWords(): (run: Pick<RunRecord, 'cause' | 'trigger'>) => string {
  const t = useWords();
  const format = useFormat();
  const language = useLanguage();
  return ({ cause, trigger }) =>
    cause === null ? t(`runs.trigger.${trigger}`) : sayCause(cause, language, (ms) => format.shortMoment(ms));
}
