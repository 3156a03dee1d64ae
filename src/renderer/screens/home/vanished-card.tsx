import { Link } from '@tanstack/react-router';
import { Ghost } from 'lucide-react';
import { useRuns } from '../../state/index.ts';
import { Card } from '../../widgets/index.ts';
import { Trans, useFormat, useWords } from '../../words/index.ts';
import css from './home.module.css';

const latelyMs = 7 * 86_400_000;
const most = 3;

/** What left its source in the last days. Nothing of it is gone from here. */
export function VanishedCard() {
  const t = useWords();
  const format = useFormat();
  const runs = useRuns((feed) => feed.value) ?? [];
  const lately = runs
    .filter(({ kind, counts, startedAtMs }) => kind === 'backup' && counts.vanished > 0 && startedAtMs > Date.now() - latelyMs)
    .slice(0, most);
  if (lately.length === 0) return null;
  return (
    <Card
      title={t('home.vanished.title')}
      fact={t('home.vanished.fact')}
      action={
        <Link className="st-link" to="/runs" search={{ kind: 'backup' }}>
          {t('home.vanished.all')}
        </Link>
      }
      flush
    >
      <ul className={css['vanished']}>
        {lately.map((run) => (
          <li key={run.id}>
            <Ghost size={16} strokeWidth={1.75} aria-hidden />
            <Link to="/runs/$run" params={{ run: run.id }}>
              <Trans
                t={t}
                i18nKey="home.vanished.count"
                count={run.counts.vanished}
                values={{ name: run.jobName ?? '' }}
                components={{ b: <b /> }}
              />
            </Link>
            <span className="st-soft">{format.shortMoment(run.endedAtMs ?? run.startedAtMs)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
