import { SegmentedControl, Switch, TextInput } from '@mantine/core';
import { Choice, Choices, FieldRow, Fields } from '../../widgets/index.ts';
import { Trans, useFormat, useWords } from '../../words/index.ts';
import { captures, scheduleOf, type Unit, unitMs } from './answers.ts';
import type { JobWizardState } from './use-job-wizard.ts';

const units = Object.keys(unitMs) as readonly Unit[];

export function WhenStep({ wizard }: { readonly wizard: JobWizardState }) {
  const t = useWords();
  const format = useFormat();
  const { answers, change } = wizard;
  const schedule = scheduleOf(answers);
  return (
    <Fields>
      <Choices label={t('jobWizard.when.heading')} hideLabel value={answers.mode} onChange={(mode) => change({ mode })}>
        <Choice value="continuous" title={t('jobs.schedule.continuous')} meaning={t('jobs.schedule.continuousMeaning')} />
        <Choice value="manual" title={t('jobs.schedule.manual')} meaning={t('jobs.schedule.manualMeaning')} />
      </Choices>
      {answers.mode === 'continuous' && (
        <FieldRow>
          <TextInput
            label={t('jobs.schedule.every')}
            description={t('jobs.schedule.everyMeaning')}
            inputMode="numeric"
            value={answers.number === 0 ? '' : answers.number}
            {...(schedule === null ? { error: t('jobs.schedule.invalid') } : {})}
            onChange={(event) => change({ number: Number(event.currentTarget.value.replaceAll(/\D/g, '')) })}
          />
          <SegmentedControl
            aria-label={t('jobs.schedule.unitLabel')}
            value={answers.unit}
            data={units.map((unit) => ({ value: unit, label: t(`jobs.schedule.unit.${unit}`) }))}
            onChange={(unit) => change({ unit: unit })}
          />
        </FieldRow>
      )}
      <Switch
        label={t('jobWizard.when.capture')}
        description={t('jobWizard.when.captureMeaning')}
        checked={captures(answers)}
        onChange={(event) => change({ capture: event.currentTarget.checked })}
      />
      <p className="st-soft">
        {schedule?.mode === 'continuous' && (
          <Trans
            t={t}
            i18nKey="jobs.schedule.sentence"
            values={{ idle: format.duration(schedule.idleMs) }}
            components={{ b: <b /> }}
          />
        )}
        {schedule?.mode === 'manual' && t('jobs.schedule.sentenceManual')}
      </p>
    </Fields>
  );
}
