import { Link } from '@tanstack/react-router';
import { JobName } from '../parts/job-name.tsx';
import { usePaceWords } from '../parts/pace-words.ts';
import { RunName } from '../parts/run-name.tsx';
import { type LiveRun, paceOf, useInbox, useJobs, useLiveRuns } from '../state/index.ts';
import { Glyph, ProgressBar } from '../widgets/index.ts';
import { useFormat, useWords } from '../words/index.ts';
import css from './status-bar.module.css';

/** Always there: what runs now, and what is due next. */
export function StatusBar() {
  const t = useWords();
  const live = useLiveRuns(({ runs }) => runs);
  const first = live[0];
  return (
    <footer className={css['bar']} aria-label={t('frame.status.label')}>
      <span className={css['now']}>
        {first ? <Running live={first} /> : t('frame.status.idle')}
        {live.length > 1 && (
          <>
            <s />
            <Link to="/runs">{t('frame.status.andMore', { count: live.length - 1 })}</Link>
          </>
        )}
      </span>
      <Unread />
      <NextRun />
    </footer>
  );
}

function Running({ live: { run, progress, samples } }: { readonly live: LiveRun }) {
  const t = useWords();
  const say = usePaceWords();
  const pace = progress && paceOf(progress, samples);
  const { percent, rate, left } = pace ? say(pace) : { percent: null, rate: null, left: null };
  const facts = [progress && `${t(`parts.phase.${progress.phase}`)}${percent === null ? '' : ` ${percent}`}`, rate, left];
  return (
    <>
      <Glyph name="running" size={14} />
      <Link to="/runs/$run" params={{ run: run.id }} className={css['name'] ?? ''}>
        <RunName run={run} />
      </Link>
      <ProgressBar
        share={pace?.share ?? null}
        height={4}
        className={css['mini']}
        label={progress ? t(`parts.phase.${progress.phase}`) : t('parts.status.running')}
      />
      {facts
        .filter((fact) => fact !== null)
        .map((fact, index) => (
          <span key={fact} className={css['fact']}>
            {index > 0 && <s />}
            {fact}
          </span>
        ))}
    </>
  );
}

/** What was said and nobody has read. */
function Unread() {
  const t = useWords();
  const unread = useInbox((feed) => feed.value?.unread ?? 0);
  return unread === 0 ? null : <Link to="/alerts">{t('alerts.unread', { count: unread })}</Link>;
}

function NextRun() {
  const t = useWords();
  const format = useFormat();
  const jobs = useJobs((feed) => feed.value);
  if (!jobs || jobs.length === 0) return null;
  const due = jobs.filter((job) => job.nextRunAtMs !== null && job.running === null);
  const next = due.sort((a, b) => (a.nextRunAtMs ?? 0) - (b.nextRunAtMs ?? 0))[0];
  if (!next || next.nextRunAtMs === null) return <span>{t('frame.status.nothingDue')}</span>;
  return (
    <span className={css['next']}>
      {t('frame.status.next')}
      <Link to="/jobs/$job" params={{ job: next.id }}>
        <JobName job={next.name} storage={next.storageName} />
      </Link>
      {format.moment(next.nextRunAtMs)}
    </span>
  );
}
