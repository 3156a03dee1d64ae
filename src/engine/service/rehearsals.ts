import type { RunId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import type { RehearsalReport } from '../../shared/domain/rehearsal.ts';
import type { RunTrigger } from '../../shared/domain/run.ts';
import { type Failure, isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
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

/** Trial restores: runs that restore a little of everything, read it back, remove it, and remember of each source whether it was all right. */
export class Rehearsals {
  readonly #parts: Parts;
  readonly #open: Pick<OpenStorages, 'use' | 'refresh'>;

  constructor(parts: Parts, open: Pick<OpenStorages, 'use' | 'refresh'>) {
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
