import { ActionIcon, Select } from '@mantine/core';
import { X } from 'lucide-react';
import type { DayRule, TimeRule } from '../../../shared/domain/schedule.ts';
import { useWords } from '../../words/index.ts';
import { DayCount, MonthDays, Weekdays } from './day-fields.tsx';
import css from './fields.module.css';
import { dateText } from './rule-presets.ts';
import { ruleWords } from './rule-words.ts';
import { TimeChips } from './time-chips.tsx';
import { useSpeech } from './when-words.tsx';

interface Props {
  readonly rule: TimeRule;
  readonly number: number;
  readonly onChange: (rule: TimeRule) => void;
  readonly onRemove: () => void;
}

const kinds = ['week', 'month', 'count'] as const;

/** One rule: on which days, and at which times. */
export function RuleRow({ rule, number, onChange, onRemove }: Props) {
  const t = useWords();
  const speech = useSpeech();
  const { days } = rule;
  const change = (next: DayRule): void => onChange({ ...rule, days: next });
  return (
    <li className={css['rule']} aria-label={t('schedule.times.rule', { number })}>
      <Select
        className={css['kind'] ?? ''}
        aria-label={t('schedule.times.kind', { number })}
        data={kinds.map((kind) => ({ value: kind, label: t(`schedule.times.kinds.${kind}`) }))}
        value={days.every}
        onChange={(kind) => change(firstOf(kind))}
      />
      <div className={css['days']}>
        {days.every === 'week' && (
          <Weekdays
            label={t('schedule.times.weekdays', { number })}
            value={days.weekdays}
            onChange={(weekdays) => change({ every: 'week', weekdays })}
          />
        )}
        {days.every === 'month' && <MonthDays value={days.days} onChange={(all) => change({ every: 'month', days: all })} />}
        {days.every === 'count' && <DayCount value={days} onChange={change} />}
      </div>
      <ActionIcon aria-label={t('schedule.times.remove', { rule: ruleWords(rule, speech) })} onClick={onRemove}>
        <X size={16} strokeWidth={1.75} />
      </ActionIcon>
      <TimeChips minutes={rule.minutes} onChange={(minutes) => onChange({ ...rule, minutes })} />
    </li>
  );
}

function firstOf(kind: string | null): DayRule {
  if (kind === 'month') return { every: 'month', days: [1] };
  if (kind === 'count') return { every: 'count', count: 2, from: dateText(Date.now()) };
  return { every: 'week', weekdays: [1, 2, 3, 4, 5] };
}
