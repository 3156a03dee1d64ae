import { Radio } from '@mantine/core';
import type { ReactNode } from 'react';
import css from './choice.module.css';

interface Props {
  readonly value: string;
  readonly title: ReactNode;
  readonly meaning?: ReactNode;
  /** At the right end: an icon, a chip. */
  readonly mark?: ReactNode;
  readonly disabled?: boolean;
}

/** One of few answers, with what it means. Stands in a `Choices`. */
export function Choice({ value, title, meaning, mark, disabled = false }: Props) {
  return (
    <Radio.Card value={value} className={css['choice'] ?? ''} disabled={disabled}>
      <Radio.Indicator size="xs" disabled={disabled} />
      <span className={css['words']}>
        <b>{title}</b>
        {meaning !== undefined && <small>{meaning}</small>}
      </span>
      {mark}
    </Radio.Card>
  );
}

interface GroupProps<Value extends string> {
  /** Seen above the choices, or only spoken. */
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  readonly children: ReactNode;
}

export function Choices<Value extends string>({ label, hideLabel, value, onChange, children }: GroupProps<Value>) {
  return (
    <Radio.Group {...(hideLabel ? { 'aria-label': label } : { label })} value={value} onChange={(chosen) => onChange(chosen)}>
      <div className={css['choices']}>{children}</div>
    </Radio.Group>
  );
}
