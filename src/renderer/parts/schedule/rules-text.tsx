import { Textarea } from '@mantine/core';
import { parseTimeRule, timeRuleText } from '../../../shared/domain/week-text.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './fields.module.css';
import { openRules, typeRules } from './lines.ts';
import { useLineWords } from './use-line-words.ts';
import type { When } from './when.ts';

interface Props {
  readonly when: When;
  readonly onChange: (change: Partial<When>) => void;
}

const samples = ['Mon-Fri 12:30,18:00', 'month 1,15 02:00', 'every 2 days from 2026-11-29 02:30', 'daily every 15 minutes'];

export function RulesText({ when, onChange }: Props) {
  const t = useWords();
  const format = useFormat();
  const words = useLineWords();
  const { text, bad } = when.typedRules ?? openRules(when, words);
  const examples = samples.flatMap((line) => parseTimeRule(line) ?? []).map((rule) => timeRuleText(rule, words));
  return (
    <Textarea
      label={t('schedule.times.text')}
      description={t('schedule.times.textMeaning', { examples: format.list(examples) })}
      classNames={{ input: css['mono'] ?? '' }}
      autosize
      minRows={3}
      maxRows={12}
      spellCheck={false}
      value={text}
      {...(bad === null ? {} : { error: t('schedule.times.bad', { line: bad }) })}
      onChange={(event) => onChange(typeRules(event.currentTarget.value, words))}
    />
  );
}
