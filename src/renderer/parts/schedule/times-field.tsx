import { Button, Menu } from '@mantine/core';
import { Plus } from 'lucide-react';
import type { TimeRule } from '../../../shared/domain/schedule.ts';
import { useWords } from '../../words/index.ts';
import css from './fields.module.css';
import { openRules } from './lines.ts';
import { dateText, presetRule, rulePresets } from './rule-presets.ts';
import { RuleRow } from './rule-row.tsx';
import { RulesText } from './rules-text.tsx';
import { useLineWords } from './use-line-words.ts';
import type { When } from './when.ts';

interface Props {
  readonly when: When;
  readonly onChange: (change: Partial<When>) => void;
}

/** Rules of days and times, with buttons or as lines of text. */
export function TimesField({ when, onChange }: Props) {
  const t = useWords();
  const words = useLineWords();
  const isText = when.typedRules !== null;
  const bad = when.typedRules !== null && when.typedRules.bad !== null;
  return (
    <fieldset className={css['group']}>
      <legend>{t('schedule.times.label')}</legend>
      {isText ? (
        <RulesText when={when} onChange={onChange} />
      ) : (
        <Rules rules={when.rules} onChange={(rules) => onChange({ rules })} />
      )}
      <div className={css['actions']}>
        {!isText && <AddRule onAdd={(rule) => onChange({ rules: [...when.rules, rule] })} />}
        <Button
          size="sm"
          variant="subtle"
          disabled={bad}
          onClick={() => onChange({ typedRules: isText ? null : openRules(when, words) })}
        >
          {t(isText ? 'schedule.times.asButtons' : 'schedule.times.asText')}
        </Button>
      </div>
    </fieldset>
  );
}

function Rules({ rules, onChange }: { readonly rules: readonly TimeRule[]; readonly onChange: (rules: TimeRule[]) => void }) {
  const t = useWords();
  if (rules.length === 0) return <p className="st-soft">{t('schedule.times.none')}</p>;
  return (
    <ul className={css['rules']}>
      {rules.map((rule, index) => (
        <RuleRow
          // biome-ignore lint/suspicious/noArrayIndexKey: two rules may say the same, and a rule has no other name than its place
          key={index}
          rule={rule}
          number={index + 1}
          onChange={(changed) => onChange(rules.map((one, at) => (at === index ? changed : one)))}
          onRemove={() => onChange(rules.filter((_, at) => at !== index))}
        />
      ))}
    </ul>
  );
}

function AddRule({ onAdd }: { readonly onAdd: (rule: TimeRule) => void }) {
  const t = useWords();
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button size="sm" leftSection={<Plus size={14} strokeWidth={2} aria-hidden />}>
          {t('schedule.times.add')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {rulePresets.map((preset) => (
          <Menu.Item key={preset} onClick={() => onAdd(presetRule(preset, dateText(Date.now())))}>
            {t(`schedule.times.preset.${preset}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
