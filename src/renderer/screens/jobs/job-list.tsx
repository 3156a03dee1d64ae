import { engine } from '../../client/index.ts';
import { StripLegend } from '../../parts/job-strip.tsx';
import { type JobSummary, tellFailure, useJobs, usePreferences } from '../../state/index.ts';
import { EmptyState, FeedView, LinkButton, Page } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import { GroupHeader } from './group-header.tsx';
import { JobRow } from './job-row.tsx';
import { sectionsOf } from './job-sections.ts';
import css from './jobs.module.css';
import { useMoveJob } from './use-move-job.ts';

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
        {(value) => (value.length === 0 ? <EmptyState title={t('jobs.empty')} action={add} /> : <Sections jobs={value} />)}
      </FeedView>
    </Page>
  );
}

/** In the order of one's own, each group under its name. */
function Sections({ jobs }: { readonly jobs: readonly JobSummary[] }) {
  const { said, step, drop } = useMoveJob(jobs);
  const { isFolded, fold } = useFolded();
  const dropOn = (onto: JobSummary, id: string): void => {
    const job = jobs.find((one) => one.id === id);
    if (job !== undefined) drop(job, onto);
  };
  return (
    <>
      {sectionsOf(jobs).map(({ group, jobs: ofSection }, index) => (
        <section key={group === null ? `ungrouped ${index}` : `group ${group}`}>
          {group !== null && (
            <GroupHeader
              section={{ group, jobs: ofSection }}
              isFolded={isFolded(group)}
              onFold={(folded) => fold(group, folded)}
            />
          )}
          {(group === null || !isFolded(group)) && (
            <ul className={css['list']}>
              {ofSection.map((job) => (
                <JobRow key={job.id} job={job} onStep={(by) => step(job, by)} onDrop={(id) => dropOn(job, id)} />
              ))}
            </ul>
          )}
        </section>
      ))}
      <p className="st-hidden" role="status">
        {said}
      </p>
      <StripLegend />
    </>
  );
}

function useFolded() {
  const t = useWords();
  const folded = usePreferences(({ value }) => value?.foldedGroups) ?? [];
  return {
    isFolded: (group: string): boolean => folded.includes(group),
    fold: (group: string, to: boolean): void =>
      void tellFailure(t('jobs.group.fold', { group }), async () => {
        const foldedGroups = to ? [...folded, group] : folded.filter((one) => one !== group);
        await engine.call('app.setPreferences', { foldedGroups });
        await usePreferences.getState().refresh();
      }),
  };
}
