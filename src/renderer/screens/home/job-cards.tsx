import { Link } from '@tanstack/react-router';
import { ColorMark } from '../../parts/color-mark.tsx';
import { glyphOfJob, JobDue } from '../../parts/job-due.tsx';
import { JobName } from '../../parts/job-name.tsx';
import { JobStrip, StripLegend } from '../../parts/job-strip.tsx';
import { kindOfSource } from '../../parts/kinds.ts';
import type { JobSummary } from '../../state/index.ts';
import { EmptyState, Glyph, KindIcon, LinkButton } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './home.module.css';

export function JobCards({ jobs }: { readonly jobs: readonly JobSummary[] }) {
  const t = useWords();
  if (jobs.length === 0) {
    return (
      <div className={css['card']}>
        <EmptyState
          title={t('home.noJobs')}
          action={
            <LinkButton to="/jobs/new" variant="filled">
              {t('home.addJob')}
            </LinkButton>
          }
        />
      </div>
    );
  }
  return (
    <section>
      <header className={css['section']}>
        <h2>{t('home.jobs')}</h2>
        <span className="st-soft">{t('home.lastDays', { days: 30 })}</span>
        <StripLegend />
      </header>
      <ul className={css['card']}>
        {jobs.map((job) => (
          <JobRow key={job.id} job={job} />
        ))}
      </ul>
    </section>
  );
}

function JobRow({ job }: { readonly job: JobSummary }) {
  const format = useFormat();
  const kinds = [...new Set(job.sourceNames.map(({ kind }) => kindOfSource[kind]))];
  return (
    <li className={css['job']}>
      <Glyph name={glyphOfJob(job)} />
      <div className={css['jobName']}>
        <span className={css['jobTitle']}>
          <ColorMark color={job.color} />
          <Link to="/jobs/$job" params={{ job: job.id }} className="st-ellipsis">
            <JobName job={job.name} storage={job.storageName} />
          </Link>
        </span>
        <span className={css['jobSources']}>
          {kinds.map((kind) => (
            <KindIcon key={kind} kind={kind} size={14} />
          ))}
          <span className="st-ellipsis">{format.list(job.sourceNames.map(({ name }) => name))}</span>
        </span>
      </div>
      <div className={css['jobStrip']}>
        <JobStrip job={job} />
      </div>
      <JobDue job={job} />
    </li>
  );
}
