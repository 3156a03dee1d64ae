import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { DayRule } from '../../../shared/domain/schedule.ts';
import { isDate } from '../../../shared/domain/week-text.ts';
import { classes } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './fields.module.css';
import { useLineWords } from './use-line-words.ts';

/** The days of a week as the region counts them, 1 is Monday. */
export function useDayOrder(): readonly number[] {
  const { firstWeekday } = useFormat();
  return [0, 1, 2, 3, 4, 5, 6].map((at) => ((firstWeekday + 6 + at) % 7) + 1);
}

interface WeekdaysProps {
  readonly label: string;
  readonly value: readonly number[];
  readonly onChange: (weekdays: number[]) => void;
}

export function Weekdays({ label, value, onChange }: WeekdaysProps) {
  const order = useDayOrder();
  const { weekdays } = useLineWords();
  const toggle = (day: number): void =>
    onChange([1, 2, 3, 4, 5, 6, 7].filter((one) => (one === day ? !value.includes(day) : value.includes(one))));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset inside a row of fields would bring its own box
    <div role="group" aria-label={label} className={css['toggles']}>
      {order.map((day) => (
        <button
          key={day}
          type="button"
          aria-pressed={value.includes(day)}
          className={classes(css['toggle'], value.includes(day) && css['toggleOn'])}
          onClick={() => toggle(day)}
        >
          {weekdays[day - 1]}
        </button>
      ))}
    </div>
  );
}

interface MonthProps {
  readonly value: readonly number[];
  /** Empty: what was typed names none. */
  readonly onChange: (days: number[]) => void;
}

export function MonthDays({ value, onChange }: MonthProps) {
  const t = useWords();
  const [text, setText] = useState(value.join(', '));
  const type = (typed: string): void => {
    setText(typed);
    onChange(daysIn(typed));
  };
  return (
    <TextInput
      label={t('schedule.times.monthDays')}
      description={t('schedule.times.monthDaysMeaning')}
      value={text}
      {...(value.length === 0 ? { error: t('schedule.times.badDays') } : {})}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}

function daysIn(text: string): number[] {
  const days = text.split(',').map((part) => Number(part.trim() || Number.NaN));
  const areFine = days.every((day) => Number.isInteger(day) && day >= 1 && day <= 31);
  return areFine ? [...new Set(days)].toSorted((a, b) => a - b) : [];
}

type CountRule = Extract<DayRule, { every: 'count' }>;
interface CountProps {
  readonly value: CountRule;
  /** A count of 0 and an empty date: what was typed is none. */
  readonly onChange: (rule: CountRule) => void;
}

export function DayCount({ value, onChange }: CountProps) {
  const t = useWords();
  const [count, setCount] = useState(String(value.count));
  const [from, setFrom] = useState(value.from);
  const typeCount = (typed: string): void => {
    setCount(typed);
    onChange({ ...value, count: /^\d{1,3}$/u.test(typed.trim()) && Number(typed) <= 366 ? Number(typed) : 0 });
  };
  const typeFrom = (typed: string): void => {
    setFrom(typed);
    onChange({ ...value, from: isDate(typed.trim()) ? typed.trim() : '' });
  };
  return (
    <>
      <TextInput
        label={t('schedule.times.count')}
        inputMode="numeric"
        value={count}
        {...(value.count === 0 ? { error: t('schedule.times.badCount') } : {})}
        onChange={(event) => typeCount(event.currentTarget.value)}
      />
      <TextInput
        label={t('schedule.times.from')}
        value={from}
        {...(value.from === '' ? { error: t('schedule.times.badFrom') } : {})}
        onChange={(event) => typeFrom(event.currentTarget.value)}
      />
    </>
  );
}
