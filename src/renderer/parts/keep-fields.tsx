import { NumberInput, Select } from '@mantine/core';
import type { KeepRules, Retention, RetentionRules } from '../../shared/domain/retention.ts';
import { keepRuleNames } from '../../shared/domain/retention.ts';
import { useFormat, useWords } from '../words/index.ts';
import css from './keep-fields.module.css';
import { presetOf, presets, retentionOf } from './keep-presets.ts';

interface Props {
  readonly retention: Retention | null;
  readonly onChange: (retention: Retention | null) => void;
}

/** How long what was replaced or deleted stays. The sentence says what the numbers mean together. */
export function KeepFields({ retention, onChange }: Props) {
  const t = useWords();
  const preset = presetOf(retention);
  const change = (rules: Partial<RetentionRules>): void => {
    if (retention !== null) onChange({ ...retention, rules: { ...retention.rules, ...rules } });
  };
  return (
    <div className={css['form']}>
      <Select
        label={t('jobs.keep.choose')}
        allowDeselect={false}
        data={presets.map((value) => ({ value, label: t(`jobs.keep.preset.${value}`) }))}
        value={preset}
        onChange={(next) => onChange(retentionOf(next ?? 'everything', retention))}
      />
      {retention !== null && <Numbers rules={retention.rules} onChange={change} />}
      <Sentence retention={retention} />
    </div>
  );
}

function Numbers({
  rules,
  onChange,
}: {
  readonly rules: RetentionRules;
  readonly onChange: (rules: Partial<RetentionRules>) => void;
}) {
  const t = useWords();
  return (
    <>
      <fieldset className={css['numbers']}>
        <legend>{t('jobs.keep.moments')}</legend>
        {keepRuleNames.map((name) => (
          <Field
            key={name}
            label={t(`jobs.keep.rule.${name}`)}
            value={rules.keep[name]}
            onChange={(value) => onChange({ keep: { ...rules.keep, [name]: value ?? 0 } satisfies KeepRules })}
          />
        ))}
      </fieldset>
      <fieldset className={css['numbers']}>
        <legend>{t('jobs.keep.others')}</legend>
        <Field
          label={t('jobs.keep.deletedDays')}
          value={rules.deletedDays}
          onChange={(value) => onChange({ deletedDays: value ?? 0 })}
        />
        <Field
          label={t('jobs.keep.goneSourceDays')}
          value={rules.goneSourceDays}
          onChange={(value) => onChange({ goneSourceDays: value ?? 0 })}
        />
        <Field label={t('jobs.keep.maxAgeDays')} value={rules.maxAgeDays} onChange={(maxAgeDays) => onChange({ maxAgeDays })} />
        <Field
          label={t('jobs.keep.maxVersions')}
          value={rules.maxVersions}
          onChange={(maxVersions) => onChange({ maxVersions })}
        />
      </fieldset>
    </>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: number | null;
  /** Null: it was emptied. */
  readonly onChange: (value: number | null) => void;
}

function Field({ label, value, onChange }: FieldProps) {
  return (
    <NumberInput
      label={label}
      min={0}
      max={100_000}
      allowDecimal={false}
      allowNegative={false}
      value={value ?? ''}
      onChange={(next) => onChange(typeof next === 'number' && next > 0 ? next : next === 0 ? 0 : null)}
    />
  );
}

function Sentence({ retention }: { readonly retention: Retention | null }) {
  const t = useWords();
  return (
    <div className={css['sentence']} aria-live="polite">
      <h3>{t('jobs.schedule.words')}</h3>
      {retention === null ? (
        <p>{t('jobs.keep.sentence.everything')}</p>
      ) : (
        <>
          <p>{t('jobs.keep.sentence.present')}</p>
          <MomentsSentence keep={retention.rules.keep} />
          <p>
            {t('jobs.keep.sentence.deleted', {
              context: retention.rules.deletedDays === 0 ? 'forEver' : 'days',
              count: retention.rules.deletedDays,
            })}
          </p>
          <p>
            {t('jobs.keep.sentence.gone', {
              context: retention.rules.goneSourceDays === 0 ? 'forEver' : 'days',
              count: retention.rules.goneSourceDays,
            })}
          </p>
          {Object.keys(retention.byKind).length > 0 && <p>{t('jobs.keep.sentence.byKind')}</p>}
        </>
      )}
    </div>
  );
}

function MomentsSentence({ keep }: { readonly keep: KeepRules }) {
  const t = useWords();
  const format = useFormat();
  const rules = keepRuleNames.filter((name) => keep[name] > 0).map((name) => t(`jobs.keep.said.${name}`, { count: keep[name] }));
  return (
    <p>
      {rules.length === 0 ? t('jobs.keep.sentence.noMoments') : t('jobs.keep.sentence.moments', { rules: format.list(rules) })}
    </p>
  );
}
