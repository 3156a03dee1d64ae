import type { JobSummary } from '../../state/index.ts';

export interface JobSection {
  /** Null: jobs of no group that stand together. */
  readonly group: string | null;
  readonly jobs: readonly JobSummary[];
}

/** The engine's order, cut where a group begins or ends. */
export function sectionsOf(jobs: readonly JobSummary[]): readonly JobSection[] {
  const sections: { group: string | null; jobs: JobSummary[] }[] = [];
  for (const job of jobs) {
    const last = sections.at(-1);
    if (last !== undefined && last.group === job.group) last.jobs.push(job);
    else sections.push({ group: job.group, jobs: [job] });
  }
  return sections;
}
