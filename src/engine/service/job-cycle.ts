import { choiceOf, choiceText } from '../../shared/domain/choice.ts';
import type { RunId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import type { RunWish } from '../../shared/domain/run-cause.ts';
import type { RunCounts } from '../../shared/domain/run.ts';
import { type CycleOutcome, type CycleSource, runCycle } from '../backup/index.ts';
import type { StoredJob } from '../catalog/index.ts';
import type { RunContext } from '../kernel/run-context.ts';
import { verifyHead } from '../maintenance/index.ts';
import type { StorageLock } from '../storage/index.ts';
import { dayOf } from './days.ts';
import { sayGivenBack } from './given-back.ts';
import { savesTo } from './job-storages.ts';
import { known } from './names.ts';
import type { OpenStorage, OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';
import { peekInto } from './peeking.ts';
import { readPreferences } from './preferences.ts';
import { sourceFor } from './source-factory.ts';
import { inOrder } from './source-order.ts';
import type { Sources } from './sources.ts';

export interface CycleServices {
  readonly parts: Parts;
  readonly open: OpenStorages;
  readonly sources: Sources;
}

interface JobCycle {
  readonly job: StoredJob;
  readonly open: OpenStorage;
  /** Released at the end. */
  readonly lock: StorageLock;
  readonly running: { readonly id: RunId; counts(): RunCounts };
  /** These folders, and nothing else. */
  readonly only?: ReadonlyMap<SourceId, ReadonlySet<string>>;
  readonly wish?: RunWish | undefined;
}

/** A killed cycle loses at most this much work: five minutes, or 512 MiB of what was stored. */
const checkpoint = { everyMs: 300_000, everyBytes: 512 * 1024 * 1024, everyItems: 200_000 };

/** One cycle of a job, and what is remembered of it for the next. */
export async function cycleOf(
  { parts, open: storages, sources: factory }: CycleServices,
  { job, open, lock, running, only, wish }: JobCycle,
  run: RunContext,
): Promise<CycleOutcome> {
  const outcome = await underLock(lock, async () => {
    await sayGivenBack(open, lock, running.id, run);
    const { tallies, captured, acceptsEmpty } = open.stored;
    return runCycle(
      {
        runId: running.id,
        job: { id: job.id, name: job.name },
        sources: inOrder(wished(sourcesOf(parts, factory, job, open.stored.id), wish), (source) => sizeOf(open, source)),
        checkpoint,
        servers: readPreferences(parts).servers,
        storage: open.storage,
        lock,
        catalog: open.catalog,
        random: parts.random,
        counts: () => running.counts(),
        guards: { tallies, captured, acceptsEmpty: new Set(acceptsEmpty), dayOf },
        peek: (path, mostBytes) => peekInto(parts.files, path, mostBytes),
        readsAgain: wish?.readsAgain === true,
        ...(only === undefined ? {} : { only }),
      },
      run,
    );
  });
  verifyHead(open.storage);
  storages.trust(open);
  remember(parts, open, outcome, only !== undefined);
  return outcome;
}

/** The cycle gives it back as soon as it needs it no more; whatever fails before it begins must do so, too. */
async function underLock<Value>(lock: StorageLock, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } finally {
    lock.release();
  }
}

function sourcesOf(parts: Parts, factory: Sources, job: StoredJob, storage: StorageId): CycleSource[] {
  const { store } = parts;
  const stored = store.sources();
  const others = store.jobs().filter((other) => other.id !== job.id && savesTo(other, storage));
  return job.sources.map((id) => {
    const { name, settings } = known('source', id, stored);
    const choice = choiceOf(job.choices, id);
    const sharing = others.filter(({ sources }) => sources.includes(id)).map(({ choices }) => choiceOf(choices, id));
    return {
      description: { id, name, settings },
      source: sourceFor(settings, factory.credentialReader(id), parts, { choice, ...factory.paces.inRun(id) }),
      choice,
      // What one of them keeps stays, whoever comes next.
      letsGo: [choice, ...sharing].every(({ leftOut }) => leftOut === 'let-go'),
      isDivided: sharing.some((other) => choiceText(other) !== choiceText(choice)),
    };
  });
}

const wished = (sources: readonly CycleSource[], wish: RunWish | undefined): readonly CycleSource[] =>
  sources.filter(({ description }) => wish?.sources?.includes(description.id) !== false);

const sizeOf = ({ catalog }: OpenStorage, source: SourceId): number =>
  catalog.measure({ items: [], sources: [source], recursive: true }, null).bytes;

function remember(
  { store }: Parts,
  { stored }: OpenStorage,
  { tallies, captured, unsure, kind }: CycleOutcome,
  isLimited: boolean,
): void {
  const now = known('storage', stored.id, store.storages());
  const isRecorded = kind === 'complete' && !isLimited;
  const acceptsEmpty = isRecorded ? now.acceptsEmpty.filter((source) => unsure.includes(source)) : now.acceptsEmpty;
  store.putStorage({ ...now, tallies, captured, acceptsEmpty });
}
