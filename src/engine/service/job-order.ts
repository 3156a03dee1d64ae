import type { JobId } from '../../shared/domain/ids.ts';
import { type JobPlace, priorities } from '../../shared/domain/job-marks.ts';
import type { StoredJob } from '../catalog/index.ts';
import { known } from './names.ts';
import type { Parts } from './parts.ts';

type Placed = Pick<StoredJob, 'id' | 'group'>;

/** The order of one's own is one list of ids, so that it changes in one write. */
const key = 'jobs.order';

/** In the order of one's own; jobs that nobody moved come last, as they were made. */
export function orderedJobs({ store }: Pick<Parts, 'store'>): StoredJob[] {
  const order = JSON.parse(store.preference(key) ?? '[]') as JobId[];
  const placeOf = new Map(order.map((id, place) => [id, place]));
  const place = ({ id }: StoredJob): number => placeOf.get(id) ?? Infinity;
  return blocksOf(store.jobs().toSorted((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)))).flat();
}

/** Who comes first of those that are due in the same minute. */
export const byPriority = (jobs: readonly StoredJob[]): StoredJob[] =>
  jobs.toSorted((a, b) => priorities.indexOf(a.priority) - priorities.indexOf(b.priority));

/** A group is written as it was first. */
export function groupAsKnown(group: string | null, jobs: readonly Placed[]): string | null {
  const same = (other: string | null): boolean => other?.toLocaleLowerCase('en') === group?.toLocaleLowerCase('en');
  return jobs.find((job) => same(job.group))?.group ?? group;
}

export function moveJob(parts: Parts, id: JobId, to: JobPlace, group?: string | null): void {
  const { store } = parts;
  const job = known('job', id, store.jobs());
  if ('job' in to) known('job', to.job, store.jobs());
  if (group !== undefined) store.putJob({ ...job, group: groupAsKnown(group, store.jobs()) });
  store.setPreference(key, JSON.stringify(moved(orderedJobs(parts), id, to)));
  parts.changed('jobs');
}

/**
 * Jobs of one group stand together: one that goes past others than those of its group takes the group with it, and stands first or last
 * in it where it is to be the first or last of all.
 */
export function moved(jobs: readonly Placed[], id: JobId, to: JobPlace): JobId[] {
  const blocks = blocksOf(jobs);
  const own = blocks.find((block) => block.some((job) => job.id === id)) ?? [];
  const job = own.filter((one) => one.id === id);
  const mates = own.filter((one) => one.id !== id);
  if ('job' in to) {
    if (to.job === id) return idsOf(blocks);
    const isMate = mates.some((one) => one.id === to.job);
    if (isMate) return idsOf(blocks.map((block) => (block === own ? put(mates, job, to) : block)));
    const others = blocks
      .filter((block) => block !== own)
      .map((block) => ({ id: block.some(isAt(to.job)) ? to.job : '', block }));
    return idsOf(put(others, [{ id: '', block: own }], to).map(({ block }) => block));
  }
  const others = blocks.filter((block) => block !== own);
  return idsOf(to.at === 'first' ? [job, mates, ...others] : [...others, mates, job]);
}

const isAt =
  (id: string) =>
  (one: Placed): boolean =>
    one.id === id;

const idsOf = (blocks: readonly (readonly Placed[])[]): JobId[] => blocks.flat().map(({ id }) => id);

function put<Thing extends { readonly id: string }>(
  things: readonly Thing[],
  which: readonly Thing[],
  { at, job }: Extract<JobPlace, { readonly job: string }>,
): Thing[] {
  const index = things.findIndex(({ id }) => id === job) + (at === 'after' ? 1 : 0);
  return things.toSpliced(index, 0, ...which);
}

/** Each group where its first job stands. */
function blocksOf<Job extends Placed>(jobs: readonly Job[]): Job[][] {
  const blocks = new Map<string, Job[]>();
  for (const job of jobs) {
    const block = job.group === null ? `job ${job.id}` : `group ${job.group}`;
    blocks.set(block, [...(blocks.get(block) ?? []), job]);
  }
  return [...blocks.values()];
}
