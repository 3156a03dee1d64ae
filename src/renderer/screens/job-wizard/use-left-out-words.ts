import { useFormat, useWords } from '../../words/index.ts';
import { linesOf, presetNames } from './file-rules.ts';
import type { JobWizardState } from './use-job-wizard.ts';

/** What is left out, in a few words; null: nothing that was chosen here. */
export function useLeftOutWords({ answers, folders }: JobWizardState): string | null {
  const t = useWords();
  const format = useFormat();
  if (answers.what === 'known') return null;
  if (answers.what !== 'files') {
    const names = (folders ?? []).filter(({ key }) => answers.leftOut.has(key)).map(({ name }) => name);
    if (names.length > 4) return t('jobWizard.choose.folders', { count: names.length });
    return names.length === 0 ? null : format.list(names);
  }
  const parts: string[] = presetNames
    .filter((preset) => answers.presets.includes(preset))
    .map((preset) => t(`jobWizard.choose.short.${preset}`));
  const own = linesOf(answers.patterns).length;
  if (own > 0) parts.push(t('jobWizard.choose.ownPatterns', { count: own }));
  return parts.length === 0 ? null : format.list(parts);
}
