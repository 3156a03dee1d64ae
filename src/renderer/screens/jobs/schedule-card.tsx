import { NumberInput, Select, TextInput } from '@mantine/core';
import { Hand, Repeat } from 'lucide-react';
import { isName } from '../../parts/names.ts';
import { Card, classes } from '../../widgets/index.ts';
import { Trans, useFormat, useWords } from '../../words/index.ts';
import { idleMsOf, idleUnits, isIdle } from './idle-time.ts';
import type { JobDraft } from './job-draft.ts';
import css from './jobs.module.css';

interface Props {
  readonly draft: JobDraft;
  readonly onChange: (change: Partial<JobDraft>) => void;
}

const modes = [
  { mode: 'manual', Icon: Hand },
  { mode: 'continuous', Icon: Repeat },
] as const;

/** The name, and when it runs; the sentence says what the choice means. */
export function ScheduleCard({ draft, onChange }: Props) {
  const t = useWords();
  return (
    <Card title={t('jobs.schedule.title')}>
      <div className={css['form']}>
        <TextInput
          label={t('jobs.name')}
          value={draft.name}
          error={isName(draft.name) ? undefined : t('jobs.nameInvalid')}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <div role="radiogroup" aria-label={t('jobs.schedule.title')} className={css['modes']}>
          {modes.map(({ mode, Icon }) => (
            <label key={mode} className={classes(css['mode'], draft.mode === mode && css['modeOn'])}>
              <input
                type="radio"
                className="st-hidden"
                name="mode"
                checked={draft.mode === mode}
                onChange={() => onChange({ mode })}
              />
              <Icon size={18} strokeWidth={1.75} aria-hidden />
              <span>
                <b>{t(`jobs.schedule.${mode}`)}</b>
                <span>{t(`jobs.schedule.${mode}Meaning`)}</span>
              </span>
            </label>
          ))}
        </div>
        {draft.mode === 'continuous' && <IdleField draft={draft} onChange={onChange} />}
        <Sentence draft={draft} />
      </div>
    </Card>
  );
}

function IdleField({ draft, onChange }: Props) {
  const t = useWords();
  const { idle } = draft;
  return (
    <fieldset className={css['idle']}>
      <legend>{t('jobs.schedule.every')}</legend>
      <NumberInput
        className={css['idleCount'] ?? ''}
        aria-label={t('jobs.schedule.number')}
        min={1}
        allowDecimal={false}
        allowNegative={false}
        value={Number.isNaN(idle.count) ? '' : idle.count}
        error={isIdle(idle) ? undefined : t('jobs.schedule.invalid')}
        onChange={(count) => onChange({ idle: { ...idle, count: typeof count === 'number' ? count : Number.NaN } })}
      />
      <Select
        className={css['idleUnit'] ?? ''}
        aria-label={t('jobs.schedule.unitLabel')}
        data={idleUnits.map((unit) => ({ value: unit, label: t(`jobs.schedule.unit.${unit}`) }))}
        value={idle.unit}
        onChange={(unit) => onChange({ idle: { ...idle, unit: idleUnits.find((known) => known === unit) ?? idle.unit } })}
      />
    </fieldset>
  );
}

function Sentence({ draft }: { readonly draft: JobDraft }) {
  const t = useWords();
  const format = useFormat();
  return (
    <div className={css['sentence']} aria-live="polite">
      <h3>{t('jobs.schedule.words')}</h3>
      {draft.mode === 'manual' ? (
        <p>{t('jobs.schedule.sentenceManual')}</p>
      ) : (
        isIdle(draft.idle) && (
          <p>
            {draft.scan === 'on' ? (
              <Trans
                t={t}
                i18nKey="jobs.schedule.sentence"
                values={{ idle: format.duration(idleMsOf(draft.idle)) }}
                components={{ b: <b /> }}
              />
            ) : (
              t('jobs.schedule.off')
            )}
          </p>
        )
      )}
    </div>
  );
}
