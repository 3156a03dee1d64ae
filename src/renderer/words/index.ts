/**
 * Everything a person reads, in their language: sentences by typed key, numbers and times by `Intl`.
 * Promises that every language has every sentence. Failures have their sentences in `shared/words`.
 */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../shared/domain/strata-error.ts';
import { type Language, languageOf, sayFailure } from '../../shared/words/say.ts';
import type { Format } from './format.ts';
import { currentFormat } from './i18n.ts';

export { Trans } from 'react-i18next';
export { type Format, startOfDay } from './format.ts';
export { speak } from './i18n.ts';

/** `t('jobs.title')`. The language is that of the last `speak`. */
export const useWords = () => useTranslation('strata').t;

export function useLanguage(): Language {
  return languageOf(useTranslation('strata').i18n.language);
}

/** Read at each render: a change of language renders everything anew. */
export function useFormat(): Format {
  useTranslation('strata');
  return currentFormat();
}

export function useFailureWords(): (failure: Failure) => string {
  const language = useLanguage();
  return useCallback((failure) => sayFailure(failure, language), [language]);
}
