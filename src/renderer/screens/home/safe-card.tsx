import type { ReactNode } from 'react';
import { type JobSummary, type StorageSummary, useRuns } from '../../state/index.ts';
import { Card, Glyph } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { Link } from '@tanstack/react-router';
import css from './home.module.css';

interface Check {
  readonly key: string;
  readonly done: boolean;
  readonly words: string;
  readonly fix: ReactNode;
}

interface Props {
  readonly storages: readonly StorageSummary[];
  readonly jobs: readonly JobSummary[];
}

/** What is still to be done once, so that a bad day stays a small one. Gone when all is done. */
export function SafeCard({ storages, jobs }: Props) {
  const t = useWords();
  const format = useFormat();
  const checks = useChecks(storages, jobs);
  const done = checks.filter((check) => check.done).length;
  if (done === checks.length) return null;
  return (
    <Card
      title={t('home.safe.title')}
      action={
        <span className="st-soft">{t('home.safe.done', { done: format.number(done), total: format.number(checks.length) })}</span>
      }
      flush
    >
      <ul className={css['checks']}>
        {checks.map((check) => (
          <li key={check.key} className={check.done ? css['checked'] : undefined}>
            <Glyph name={check.done ? 'fine' : 'nothing'} label={t(check.done ? 'home.safe.isDone' : 'home.safe.isOpen')} />
            <span>{check.words}</span>
            {!check.done && check.fix}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function useChecks(storages: readonly StorageSummary[], jobs: readonly JobSummary[]): readonly Check[] {
  const t = useWords();
  const restored = useRuns((feed) => feed.value?.some(({ kind, status }) => kind === 'restore' && status === 'success') ?? false);
  const firstJob = jobs[0];
  return [
    {
      key: 'backup',
      done: jobs.some(({ protectedUntilMs }) => protectedUntilMs !== null),
      words: t('home.safe.backup'),
      fix: firstJob && (
        <Link className="st-link" to="/jobs/$job" params={{ job: firstJob.id }}>
          {t('home.safe.run')}
        </Link>
      ),
    },
    ...storages.flatMap(({ id, name, recoveryKeyConfirmed, lastCheck }): Check[] => [
      {
        key: `key ${id}`,
        done: recoveryKeyConfirmed,
        words: t('home.safe.recoveryKey', { name }),
        fix: (
          <Link className="st-link" to="/storages/$storage" params={{ storage: id }}>
            {t('home.safe.confirm')}
          </Link>
        ),
      },
      {
        key: `check ${id}`,
        done: lastCheck !== null,
        words: t('home.safe.check', { name }),
        fix: (
          <Link className="st-link" to="/storages/$storage" params={{ storage: id }}>
            {t('home.safe.checkNow')}
          </Link>
        ),
      },
    ]),
    {
      key: 'restore',
      done: restored,
      words: t('home.safe.restore'),
      fix: (
        <Link className="st-link" to="/restore">
          {t('home.safe.tryRestore')}
        </Link>
      ),
    },
  ];
}
