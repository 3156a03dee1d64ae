import { useSources } from '../../state/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { type Answers, hasOwnFolder, needsPath, reads } from './restore-answers.ts';
import type { RestoreWizardState } from './use-restore-wizard.ts';

/** What is chosen, as a person would say it. */
export function useWhat({ answers, selection, sources, storage }: RestoreWizardState): string {
  const t = useWords();
  const format = useFormat();
  if (answers.scope === 'selection') return selection?.label ?? '';
  if (answers.scope === 'everything') return t('restoreWizard.what.everything', { name: storage?.name ?? '' });
  return format.list(sources.filter(({ id }) => answers.sources.includes(id)).map(({ name }) => name));
}

/** The target, as a person would say it. */
export function usePlace({ answers, concerned }: RestoreWizardState): string {
  const t = useWords();
  const format = useFormat();
  const source = useSources((feed) => feed.value?.find(({ id }) => id === answers.source));
  const names = useSources((feed) => feed.value);
  if (answers.target === 'matched') {
    const chosen = new Set(Object.values(answers.matches));
    return format.list((names ?? []).filter(({ id }) => chosen.has(id)).map(({ name }) => name));
  }
  if (needsPath(answers.target)) return answers.path;
  if (answers.target === 'source') return source?.name ?? '';
  return concerned.length === 0 ? t('restoreWizard.where.original') : format.list(concerned.map(({ name }) => name));
}

export function useAsOfWords({ answers }: RestoreWizardState): string {
  const t = useWords();
  const format = useFormat();
  const { asOf } = answers;
  switch (asOf.kind) {
    case 'now':
      return t('restoreWizard.asOf.now');
    case 'time':
      return format.fullMoment(asOf.atMs);
    case 'version':
      return t('restoreWizard.asOf.version', { version: asOf.version });
    case 'vanished':
      return t('restoreWizard.asOf.vanishedBetween', { from: format.fullMoment(asOf.fromMs), to: format.fullMoment(asOf.toMs) });
    case 'run':
      return answers.momentMs === null ? t('restoreWizard.asOf.moment') : format.fullMoment(answers.momentMs);
  }
}

/** What becomes of what is there already, as a part of a sentence. */
const ruleKey = (rule: Answers['conflict']) => `restoreWizard.run.rule.${rule}` as const;

/** All that was answered, in one sentence. */
export function useSummary(wizard: RestoreWizardState): string {
  const t = useWords();
  const { answers, kinds } = wizard;
  const [what, moment, place] = [useWhat(wizard), useAsOfWords(wizard), usePlace(wizard)];
  const root = hasOwnFolder(answers, kinds) ? t('restoreWizard.run.inFolder', { name: answers.rootName }) : '';
  const format = useFormat();
  const parts = format.list(answers.without.map((part) => t(`restoreWizard.how.part.${part}`)));
  const without = answers.without.length === 0 ? '' : t('restoreWizard.run.without', { parts });
  const after = reads(answers) ? t('restoreWizard.run.thenReadBack') : '';
  const rule = t(ruleKey(answers.conflict));
  return t('restoreWizard.run.summary', { what, moment, place: `${place}${root}`, rule: `${rule}${without}${after}` });
}
