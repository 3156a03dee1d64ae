import type { SourceId, StorageId } from '../../shared/domain/ids.ts';
import type { RunWish } from '../../shared/domain/run-cause.ts';
import { runStep } from '../../shared/domain/run-step.ts';
import type { StoredJob } from '../catalog/index.ts';
import type { RunEnd, RunningRun } from '../jobs/index.ts';
import type { RunContext } from '../kernel/run-context.ts';
import type { StorageLock } from '../storage/index.ts';
import type { Watched } from './capture-view.ts';
import type { ClockWatch } from './clock-watch.ts';
import { refuseFull } from './job-checks.ts';
import { type CycleServices, cycleOf } from './job-cycle.ts';
import { type Place, serveAll } from './job-storages.ts';
import type { Followed, Mirrors } from './mirrors.ts';
import type { OpenStorage } from './open-storages.ts';
import type { Removals } from './removals.ts';

interface RunServices extends CycleServices {
  readonly mirrors: Mirrors;
  readonly removals: Removals;
  readonly clock: ClockWatch;
  readonly watched: Watched;
}

interface JobRun {
  readonly job: StoredJob;
  readonly places: readonly Place[];
  /** For the storage's lock, where somebody else has it. */
  readonly waits: boolean;
  readonly wish?: RunWish | undefined;
}

/** A run of a job: a cycle into each of its storages. */
export function runOf(
  services: RunServices,
  { job, places, waits, wish }: JobRun,
  run: RunContext,
  running: RunningRun,
): Promise<RunEnd> {
  return serveAll(
    places,
    (open, context, part) => cycleAt(services, { job, found: open, waits, wish }, context, part),
    run,
    running,
  );
}

/** A cycle of a job, and what follows from it: each step has an outcome of its own, and none keeps another from being tried. */
async function cycleAt(
  services: RunServices,
  { job, found, waits, wish }: Omit<JobRun, 'places'> & { readonly found: OpenStorage },
  run: RunContext,
  running: RunningRun,
): Promise<RunEnd> {
  // Before this cycle's commit makes the time it has the newest there is.
  const clock = services.clock.judge(found);
  // Only a scan of all answers for what is noticed as it happens: in the first storage for what is still to be stored, in each for what
  // was stored in others alone.
  const isWhole = (wish?.sources ?? null) === null;
  const beganMs = run.clock.nowMs();
  const scanned = isWhole && found.stored.id === job.storage ? await services.watched.scanBegins(job.id) : undefined;
  const lock = waits ? await found.storage.lockWhenFree('backup', 'write', run) : found.storage.lock('backup', 'write');
  const open = newest(services, found, lock);
  const outcome = await cycleOf(services, { job, open, lock, running, wish }, run);
  scanned?.(outcome);
  const isServed = isWhole && outcome.kind === 'complete' && outcome.failures.length === 0;
  if (isServed) services.watched.served(job.id, found.stored.id, beganMs);
  services.parts.changed('storages');
  services.parts.changed('jobs');
  const [failure] = outcome.failures;
  if (outcome.kind === 'complete') await passOn(services.mirrors, found.stored.id, run, running);
  if (outcome.kind === 'stopped') return { status: 'stopped' };
  if (outcome.kind === 'nothing-worked') return { status: 'failed', ...(failure === undefined ? {} : { failure }) };
  const after = await services.removals.afterCycle(
    open,
    new Set([...outcome.unsure, ...leftAside(job, wish)]),
    clock,
    run,
    running,
  );
  const isWarning =
    failure !== undefined || outcome.alarms.length > 0 || outcome.unseen > 0 || after.isWarning || running.counts().failed > 0;
  return { status: isWarning ? 'warning' : 'success', ...(after.report === undefined ? {} : { retention: after.report }) };
}

/** Nobody looked at them: nothing of theirs may go on account of this run. */
const leftAside = ({ sources }: StoredJob, wish: RunWish | undefined): readonly SourceId[] =>
  sources.filter((id) => wish?.sources?.includes(id) === false);

/** A mirror that cannot run is told, and is no warning: what was saved is saved, and it catches up by itself. */
async function passOn(mirrors: Mirrors, storage: StorageId, run: RunContext, running: RunningRun): Promise<void> {
  for (const followed of await mirrors.follow(storage)) {
    const { id, name, failure } = followed;
    running.step(runStep('mirror', stateOf(followed), { name, storage: id, run: followed.run, failure }));
    if (failure !== null) run.progress.problem({ failure, source: '', folder: '', item: name, atMs: run.clock.nowMs() });
  }
}

function stateOf({ run, failure }: Followed): 'going' | 'waiting' | 'off' {
  if (run !== null) return 'going';
  return failure === null ? 'off' : 'waiting';
}

/** As it is under the lock: another computer may have written while it was waited for. */
function newest({ open: storages }: RunServices, found: OpenStorage, lock: StorageLock): OpenStorage {
  try {
    const open = storages.refresh(found);
    open.storage.assertWritable();
    refuseFull(storages, open);
    return open;
  } catch (error) {
    lock.release();
    throw error;
  }
}
