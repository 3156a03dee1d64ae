import type { Switch } from '../../shared/domain/capture.ts';
import type { ChosenSource } from '../../shared/domain/choice.ts';
import type { JobId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import type { JobColor, Priority } from '../../shared/domain/job-marks.ts';
import type { Retention } from '../../shared/domain/retention.ts';
import type { Schedule, Timing } from '../../shared/domain/schedule.ts';
import type { StoredJob, StoredStorage } from '../catalog/index.ts';
import { groupAsKnown } from './job-order.ts';
import type { Parts } from './parts.ts';
import { readPreferences } from './preferences.ts';
import { knownZone, systemZone } from './zones.ts';

export interface JobDefinition {
  readonly name: string;
  readonly sources: readonly SourceId[];
  readonly storage: StorageId;
  /** Further ones, that each run serves behind it. Undefined: none; when editing, as it was. */
  readonly alsoTo?: readonly StorageId[] | undefined;
  readonly schedule: Schedule;
  /** Undefined: that of new jobs; when editing, as it was. */
  readonly timing?: Timing | undefined;
  /** Undefined: on; when editing, as it was. */
  readonly scan?: Switch | undefined;
  /** Undefined: on where the job runs by itself, else off; when editing, as it was. */
  readonly capture?: Switch | undefined;
  /** Undefined: of each source everything; when editing, as it was. */
  readonly choices?: readonly ChosenSource[] | undefined;
  /** Null keeps everything. Undefined: what the storage gives to new jobs, or else what all begin with; when editing, as it was. */
  readonly retention?: Retention | null | undefined;
  /** Undefined: this computer's; when editing, as it was. */
  readonly zone?: string | undefined;
  /** Undefined, like the two below: the usual; when editing, as it was. */
  readonly group?: string | null | undefined;
  readonly color?: JobColor | null | undefined;
  readonly priority?: Priority | undefined;
}

/** Jobs that run all the time, or whenever something changes, notice changes unless a person says otherwise. */
const capturing: readonly Schedule['mode'][] = ['continuous', 'on-change'];

export function newJob({ store }: Parts, id: JobId, definition: JobDefinition, storage: StoredStorage): StoredJob {
  const { newJobs } = readPreferences({ store });
  const retention = storage.settings.defaultRetention ?? newJobs.retention;
  return {
    ...definition,
    id,
    alsoTo: further(definition.storage, definition.alsoTo ?? []),
    timing: definition.timing ?? newJobs.timing,
    choices: definition.choices ?? [],
    retention: definition.retention === undefined ? retention : definition.retention,
    retentionSetAtMs: null,
    zone: knownZone(definition.zone ?? systemZone()),
    scan: definition.scan ?? 'on',
    capture: definition.capture ?? (capturing.includes(definition.schedule.mode) ? 'on' : 'off'),
    group: groupAsKnown(definition.group ?? null, store.jobs()),
    color: definition.color ?? null,
    priority: definition.priority ?? 'normal',
  };
}

export function editedJob({ store, clock }: Parts, before: StoredJob, job: JobDefinition): StoredJob {
  const retention = job.retention === undefined ? before.retention : job.retention;
  const isChanged = JSON.stringify(retention) !== JSON.stringify(before.retention);
  return {
    ...job,
    id: before.id,
    alsoTo: further(job.storage, job.alsoTo ?? before.alsoTo ?? []),
    timing: job.timing ?? before.timing,
    choices: (job.choices ?? before.choices).filter(({ source }) => job.sources.includes(source)),
    retention,
    retentionSetAtMs: isChanged ? clock.nowMs() : before.retentionSetAtMs,
    zone: job.zone === undefined ? before.zone : knownZone(job.zone),
    scan: job.scan ?? before.scan,
    capture: job.capture ?? before.capture,
    group: job.group === undefined ? before.group : groupAsKnown(job.group, store.jobs()),
    color: job.color === undefined ? before.color : job.color,
    priority: job.priority ?? before.priority,
  };
}

/** Each once, and the first not again: what was a further one may have become the first. */
const further = (storage: StorageId, alsoTo: readonly StorageId[]): StorageId[] =>
  [...new Set(alsoTo)].filter((id) => id !== storage);

/** Everything but the history: whom it tells and what is done around its runs, too. Unless it is enabled, it does nothing by itself. */
export function clonedJob({ store }: Parts, before: StoredJob, id: JobId, name: string, isEnabled: boolean): StoredJob {
  for (const channel of store.alerts.channels()) {
    const events = channel.jobs[before.id];
    if (events !== undefined) store.alerts.putChannel({ ...channel, jobs: { ...channel.jobs, [id]: events } });
  }
  const actions = store.jobActions().find((book) => book.id === before.id)?.actions ?? [];
  // What their headers keep secret stays with the first job, and is asked for.
  if (actions.length > 0)
    store.putJobActions({ id, actions: actions.map((action) => ({ ...action, secretsInKeychain: false })) });
  return { ...before, ...(isEnabled ? {} : { scan: 'off', capture: 'off' }), id, name, retentionSetAtMs: null };
}
