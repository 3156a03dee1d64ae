import type { RunId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import type { RetentionReport, RunTrigger } from '../../shared/domain/run.ts';
import { runStep, type StepState } from '../../shared/domain/run-step.ts';
import { type Failure, failureOf, isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { RunEnd, RunningRun } from '../jobs/index.ts';
import { newId } from '../kernel/random.ts';
import type { RunContext } from '../kernel/run-context.ts';
import {
  applyPlan,
  type ClockVerdict,
  isEmpty,
  type RemovalPlan,
  reportOf,
  returnFromTrash,
  type Undone,
  undoRetention,
} from '../maintenance/index.ts';
import { clockFailure, type ClockWatch, thrown } from './clock-watch.ts';
import type { Need } from './need.ts';
import type { OpenStorage, OpenStorages } from './open-storages.ts';
import type { OriginWatch } from './origin-watch.ts';
import type { Parts } from './parts.ts';
import { type PlanOptions, planOf, rulesOn } from './planning.ts';
import { purgeStorage, trashOf } from './purging.ts';
import { quietRun } from './quiet-run.ts';
import { removalNeeds } from './removal-needs.ts';
import { frozenAt, type FrozenSource, sourceNames } from './removal-views.ts';
import { sayTo } from './saying.ts';

export interface PurgeRequest {
  readonly storage: StorageId;
  readonly olderThanDays: number | null;
  readonly dryRun: boolean;
  readonly token: string | null;
}

export interface TrashView {
  graceDays: number;
  packs: number;
  bytes: number;
  batches: { batch: string; atMs: number; packs: number; bytes: number; dueAtMs: number }[];
}

export interface AfterCycle {
  readonly isWarning: boolean;
  readonly state: StepState;
  readonly failure?: Failure;
  readonly report?: RetentionReport;
}

const purgeEveryMs = 7 * 86_400_000;
const nobody: ReadonlySet<SourceId> = new Set();

/** What goes from a storage: hidden first, moved to the trash then, and deleted from it at last. */
export class Removals {
  readonly #parts: Parts;
  readonly #open: OpenStorages;
  readonly #clock: ClockWatch;
  readonly #origins: OriginWatch;

  constructor(parts: Parts, open: OpenStorages, clock: ClockWatch, origins: OriginWatch) {
    this.#parts = parts;
    this.#open = open;
    this.#clock = clock;
    this.#origins = origins;
  }

  /** Hides what the rules let go. What needs a confirmation needs the token of exactly this plan. */
  async applyRetention(storage: StorageId, token: string | null): Promise<RunId> {
    const open = await this.#open.useToWrite(storage);
    return this.#start(open, 'retention', 'person', async (run, running) => {
      this.#refuseWrongClock(open);
      const report = await this.#hide(open, { olderThanDays: null, unsure: nobody, token }, running.id, run);
      return { status: 'success', retention: report };
    });
  }

  /** Hides, prunes, and empties what lay in the trash for long enough. */
  async purge({ storage, olderThanDays, dryRun, token }: PurgeRequest, trigger: RunTrigger): Promise<RunId> {
    const open = await this.#open.useToWrite(storage);
    const options = { olderThanDays, unsure: nobody };
    if (!dryRun) {
      this.#refuseWrongClock(open);
      // With a token it is planned under the lock only, and held against it there.
      if (token === null) refuseUnconfirmed(await this.#plan(open, options), null);
    }
    return this.#start(open, 'purge', trigger, async (run, running) => {
      const retention = dryRun
        ? this.#report(await this.#plan(open, options), open)
        : await this.#hide(open, { ...options, token }, running.id, run);
      // Frozen at the origin since, or never followed because this is only tried: it would go here.
      const frozen = await this.#origins.notFollowed(open);
      if (frozen !== undefined)
        return { status: 'warning', failure: frozenFailure(sourceNames(open.catalog).get(frozen.source) ?? ''), retention };
      const report = await purgeStorage(open, { runId: running.id, dryRun, retention, nowMs: this.#parts.clock.nowMs() }, run);
      this.#ended(open);
      return { ...(dryRun ? { status: 'success' } : endOf(open, frozenAt(this.#parts, open), run)), purge: report };
    });
  }

  /** Once a week, while nothing else runs, where a job has rules. */
  async tick(): Promise<number> {
    const { store, clock, log, runs } = this.#parts;
    let started = 0;
    for (const stored of store.storages()) {
      if (
        stored.upkeep?.purge !== undefined ||
        !stored.settings.automatic ||
        !this.#open.isOpen(stored.id) ||
        runs.going().length > 0
      )
        continue;
      const open = await this.#open.use(stored.id);
      const { startedAtMs } = store.lastPurge(stored.id, 'tried') ?? { startedAtMs: stored.createdAtMs };
      if (!this.#hasRules(open) || clock.nowMs() - startedAtMs < purgeEveryMs) continue;
      try {
        await this.purge({ storage: stored.id, olderThanDays: null, dryRun: false, token: null }, 'schedule');
        started += 1;
      } catch (error) {
        if (!isStrataError(error)) throw error;
        log.warn('purge.not-started', { storage: stored.id, code: error.code });
      }
    }
    return started;
  }

  async undo(storage: StorageId, run: RunId): Promise<Undone> {
    const open = await this.#open.useToWrite(storage);
    return sayTo(open, this.#parts, this.#open, (saying, context) => undoRetention(run, saying, context));
  }

  needs(): Promise<Need[]> {
    return removalNeeds(this.#parts, this.#open, this.#clock);
  }

  async trash(storage: StorageId): Promise<TrashView> {
    const open = await this.#open.use(storage);
    const { packs, bytes, batches } = trashOf(open, this.#parts.clock.nowMs());
    return {
      graceDays: open.stored.settings.graceDays,
      packs,
      bytes,
      batches: batches.map(({ sequence, sinceMs, ...batch }) => ({ ...batch, batch: String(sequence), atMs: sinceMs })),
    };
  }

  /** Null: all that lies there. The newest goes back first: an older one may need what a newer one took away. */
  async returnFromTrash(storage: StorageId, batch: string | null): Promise<{ packs: number; bytes: number }> {
    const open = await this.#open.useToWrite(storage);
    const { clock, random, log } = this.#parts;
    const { batches } = trashOf(open, clock.nowMs());
    const wanted = batches.filter(({ sequence }) => batch === null || String(sequence) === batch).reverse();
    if (wanted.length === 0) throw new StrataError('name.unknown', 'never', { kind: 'batch', name: batch ?? '' });
    const run = quietRun(clock, log);
    const back = { packs: 0, bytes: 0 };
    let refused: StrataError | undefined;
    for (const { sequence } of wanted) {
      const author = { run: newId<RunId>(random), atMs: clock.nowMs() };
      try {
        const { packs, bytes } = await returnFromTrash(open.storage, sequence, author, run);
        back.packs += packs;
        back.bytes += bytes;
      } catch (error) {
        // What broken-off runs left keeps nothing else from coming back.
        if (!isStrataError(error) || error.code !== 'storage.nothing-to-return') throw error;
        refused = error;
      }
    }
    if (back.packs === 0 && refused !== undefined) throw refused;
    // What came back is not in the catalog that saw it go.
    await this.#open.rebuild(open, run, () => Promise.resolve());
    this.#ended(open);
    return back;
  }

  /** The end of a cycle: hides what the rules let go by now. Never fails the cycle: what stands in the way is said as its problem. */
  async afterCycle(
    open: OpenStorage,
    unsure: ReadonlySet<SourceId>,
    clock: ClockVerdict,
    run: RunContext,
    running: RunningRun,
  ): Promise<AfterCycle> {
    const after = await this.#hideAfter(open, unsure, clock, run, running);
    running.step(runStep('retention', after.state, { atMs: run.clock.nowMs(), failure: after.failure ?? null }));
    return after;
  }

  async #hideAfter(
    open: OpenStorage,
    unsure: ReadonlySet<SourceId>,
    clock: ClockVerdict,
    run: RunContext,
    running: RunningRun,
  ): Promise<AfterCycle> {
    if (!open.stored.settings.automatic) return { isWarning: false, state: 'off' };
    if (!this.#hasRules(open)) return { isWarning: false, state: 'nothing' };
    const wrongClock = clockFailure(clock);
    // A computer that was off for a while is no alarm: what was to be hidden waits until the time has proved right.
    if (clock.kind === 'ahead' && !clock.needsPerson) return { isWarning: false, state: 'waiting' };
    if (wrongClock !== undefined) return tell(run, wrongClock);
    try {
      const report = await this.#hide(open, { olderThanDays: null, unsure, token: null }, running.id, run);
      return { isWarning: false, report, ...stateOf(report) };
    } catch (error) {
      if (!isStrataError(error)) throw error;
      return tell(run, failureOf(error));
    }
  }

  #hasRules(open: OpenStorage): boolean {
    return rulesOn(this.#parts, open).some(({ retention }) => retention !== null);
  }

  async #plan(open: OpenStorage, options: Omit<PlanOptions, 'freezes'>): Promise<RemovalPlan> {
    return planOf(this.#parts, open, { ...options, freezes: await this.#origins.freezesFor(open) });
  }

  /** Plans under the lock, so that a hold that was set a moment ago counts. */
  async #hide(
    found: OpenStorage,
    { token, ...options }: Omit<PlanOptions, 'freezes'> & { readonly token: string | null },
    runId: RunId,
    run: RunContext,
  ): Promise<RetentionReport> {
    run.progress.phase('choosing');
    const lock = await found.storage.lockWhenFree('retention', 'write', run);
    try {
      const open = this.#open.refresh(found);
      const { storage, catalog } = open;
      const saying = { storage, catalog, lock, run: runId, atMs: this.#parts.clock.nowMs() };
      if ((await this.#origins.followFreezes(open, saying, run)) === 'followed') this.#ended(open);
      const plan = await this.#plan(open, options);
      refuseUnconfirmed(plan, token);
      if (!isEmpty(plan)) {
        await applyPlan(plan, saying, run);
        this.#ended(open);
      }
      return this.#report(plan, open);
    } finally {
      lock.release();
    }
  }

  #report(plan: RemovalPlan, { catalog }: OpenStorage): RetentionReport {
    const names = sourceNames(catalog);
    return reportOf(plan, (source) => names.get(source) ?? '');
  }

  #start(
    open: OpenStorage,
    kind: 'retention' | 'purge',
    trigger: RunTrigger,
    body: (run: RunContext, running: RunningRun) => Promise<RunEnd>,
  ): RunId {
    const storage = { id: open.stored.id, name: open.stored.name };
    return this.#parts.runs.start({ kind, job: null, storage, trigger, body });
  }

  #refuseWrongClock(open: OpenStorage): void {
    const failure = clockFailure(this.#clock.judge(open));
    if (failure !== undefined) throw thrown(failure);
  }

  #ended(open: OpenStorage): void {
    this.#open.trust(open);
    this.#parts.changed('storages');
  }
}

function refuseUnconfirmed(plan: RemovalPlan, token: string | null): void {
  if (token !== null && token !== plan.token) throw new StrataError('removal.plan-changed', 'after-user-action');
  if (plan.needsConfirmation === null || token !== null) return;
  const { totals, ofBytes } = plan;
  const percent = ofBytes === 0 ? 100 : Math.round((totals.bytes / ofBytes) * 100);
  throw new StrataError('removal.needs-confirmation', 'after-user-action', { versions: totals.versions, percent });
}

function tell({ progress, clock }: RunContext, failure: Failure): AfterCycle {
  progress.problem({ failure, source: '', folder: '', item: '', atMs: clock.nowMs() });
  return { isWarning: true, state: 'failed', failure };
}

function stateOf({ frozen: [first], versions, momentsForgotten }: RetentionReport): Pick<AfterCycle, 'state' | 'failure'> {
  if (first !== undefined) return { state: 'warning', failure: frozenFailure(first.name) };
  return { state: versions + momentsForgotten > 0 ? 'done' : 'nothing' };
}

/** A person who answered "keep it frozen" knows; nobody else does. Where all is frozen, nothing was removed. */
function endOf(
  { catalog }: OpenStorage,
  frozen: readonly FrozenSource[],
  { progress, clock }: RunContext,
): Pick<RunEnd, 'status' | 'failure'> {
  const failures = new Map<SourceId, Failure>();
  for (const { source, sourceName } of frozen.filter(({ keptFrozen }) => !keptFrozen)) {
    failures.set(source, frozenFailure(sourceName));
  }
  const [first] = failures.values();
  if (first === undefined) return { status: 'success' };
  const isAll = catalog.sources().every(({ id }) => frozen.some(({ source }) => source === id));
  if (isAll) return { status: 'warning', failure: first };
  for (const failure of failures.values()) progress.problem({ failure, source: '', folder: '', item: '', atMs: clock.nowMs() });
  return { status: 'warning' };
}

const frozenFailure = (source: string): Failure => ({ code: 'removal.frozen', retry: 'after-user-action', facts: { source } });
