import { SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { FieldRow } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import { type IdleUnit, idleUnits, lengthText, parseLength, unitMs, unitOf } from './clock-length.ts';

type Unit = IdleUnit | 'clock';

interface Props {
  readonly idleMs: number;
  readonly isWrong: boolean;
  /** NaN: what was typed is no length. */
  readonly onChange: (idleMs: number) => void;
}

/** A pause as a whole number of one unit, or as `h:mm:ss`. */
export function IdleField({ idleMs, isWrong, onChange }: Props) {
  const t = useWords();
  const [unit, setUnit] = useState<Unit>(() => unitOf(idleMs));
  const [text, setText] = useState(() => textOf(idleMs, unitOf(idleMs)));
  const type = (typed: string): void => {
    setText(typed);
    onChange(readText(typed, unit));
  };
  // What was typed goes over to a unit in which it can be said; to another the number goes along.
  const choose = (next: Unit): void => {
    const ms = readText(text, unit);
    const said =
      Number.isNaN(ms) || (next !== 'clock' && ms % unitMs[next] !== 0) ? (next === 'clock' ? '1:00:00' : '1') : textOf(ms, next);
    const kept = unit !== 'clock' && next !== 'clock' && text !== '' ? text : said;
    setUnit(next);
    setText(kept);
    onChange(readText(kept, next));
  };
  return (
    <FieldRow>
      <TextInput
        label={t('schedule.idle.label')}
        description={t('schedule.idle.meaning')}
        inputMode={unit === 'clock' ? 'text' : 'numeric'}
        value={text}
        {...(isWrong ? { error: t('schedule.idle.invalid') } : {})}
        onChange={(event) => type(event.currentTarget.value)}
      />
      <SegmentedControl
        aria-label={t('schedule.idle.unitLabel')}
        value={unit}
        data={[...idleUnits, 'clock' as const].map((one) => ({ value: one, label: t(`schedule.idle.unit.${one}`) }))}
        onChange={choose}
      />
    </FieldRow>
  );
}

const textOf = (ms: number, unit: Unit): string => (unit === 'clock' ? lengthText(ms) : String(ms / unitMs[unit]));

function readText(text: string, unit: Unit): number {
  if (unit === 'clock') return parseLength(text);
  return /^\d{1,6}$/u.test(text.trim()) ? Number(text) * unitMs[unit] : Number.NaN;
}
