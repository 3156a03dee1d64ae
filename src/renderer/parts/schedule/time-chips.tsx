import { Button, TextInput } from '@mantine/core';
import { X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { dayMinutes } from '../../../shared/domain/schedule.ts';
import { parseClock } from '../../../shared/domain/week-text.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './fields.module.css';
import { stepOf, timeOf } from './rule-words.ts';

interface Props {
  readonly minutes: readonly number[];
  readonly onChange: (minutes: number[]) => void;
}

/** Times of a day; many in even steps are one. */
export function TimeChips({ minutes, onChange }: Props) {
  const t = useWords();
  const format = useFormat();
  const step = stepOf(minutes);
  if (step !== null) {
    return (
      <div className={css['times']}>
        <TimeChip text={t('schedule.times.steps', { length: format.duration(step * 60_000) })} onRemove={() => onChange([])} />
      </div>
    );
  }
  return (
    <div className={css['times']}>
      {minutes.map((minute) => (
        <TimeChip
          key={minute}
          text={timeOf(minute, { format })}
          onRemove={() => onChange(minutes.filter((one) => one !== minute))}
        />
      ))}
      <AddTime onAdd={(minute) => onChange([...new Set([...minutes, minute])].toSorted((a, b) => a - b))} />
    </div>
  );
}

function TimeChip({ text, onRemove }: { readonly text: string; readonly onRemove: () => void }) {
  const t = useWords();
  return (
    <span className={css['time']}>
      {text}
      <button type="button" aria-label={t('schedule.times.removeClock', { time: text })} onClick={onRemove}>
        <X size={12} strokeWidth={2} aria-hidden />
      </button>
    </span>
  );
}

/** Enter adds the time, and does not send the form in which it stands. */
function AddTime({ onAdd }: { readonly onAdd: (minute: number) => void }) {
  const t = useWords();
  const [text, setText] = useState('');
  const [isWrong, setWrong] = useState(false);
  const add = (): void => {
    const minute = parseClock(text);
    const isTime = minute !== null && minute < dayMinutes;
    setWrong(!isTime);
    if (!isTime) return;
    onAdd(minute);
    setText('');
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    add();
  };
  return (
    <span className={css['addTime']}>
      <TextInput
        aria-label={t('schedule.times.clock')}
        placeholder={t('schedule.times.clockExample')}
        value={text}
        {...(isWrong ? { error: t('schedule.times.badClock') } : {})}
        onKeyDown={press}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button onClick={add}>{t('schedule.times.addClock')}</Button>
    </span>
  );
}
