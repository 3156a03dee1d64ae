import { Switch } from '@mantine/core';
import { ScheduleEditor } from '../../parts/schedule/schedule-editor.tsx';
import { useWords } from '../../words/index.ts';
import { captures } from './answers.ts';
import { InheritedNote } from './inherited.tsx';
import css from './job-wizard.module.css';
import type { JobWizardState } from './use-job-wizard.ts';

export function WhenStep({ wizard }: { readonly wizard: JobWizardState }) {
  const t = useWords();
  const { answers, change } = wizard;
  return (
    <div className={css['when']}>
      <InheritedNote when={answers.when} onChange={(when) => change({ when })} />
      <ScheduleEditor when={answers.when} job={null} onChange={(when) => change({ when })} />
      <Switch
        label={t('jobWizard.when.capture')}
        description={t('jobWizard.when.captureMeaning')}
        checked={captures(answers)}
        onChange={(event) => change({ capture: event.currentTarget.checked })}
      />
    </div>
  );
}
