import { useState } from 'react';
import { engine } from '../../client/index.ts';
import { type JobSummary, tellFailure, useJobs } from '../../state/index.ts';
import { useWords } from '../../words/index.ts';

export const handleOf = ({ id }: Pick<JobSummary, 'id'>): string => `move-${id}`;

/** A row that comes under another heading is a new one: who moved it by keyboard goes on with it. */
function keepFocus(job: JobSummary): void {
  setTimeout(() => {
    if (document.activeElement === document.body) document.getElementById(handleOf(job))?.focus();
  });
}

export interface JobMoves {
  /** Where the job that was moved last stands now; empty before that. */
  readonly said: string;
  step(job: JobSummary, by: -1 | 1): void;
  /** To where another one stands, and into its group. */
  drop(job: JobSummary, onto: JobSummary): void;
}

/** Changes the order of the list; who looks and who listens are told where the job is then. */
export function useMoveJob(jobs: readonly JobSummary[]): JobMoves {
  const t = useWords();
  const [said, setSaid] = useState('');
  const move = (job: JobSummary, onto: JobSummary, group?: string | null): void =>
    void tellFailure(t('jobs.move.failed'), async () => {
      const at = jobs.indexOf(onto) < jobs.indexOf(job) ? 'before' : 'after';
      await engine.call('job.move', { id: job.id, to: { at, job: onto.id }, ...(group === undefined ? {} : { group }) });
      await useJobs.getState().refresh();
      const now = useJobs.getState().value ?? [];
      const place = now.findIndex(({ id }) => id === job.id) + 1;
      keepFocus(job);
      setSaid(t('jobs.move.moved', { name: job.name, place, count: now.length }));
    });
  return {
    said,
    step(job, by) {
      const onto = jobs[jobs.indexOf(job) + by];
      if (onto !== undefined) move(job, onto);
    },
    drop(job, onto) {
      if (job.id !== onto.id) move(job, onto, job.group === onto.group ? undefined : onto.group);
    },
  };
}
