import { NumberInput, Select } from '@mantine/core';
import { type Timing, windowEnds } from '../../../shared/domain/schedule.ts';
import { useWords } from '../../words/index.ts';
import css from './week-card.module.css';

interface Props {
  readonly timing: Timing;
  readonly onChange: (timing: Timing) => void;
}

const million = 1_000_000;

/** What becomes of a run at a window's end, and how fast it goes in slow times where there are any. */
export function WeekEnd({ timing, onChange }: Props) {
  const t = useWords();
  const { windowEnd, slowBytesPerSecond, windows } = timing;
  const isSlow = windows?.some(({ paint }) => paint === 'slow') ?? false;
  const isWrong = !(slowBytesPerSecond >= 1000);
  return (
    <div className={css['end']}>
      <Select
        label={t('schedule.windows.end')}
        description={t(`schedule.windows.endMeaning.${windowEnd}`)}
        data={windowEnds.map((end) => ({ value: end, label: t(`schedule.windows.ends.${end}`) }))}
        value={windowEnd}
        onChange={(end) => onChange({ ...timing, windowEnd: windowEnds.find((known) => known === end) ?? windowEnd })}
      />
      {isSlow && (
        <NumberInput
          label={t('schedule.windows.rate')}
          description={t('schedule.windows.rateUnit')}
          min={0}
          allowNegative={false}
          decimalScale={3}
          hideControls
          value={Number.isNaN(slowBytesPerSecond) ? '' : slowBytesPerSecond / million}
          {...(isWrong ? { error: t('schedule.windows.rateInvalid') } : {})}
          onChange={(rate) =>
            onChange({ ...timing, slowBytesPerSecond: typeof rate === 'number' ? Math.round(rate * million) : Number.NaN })
          }
        />
      )}
    </div>
  );
}
