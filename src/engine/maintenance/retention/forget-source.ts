import type { Commit } from '../../../shared/domain/commit.ts';
import type { JobId, SourceId } from '../../../shared/domain/ids.ts';
import { choosePresentToo } from './choose.ts';
import { judgeJobs } from './job-rules.ts';
import { type PlanFacts, type PlanRequest, planOfChoices, type RemovalPlan } from './plan.ts';

export interface SourceForgetting {
  readonly plan: RemovalPlan;
  /** Versions that stay, because a hold keeps them. */
  readonly held: number;
}

/** What goes when a person lets a source go: all of it, whatever keeps it but a hold, and the moments that show nothing else. */
export function planForgetting(
  facts: PlanFacts,
  source: SourceId,
  { jobs, nowMs }: Pick<PlanRequest, 'jobs' | 'nowMs'>,
): SourceForgetting {
  const judged = judgeJobs(jobs, facts.moments, nowMs);
  const choice = choosePresentToo(source, facts, () => 'by-hand');
  let held = 0;
  for (const { item, version } of facts.endedVersions(source)) if (facts.isHeld(source, item, version)) held += 1;
  for (const { item, version } of facts.presentVersions(source)) if (facts.isHeld(source, item, version)) held += 1;
  const forgets = held > 0 ? [] : momentsOf(source, facts.moments, new Set(jobs.map(({ id }) => id)));
  return { plan: planOfChoices(facts, { judged, forgets, choices: [choice], asks: () => 'source' }), held };
}

/** Those that show this source alone. The newest of a job that is still there stays, as ever. */
function momentsOf(source: SourceId, moments: readonly Commit[], jobs: ReadonlySet<JobId>): Commit[] {
  const newest = new Map(moments.toReversed().map((moment) => [moment.job?.id, moment]));
  return moments.filter((moment) => {
    const isOnlyHis = moment.sources.every(({ id }) => id === source);
    const isNewestOfJob = moment.job !== null && jobs.has(moment.job.id) && newest.get(moment.job.id) === moment;
    return isOnlyHis && !isNewestOfJob;
  });
}
