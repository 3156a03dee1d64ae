import type { StorageId } from '../../shared/domain/ids.ts';
import { type Failure, failureOf, isStrataError } from '../../shared/domain/strata-error.ts';
import { judgeJobs, type RemovalPlan } from '../maintenance/index.ts';
import { wentBack } from '../storage/index.ts';
import { clockFailure, type ClockWatch } from './clock-watch.ts';
import type { OpenStorage, OpenStorages } from './open-storages.ts';
import type { OriginWatch } from './origin-watch.ts';
import type { Parts } from './parts.ts';
import { planOf, rulesOn } from './planning.ts';
import { trashOf } from './purging.ts';
import { type FrozenSource, frozenSources, momentRow, type MomentRow, type RemovalRow, removalRows } from './removal-views.ts';

export interface PlanView {
  token: string;
  paused: Failure | null;
  needsConfirmation: RemovalPlan['needsConfirmation'];
  totals: RemovalPlan['totals'];
  ofBytes: number;
  byReason: RemovalPlan['byReason'];
  rows: RemovalRow[];
  forgotten: MomentRow[];
  frozen: FrozenSource[];
  holds: number;
  hidden: { versions: number; bytes: number };
  trash: { packs: number; bytes: number; duePacks: number; dueBytes: number };
}

/** What would go next and what stays, to be looked at. Changes nothing. */
export class RemovalPlans {
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

  async plan(storage: StorageId, olderThanDays: number | null, limit: number): Promise<PlanView> {
    const open = this.#open.refresh(await this.#open.use(storage));
    const { catalog } = open;
    const { origin, complaint } = await this.#originOf(open);
    const answering = origin ?? open;
    const plan = planOf(this.#parts, open, { olderThanDays, unsure: new Set(), freezes: answering.catalog.freezes() });
    const trash = trashOf(open, this.#parts.clock.nowMs());
    return {
      token: plan.token,
      paused: complaint ?? this.#paused(open),
      needsConfirmation: plan.needsConfirmation,
      totals: plan.totals,
      ofBytes: plan.ofBytes,
      byReason: plan.byReason,
      rows: removalRows(plan, catalog, limit),
      forgotten: plan.forgets.slice(0, limit).flatMap((commit) => momentRow(commit, [])),
      frozen: frozenSources(answering.catalog, answering.stored.quietFreezes),
      holds: catalog.holds().length,
      hidden: this.#hidden(storage),
      trash: { packs: trash.packs, bytes: trash.bytes, duePacks: trash.due.packs, dueBytes: trash.due.bytes },
    };
  }

  /** Newest first, each with the rules that keep it; a moment of a job that is not known here stays for that. */
  async moments(storage: StorageId, limit: number): Promise<MomentRow[]> {
    const open = await this.#open.use(storage);
    const moments = open.catalog.moments(limit);
    const judged = judgeJobs(rulesOn(this.#parts, open), moments, this.#parts.clock.nowMs());
    const keptBy = new Map(judged.flatMap((job) => [...job.keptBy]));
    return moments.flatMap((moment) => momentRow(moment, keptBy.get(moment.sequence) ?? ['everything']));
  }

  /** By the runs that hid it: since the last purge that came to its end. */
  #hidden(storage: StorageId): PlanView['hidden'] {
    const { store } = this.#parts;
    const purgedAtMs = store.lastPurge(storage, 'done')?.startedAtMs ?? 0;
    const reports = store
      .runs({ job: null, storage, kind: null, limit: 1000 })
      .flatMap(({ retention, startedAtMs }) => (retention !== null && startedAtMs > purgedAtMs ? [retention] : []));
    return {
      versions: reports.reduce((sum, { versions }) => sum + versions, 0),
      bytes: reports.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  async #originOf(open: OpenStorage): Promise<{ readonly origin?: OpenStorage | undefined; readonly complaint: Failure | null }> {
    try {
      return { origin: await this.#origins.originOf(open), complaint: null };
    } catch (error) {
      if (!isStrataError(error)) throw error;
      return { complaint: failureOf(error) };
    }
  }

  #paused(open: OpenStorage): Failure | null {
    if (open.wentBack) return failureOf(wentBack(open.stored.path));
    return clockFailure(this.#clock.judge(open)) ?? null;
  }
}
