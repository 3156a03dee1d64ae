import { Navigate } from '@tanstack/react-router';
import { LiveRunCard } from '../../parts/live-run-card.tsx';
import { useJobs, useLiveRuns, useStatus, useStorages } from '../../state/index.ts';
import { FeedView } from '../../widgets/index.ts';
import css from './home.module.css';
import { JobCards } from './job-cards.tsx';
import { PausedNote } from './paused-note.tsx';
import { SafeCard } from './safe-card.tsx';
import { StoragesCard } from './storages-card.tsx';
import { VanishedCard } from './vanished-card.tsx';
import { Verdict } from './verdict.tsx';
import { YearCard } from './year-card.tsx';

/** The verdict first, then what runs, the jobs, the year; beside them what makes it safe and where it lies. */
export function Home() {
  const status = useStatus();
  const jobs = useJobs();
  const storages = useStorages();
  const live = useLiveRuns(({ runs }) => runs);
  if (jobs.value?.length === 0 && storages.value?.length === 0) return <Navigate to="/start" replace />;
  return (
    <div className={css['scroll']}>
      <div className={css['home']}>
        <div className={css['main']}>
          <FeedView feed={status} rows={2}>
            {(value) => (
              <>
                <Verdict status={value} />
                <PausedNote untilMs={value.pausedUntilMs} />
              </>
            )}
          </FeedView>
          {live.map((one) => (
            <LiveRunCard key={one.run.id} live={one} />
          ))}
          <FeedView feed={jobs}>{(value) => <JobCards jobs={value} />}</FeedView>
          {status.value && status.value.year.length > 0 && <YearCard year={status.value.year} />}
        </div>
        <aside className={css['side']}>
          {storages.value && jobs.value && <SafeCard storages={storages.value} jobs={jobs.value} />}
          <VanishedCard />
          <FeedView feed={storages}>{(value) => <StoragesCard storages={value} />}</FeedView>
        </aside>
      </div>
    </div>
  );
}
