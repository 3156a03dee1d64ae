import type { SourceId } from '../../shared/domain/ids.ts';
import { factsOf, type JobRules, planRemoval, type RemovalPlan } from '../maintenance/index.ts';
import type { OpenStorage } from './open-storages.ts';
import type { Parts } from './parts.ts';
import { systemZone } from './zones.ts';

export interface PlanOptions {
  readonly olderThanDays: number | null;
  /** Sources that could not be listed lately. */
  readonly unsure: ReadonlySet<SourceId>;
}

/** How long a change of rules counts as just made. */
const newRulesMs = 86_400_000;

/** A storage's rules: those of all its jobs, switched off or not. */
export function rulesOn(parts: Parts, open: OpenStorage): JobRules[] {
  return parts.store
    .jobs()
    .filter(({ storage }) => storage === open.stored.id)
    .map(({ id, sources, retention, zone }) => ({ id, sources, retention, zone: zone ?? systemZone() }));
}

export function planOf(parts: Parts, open: OpenStorage, { olderThanDays, unsure }: PlanOptions): RemovalPlan {
  const nowMs = parts.clock.nowMs();
  return planRemoval(factsOf(open.catalog), {
    jobs: rulesOn(parts, open),
    nowMs,
    olderThanDays,
    unsure,
    rulesAreNew: areNew(parts, open, nowMs),
  });
}

/** A person changed a rule a moment ago, and no retention has run since. */
function areNew({ store }: Parts, { stored }: OpenStorage, nowMs: number): boolean {
  const [last] = store.runs({ job: null, storage: stored.id, kind: 'retention', limit: 1 });
  return store
    .jobs()
    .filter(({ storage, retentionSetAtMs }) => storage === stored.id && retentionSetAtMs !== null)
    .some(({ retentionSetAtMs }) => {
      const setAtMs = retentionSetAtMs ?? 0;
      return nowMs - setAtMs < newRulesMs && (last === undefined || last.startedAtMs < setAtMs);
    });
}
