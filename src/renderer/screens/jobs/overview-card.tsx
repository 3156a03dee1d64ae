import { Link } from '@tanstack/react-router';
import { heldWords } from '../../parts/due-words.ts';
import { JobStrip } from '../../parts/job-strip.tsx';
import { RunState } from '../../parts/run-state.tsx';
import type { JobSummary } from '../../state/index.ts';
import { Card } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './jobs.module.css';

/** How it went, and what comes next. */
export function OverviewCard({ job }: { readonly job: JobSummary }) {
  const t = useWords();
  return (
    <Card>
      <div className={css['overview']}>
        <div>
          <h2>{t('jobs.strip.title')}</h2>
          <JobStrip job={job} />
        </div>
        <div>
          <h2>{t('jobs.last.title')}</h2>
          <LastRun job={job} />
        </div>
        <div>
          <h2>{t('jobs.next.title')}</h2>
          <p>{useNextWords(job)}</p>
        </div>
        <div>
          <h2>{t('jobs.storage')}</h2>
          <div className={css['storages']}>
            <Link className="st-link" to="/storages/$storage" params={{ storage: job.storage }}>
              {job.storageName}
            </Link>
            {job.furtherStorages.map((further) => (
              <FurtherStorage key={further.id} further={further} />
            ))}
          </div>
        </div>
      </div>
    </Card>
  );
}

/** What of the job is safe there: each storage is served by itself. */
function FurtherStorage({ further }: { readonly further: JobSummary['furtherStorages'][number] }) {
  const t = useWords();
  const format = useFormat();
  const { id, name, protectedUntilMs } = further;
  return (
    <p>
      <Link className="st-link" to="/storages/$storage" params={{ storage: id }}>
        {name}
      </Link>{' '}
      <span className="st-soft">
        {protectedUntilMs === null ? t('sources.notSaved') : t('sources.saved', { moment: format.shortMoment(protectedUntilMs) })}
      </span>
    </p>
  );
}

function LastRun({ job: { id, lastRun } }: { readonly job: JobSummary }) {
  const t = useWords();
  const format = useFormat();
  const all = (
    <Link className="st-link" to="/runs" search={{ job: id }}>
      {t('jobs.last.showAll')}
    </Link>
  );
  if (!lastRun) return <p className="st-soft">{t('jobs.last.none')}</p>;
  const words = t('jobs.last.ended', {
    moment: format.shortMoment(lastRun.startedAtMs),
    duration: format.duration((lastRun.endedAtMs ?? Date.now()) - lastRun.startedAtMs),
  });
  return (
    <div className={css['last']}>
      <RunState status={lastRun.status} small />
      <Link className="st-link" to="/runs/$run" params={{ run: lastRun.id }}>
        {words}
      </Link>
      {all}
    </div>
  );
}

function useNextWords(job: JobSummary): string {
  const t = useWords();
  const format = useFormat();
  if (job.scan !== 'on') return t(`jobs.next.${job.scan}`);
  if (job.running !== null) return t('jobs.next.running');
  const held = heldWords(job, t, format);
  if (held !== null) return t('jobs.next.held', { held });
  if (job.due.kind === 'never') return t(job.schedule.mode === 'manual' ? 'jobs.next.byHand' : 'jobs.next.done');
  return job.nextRunAtMs === null ? t('jobs.next.unknown') : format.moment(job.nextRunAtMs);
}
