import { Link } from '@tanstack/react-router';
import { LifeBuoy } from 'lucide-react';
import type { CallOutput } from '../../../shared/contract/calls.ts';
import { engine } from '../../client/index.ts';
import { type SourceSummary, useAnswer } from '../../state/index.ts';
import { Card, FailureNote } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './sources.module.css';

type Recovery = CallOutput<'source.recovery'>[number];

/** What would be lost, and how soon it would be back: measured, with each storage. Nothing where it was never saved. */
export function RecoveryCard({ source: { id } }: { readonly source: SourceSummary }) {
  const t = useWords();
  const answer = useAnswer(`recovery ${id}`, () => engine.call('source.recovery', { id }));
  if (answer.value?.length === 0 || (answer.value === null && !answer.failure)) return null;
  return (
    <Card title={t('sources.recovery.title')} icon={<LifeBuoy size={16} strokeWidth={1.75} aria-hidden />}>
      {answer.failure && <FailureNote failure={answer.failure} retry={() => void answer.refresh()} />}
      <ul className={css['recovery']}>
        {answer.value?.map((one) => (
          <Line key={one.storage} recovery={one} />
        ))}
      </ul>
    </Card>
  );
}

function Line({ recovery: { storage, storageName, point, time } }: { readonly recovery: Recovery }) {
  const t = useWords();
  const format = useFormat();
  return (
    <li>
      <Link className="st-link" to="/storages/$storage" params={{ storage }}>
        {storageName}
      </Link>
      <span>{usePointWords(point)}</span>
      <span>
        {time === null
          ? t('sources.recovery.timeNone')
          : t('sources.recovery.time', { whole: format.roughly(time.wholeMs), day: format.day(time.atMs) })}
      </span>
    </li>
  );
}

function usePointWords(point: Recovery['point']): string {
  const t = useWords();
  const format = useFormat();
  if (point === null) return t('sources.recovery.never');
  const longest = format.roughly(point.longestMs);
  if (point.usualMs === null) return t('sources.recovery.once', { longest });
  return t('sources.recovery.point', { usual: format.roughly(point.usualMs), longest });
}
