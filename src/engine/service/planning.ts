import type { Freeze } from '../../shared/domain/freeze.ts';
import type { JobId, SourceId } from '../../shared/domain/ids.ts';
import type { StoredMirror } from '../catalog/index.ts';
import { factsOf, type JobRules, planRemoval, type RemovalPlan } from '../maintenance/index.ts';
import { savesTo } from './job-storages.ts';
import type { OpenStorage } from './open-storages.ts';
import type { Parts } from './parts.ts';
import { systemZone } from './zones.ts';

export interface PlanOptions {
  readonly olderThanDays: number | null;
  /** Sources that could not be listed lately. */
  readonly unsure: ReadonlySet<SourceId>;
  /** What waits for a person's answer, here or at the origin of a mirror. */
  readonly freezes: readonly Freeze[];
}

/** How long a change of rules counts as just made. */
const newRulesMs = 86_400_000;

/** More moments than anybody keeps. */
const allMoments = 1_000_000;

/** A storage's rules: those of all its jobs, switched off or not; a mirror's own. */
export function rulesOn(parts: Parts, open: OpenStorage): JobRules[] {
  const mirror = mirrorAt(parts, open);
  if (mirror !== undefined) return rulesOfMirror(parts, open, mirror);
  return parts.store
    .jobs()
    .filter((job) => savesTo(job, open.stored.id))
    .map(({ id, sources, retention, zone }) => ({ id, sources, retention, zone: zone ?? systemZone() }));
}

export const mirrorAt = ({ store }: Parts, { stored }: OpenStorage): StoredMirror | undefined =>
  store.mirrors().find(({ id }) => id === stored.id);

/** The same for every job whose moments it received. What a job saves nowadays its origin knows, and else its newest moment. */
function rulesOfMirror({ store }: Parts, { catalog }: OpenStorage, { retention, zone }: StoredMirror): JobRules[] {
  const jobs = new Map<JobId, readonly SourceId[]>();
  for (const { job, sources } of catalog.moments(allMoments)) {
    if (job !== null && !jobs.has(job.id))
      jobs.set(
        job.id,
        sources.map(({ id }) => id),
      );
  }
  for (const { id, sources } of store.jobs()) if (jobs.has(id)) jobs.set(id, sources);
  return [...jobs].map(([id, sources]) => ({ id, sources, retention, zone: zone ?? systemZone() }));
}

export function planOf(parts: Parts, open: OpenStorage, { olderThanDays, unsure, freezes }: PlanOptions): RemovalPlan {
  const nowMs = parts.clock.nowMs();
  return planRemoval(
    { ...factsOf(open.catalog), freezes },
    {
      jobs: rulesOn(parts, open),
      nowMs,
      olderThanDays,
      unsure,
      rulesAreNew: areNew(parts, open, nowMs),
    },
  );
}

/** A person changed a rule a moment ago, and no retention has run since. */
function areNew(parts: Parts, open: OpenStorage, nowMs: number): boolean {
  const { store } = parts;
  const { id } = open.stored;
  const [last] = store.runs({ job: null, storage: id, kind: 'retention', limit: 1 });
  const jobs = store.jobs().filter((job) => savesTo(job, id));
  return [...jobs, mirrorAt(parts, open)].some((ruled) => {
    const setAtMs = ruled?.retentionSetAtMs ?? null;
    return setAtMs !== null && nowMs - setAtMs < newRulesMs && (last === undefined || last.startedAtMs < setAtMs);
  });
}
