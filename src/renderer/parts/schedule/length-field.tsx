import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../words/index.ts';
import { lengthText, parseLength } from './clock-length.ts';

interface Props {
  readonly label: string;
  readonly description?: string;
  readonly value: number;
  readonly isWrong: boolean;
  readonly error: string;
  /** NaN: what was typed is no length. */
  readonly onChange: (ms: number) => void;
}

/** A length as `h:mm:ss`. */
export function LengthField({ label, description, value, isWrong, error, onChange }: Props) {
  const t = useWords();
  const [text, setText] = useState(() => lengthText(value));
  return (
    <TextInput
      label={label}
      description={description ?? t('schedule.conditions.length')}
      value={text}
      {...(isWrong ? { error } : {})}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onChange(parseLength(event.currentTarget.value));
      }}
    />
  );
}
