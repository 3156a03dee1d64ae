import { Select } from '@mantine/core';
import { useState } from 'react';
import type { Choice } from '../../../shared/domain/choice.ts';
import { ChooseSource } from '../../parts/choosing/choose-source.tsx';
import { useSurvey } from '../../parts/choosing/use-survey.ts';
import { useWords } from '../../words/index.ts';
import { newSource } from './answers.ts';
import type { ChosenInJob } from './chosen-sources.ts';
import css from './job-wizard.module.css';
import type { JobWizardState } from './use-job-wizard.ts';

/** Of each source of the job what is taken, beside what that means now. */
export function ChooseStep({ wizard }: { readonly wizard: JobWizardState }) {
  const t = useWords();
  const { chosen } = wizard;
  const [key, setKey] = useState<string | null>(null);
  const source = chosen.find((one) => one.key === key) ?? chosen[0];
  if (source === undefined) return null;
  return (
    <>
      {chosen.length > 1 && (
        <Select
          className={css['sourceChoice'] ?? ''}
          label={t('jobWizard.choose.source')}
          allowDeselect={false}
          data={chosen.map((one) => ({ value: one.key, label: one.name }))}
          value={source.key}
          onChange={setKey}
        />
      )}
      <OneSource key={source.key} source={source} wizard={wizard} />
    </>
  );
}

function OneSource({ source, wizard }: { readonly source: ChosenInJob; readonly wizard: JobWizardState }) {
  const { key, name, kind, choice, settings } = source;
  const survey = useSurvey(JSON.stringify([key, settings, choice]), [
    {
      source: key === newSource ? null : key,
      settings,
      ...(settings === null ? { secret: null } : wizard.account.given()),
      choice,
    },
  ]);
  const change = (next: Choice): void => wizard.choose(key, next);
  return <ChooseSource name={name} kind={kind} choice={choice} survey={survey} source={0} onChange={change} />;
}
