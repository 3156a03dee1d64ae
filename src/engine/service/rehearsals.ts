import type { RunId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import { type RehearsalReport, usualRehearsalItems } from '../../shared/domain/rehearsal.ts';
import type { Run, RunTrigger } from '../../shared/domain/run.ts';
import { type Failure, isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { StoredStorage } from '../catalog/index.ts';
import type { RunEnd, RunningRun } from '../jobs/index.ts';
import type { RunContext } from '../kernel/run-context.ts';
import { makeScratch, newSeed, rehearse, removeScratch } from '../maintenance/index.ts';
import { known } from './names.ts';
import type { OpenStorage, OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';
import { marked } from './rehearsal-marks.ts';
import { tryItem } from './rehearsal-place.ts';

export interface RehearsalWish {
  /** Null: of all. */
  readonly source: SourceId | null;
  /** At most, of each source. */
  readonly items: number;
  /** Null: by chance. */
  readonly seed: number | null;
}

/** What comes by itself: a little of everything. */
export const usualRehearsal: RehearsalWish = { source: null, items: usualRehearsalItems, seed: null };

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const weekMs = 7 * dayMs;

/** Trial restores: runs that restore a little of everything, read it back, remove it, and remember of each source whether it was all right. */
export class Rehearsals {
  readonly #parts: Parts;
  readonly #open: Pick<OpenStorages, 'use' | 'refresh' | 'isOpen'>;

  constructor(parts: Parts, open: Pick<OpenStorages, 'use' | 'refresh' | 'isOpen'>) {
    this.#parts = parts;
    this.#open = open;
  }

  async start(id: StorageId, wish: RehearsalWish, trigger: RunTrigger = 'person'): Promise<RunId> {
    const open = this.#open.refresh(await this.#open.use(id));
    const { name } = open.stored;
    if (this.#parts.runs.going().some(({ kind, storage }) => kind === 'rehearsal' && storage === id)) {
      throw new StrataError('rehearsal.already-running', 'later', { storage: name });
    }
    const { source } = wish;
    if (source !== null && !open.catalog.sources().some((one) => one.id === source)) {
      throw new StrataError('name.unknown', 'never', { kind: 'source', name: source });
    }
    return this.#parts.runs.start({
      kind: 'rehearsal',
      job: null,
      storage: { id, name },
      trigger,
      body: (run, running) => this.#body(open, wish, run, running),
    });
  }

  /** Once a week, where something was saved since, unless it has times of its own, or nothing is to be read back by itself. Begins one at most. */
  async tick(): Promise<number> {
    const { store, runs, log } = this.#parts;
    if (runs.going().length > 0) return 0;
    for (const stored of store.storages()) {
      if (stored.upkeep?.rehearsal !== undefined || stored.settings.scrubDays === null || !this.#open.isOpen(stored.id)) continue;
      try {
        if (!(await this.#isDue(stored))) continue;
        await this.start(stored.id, usualRehearsal, 'schedule');
        return 1;
      } catch (error) {
        if (!isStrataError(error)) throw error;
        // It stays due, and is tried again the next minute: what stands in the way is said as the storage's state.
        log.warn('rehearsal.not-started', { storage: stored.id, code: error.code });
      }
    }
    return 0;
  }

  async #isDue({ id, createdAtMs }: StoredStorage): Promise<boolean> {
    const nowMs = this.#parts.clock.nowMs();
    const last = this.#lastOfAll(id);
    const sinceMs = last === undefined ? createdAtMs : last.startedAtMs;
    // What lies ahead was dated by a clock that was wrong.
    const isTime = sinceMs > nowMs || nowMs - sinceMs >= pauseMs(last);
    if (!isTime) return false;
    const { catalog } = this.#open.refresh(await this.#open.use(id));
    const savedMs = catalog.newestCommitMs();
    return savedMs !== null && (last === undefined || last.rehearsal === null || savedMs > last.startedAtMs || sinceMs > nowMs);
  }

  /** The newest that began by itself, or tried more than one source. */
  #lastOfAll(id: StorageId): Run | undefined {
    return this.#parts.store
      .runs({ job: null, storage: id, kind: 'rehearsal', limit: 50 })
      .find(({ trigger, rehearsal }) => trigger === 'schedule' || (rehearsal?.sources.length ?? 0) > 1);
  }

  async #body(open: OpenStorage, { source, items, seed }: RehearsalWish, run: RunContext, running: RunningRun): Promise<RunEnd> {
    const { files, profile, random } = this.#parts;
    const { id } = open.stored;
    makeScratch(files, profile.scratchPath);
    const report = await rehearse(
      {
        ...{ storage: open.storage, catalog: open.catalog, files, source, items },
        scratch: `${profile.scratchPath}/${id}`,
        seed: seed ?? newSeed(random),
        trial: (manifest, folder, its) => tryItem(open, files, manifest, folder, its),
      },
      run,
    );
    if (report === undefined) return { status: 'stopped' };
    const stored = known('storage', id, this.#parts.store.storages());
    const of = { run: running.id, atMs: this.#parts.clock.nowMs(), isOfAll: source === null };
    this.#parts.store.putStorage({ ...stored, rehearsed: marked(stored.rehearsed, report, of) });
    this.#parts.changed('storages');
    this.#parts.changed('sources');
    const failure = unequalFailure(report.sources);
    return failure === null ? { status: 'success', rehearsal: report } : { status: 'failed', failure, rehearsal: report };
  }
}

/** What was broken off is tried sooner; what a person stopped is not wanted before its time. */
function pauseMs(last: Run | undefined): number {
  if (last?.status === 'interrupted') return hourMs;
  return last?.status === 'failed' && !last.rehearsal ? dayMs : weekMs;
}

/** Null: all of it was equal. */
export function unequalFailure(sources: RehearsalReport['sources']): Failure | null {
  const count = sources.reduce((sum, { unequal }) => sum + unequal, 0);
  const items = sources.reduce((sum, one) => sum + one.items, 0);
  return count === 0 ? null : { code: 'rehearsal.unequal', retry: 'after-user-action', facts: { count, items } };
}

/** Removes what a killed rehearsal left. Where that fails, the next rehearsal says so and is none. */
export function clearScratch({ files, profile, log }: Pick<Parts, 'files' | 'profile' | 'log'>): void {
  try {
    removeScratch(files, profile.scratchPath);
  } catch (error) {
    if (!isStrataError(error)) throw error;
    log.error('rehearsal.scratch-stays', { code: error.code });
  }
}
