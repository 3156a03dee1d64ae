import { NumberInput } from '@mantine/core';
import { useWords } from '../../words/index.ts';
import css from './jobs.module.css';

interface Props {
  readonly name: string;
  readonly rank: number;
  readonly onChange: (rank: number) => void;
}

const last = 999;

/** Where a source stands among the others of its job. */
export function SourceRank({ name, rank, onChange }: Props) {
  const t = useWords();
  return (
    <span className={css['rank']}>
      <span aria-hidden>{t('jobs.sources.rank')}</span>
      <NumberInput
        size="xs"
        aria-label={t('jobs.sources.rankOf', { name })}
        min={1}
        max={last}
        clampBehavior="strict"
        allowDecimal={false}
        allowNegative={false}
        value={rank}
        onChange={(value) => typeof value === 'number' && value >= 1 && onChange(value)}
      />
    </span>
  );
}
