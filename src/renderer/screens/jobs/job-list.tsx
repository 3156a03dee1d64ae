import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Play } from 'lucide-react';
import { glyphOfJob, JobDue } from '../../parts/job-due.tsx';
import { JobName } from '../../parts/job-name.tsx';
import { JobStrip, StripLegend } from '../../parts/job-strip.tsx';
import { kindOfSource } from '../../parts/kinds.ts';
import { type JobSummary, useJobs } from '../../state/index.ts';
import { EmptyState, FeedView, Glyph, KindIcon, LinkButton, Page } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './jobs.module.css';
import { useRunJob } from '../../parts/use-run-job.ts';

export function JobList() {
  const t = useWords();
  const jobs = useJobs();
  const add = (
    <LinkButton size="sm" variant="filled" to="/jobs/new">
      {t('jobs.add')}
    </LinkButton>
  );
  return (
    <Page title={t('jobs.title')} fact={jobs.value ? t('jobs.fact', { count: jobs.value.length }) : undefined} actions={add}>
      <FeedView feed={jobs}>
        {(value) =>
          value.length === 0 ? (
            <EmptyState title={t('jobs.empty')} action={add} />
          ) : (
            <>
              <ul className={css['list']}>
                {value.map((job) => (
                  <Row key={job.id} job={job} />
                ))}
              </ul>
              <StripLegend />
            </>
          )
        }
      </FeedView>
    </Page>
  );
}

function Row({ job }: { readonly job: JobSummary }) {
  const t = useWords();
  const format = useFormat();
  const run = useRunJob();
  const kinds = [...new Set(job.sourceNames.map(({ kind }) => kindOfSource[kind]))];
  return (
    <li className={css['row']}>
      <Glyph name={glyphOfJob(job)} />
      <div className={css['rowName']}>
        <Link to="/jobs/$job" params={{ job: job.id }} className="st-ellipsis">
          <JobName job={job.name} storage={job.storageName} />
        </Link>
        <span className={css['rowSources']}>
          {kinds.map((kind) => (
            <KindIcon key={kind} kind={kind} size={14} />
          ))}
          <span className="st-ellipsis">{format.list(job.sourceNames.map(({ name }) => name))}</span>
        </span>
      </div>
      <div className={css['rowStrip']}>
        <JobStrip job={job} />
      </div>
      <JobDue job={job} />
      {job.running === null ? (
        <Button size="sm" leftSection={<Play size={14} strokeWidth={2} aria-hidden />} onClick={() => run(job)}>
          {t('jobs.runNow')}
        </Button>
      ) : (
        <LinkButton size="sm" to="/runs/$run" params={{ run: job.running }}>
          {t('jobs.showRun')}
        </LinkButton>
      )}
    </li>
  );
}
