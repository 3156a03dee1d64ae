import type { RunId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import { type Failure, failureOf, StrataError } from '../../shared/domain/strata-error.ts';
import type { RunEnd } from '../jobs/index.ts';
import type { RunContext } from '../kernel/run-context.ts';
import { applyPlan, factsOf, isEmpty, planForgetting, reportOf } from '../maintenance/index.ts';
import { wentBack } from '../storage/index.ts';
import { clockFailure, type ClockWatch, thrown } from './clock-watch.ts';
import { savesTo } from './job-storages.ts';
import type { OpenStorage, OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';
import { rulesOn } from './planning.ts';
import { sourceNames } from './removal-views.ts';

export interface ForgettingView {
  token: string;
  sourceName: string;
  /** Why it cannot be for now. */
  refused: Failure | null;
  totals: { moments: number; items: number; versions: number; bytes: number };
  ofBytes: number;
  held: number;
}

/** Letting go all that a storage keeps of one source, because a person wants it. Hidden first, like all that goes. */
export class Forgetting {
  readonly #parts: Parts;
  readonly #open: OpenStorages;
  readonly #clock: ClockWatch;

  constructor(parts: Parts, open: OpenStorages, clock: ClockWatch) {
    this.#parts = parts;
    this.#open = open;
    this.#clock = clock;
  }

  async plan(storage: StorageId, source: SourceId): Promise<ForgettingView> {
    const open = this.#open.refresh(await this.#open.use(storage));
    const sourceName = nameOf(source, open);
    const refusal = this.#refusal(open, source);
    const { plan, held } = this.#plan(open, source);
    const { token, totals, ofBytes } = plan;
    return { token, sourceName, refused: refusal === undefined ? null : failureOf(refusal), totals, ofBytes, held };
  }

  /** @param token Of the plan that was confirmed: where it is another one by now, nothing happens. */
  async forget(storage: StorageId, source: SourceId, token: string): Promise<RunId> {
    const open = await this.#open.useToWrite(storage);
    nameOf(source, open);
    const refusal = this.#refusal(open, source);
    if (refusal !== undefined) throw refusal;
    const { id, name } = open.stored;
    return this.#parts.runs.start({
      kind: 'retention',
      job: null,
      storage: { id, name },
      trigger: 'person',
      body: (run, { id: runId }) => this.#hide(open, source, token, runId, run),
    });
  }

  /** Plans again under the lock, so that what was saved or held a moment ago counts. */
  async #hide(found: OpenStorage, source: SourceId, token: string, runId: RunId, run: RunContext): Promise<RunEnd> {
    run.progress.phase('choosing');
    const lock = await found.storage.lockWhenFree('retention', 'write', run);
    try {
      const open = this.#open.refresh(found);
      const refusal = this.#refusal(open, source);
      if (refusal !== undefined) throw refusal;
      const { plan } = this.#plan(open, source);
      if (plan.token !== token) throw new StrataError('removal.plan-changed', 'after-user-action');
      const { storage, catalog } = open;
      if (!isEmpty(plan)) await applyPlan(plan, { storage, catalog, lock, run: runId, atMs: this.#parts.clock.nowMs() }, run);
      const names = sourceNames(catalog);
      this.#open.trust(open);
      this.#parts.changed('storages');
      return { status: 'success', retention: reportOf(plan, (id) => names.get(id) ?? '') };
    } finally {
      lock.release();
    }
  }

  #plan(open: OpenStorage, source: SourceId): ReturnType<typeof planForgetting> {
    return planForgetting(factsOf(open.catalog), source, { jobs: rulesOn(this.#parts, open), nowMs: this.#parts.clock.nowMs() });
  }

  #refusal(open: OpenStorage, source: SourceId): StrataError | undefined {
    if (open.wentBack) return wentBack(open.stored.path);
    const clock = clockFailure(this.#clock.judge(open));
    if (clock !== undefined) return thrown(clock);
    const name = sourceNames(open.catalog).get(source) ?? '';
    if (open.catalog.freezes().some((freeze) => freeze.source === source)) {
      return new StrataError('removal.frozen', 'after-user-action', { source: name });
    }
    const job = this.#parts.store.jobs().find((one) => savesTo(one, open.stored.id) && one.sources.includes(source));
    if (job === undefined) return undefined;
    return new StrataError('removal.source-in-use', 'after-user-action', { source: name, job: job.name });
  }
}

function nameOf(source: SourceId, { catalog }: OpenStorage): string {
  const name = sourceNames(catalog).get(source);
  if (name === undefined) throw new StrataError('name.unknown', 'never', { kind: 'source', name: source });
  return name;
}
