import type { StorageId } from '../../shared/domain/ids.ts';
import { Cancelled, isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import { type Catalog, openCatalog, removeCatalog, type StoredStorage } from '../catalog/index.ts';
import type { RunContext } from '../kernel/run-context.ts';
import { turn } from '../kernel/turn.ts';
import { catchingUp, filling } from '../maintenance/index.ts';
import type { Storage } from '../storage/index.ts';
import type { Parts } from './parts.ts';

/** What takes longer is a run, which everybody sees and can stop. */
const quietForMs = 1000;

type Steps = Iterator<number, Catalog>;

/** Opens catalogs, and brings them up to what their storages hold. What cannot be used is thrown away and made again: it is a cache. */
export class Catalogs {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  open(path: string, storage: Storage): Catalog {
    const { catalogThread, log, files, sqliteBinding } = this.#parts;
    const ahead = catalogThread === undefined ? {} : { ahead: { entry: catalogThread, log } };
    const binding = sqliteBinding === undefined ? {} : { nativeBinding: sqliteBinding };
    return openCatalog({ path, key: storage.catalogKey(), files, ...ahead, ...binding });
  }

  /** Everything else waits meanwhile: for the few commits that may have come. */
  upToDate(id: StorageId, storage: Storage): Catalog {
    return drained(this.#opening(id, storage));
  }

  anew(id: StorageId, storage: Storage): Catalog {
    return drained(this.#makingAnew(id, storage));
  }

  /** Everything else goes on meanwhile. @param unwanted ends it, as whoever stops the run does: then it fails with `storage.not-opened`. */
  async upToDateInTurns(stored: StoredStorage, storage: Storage, unwanted: AbortSignal): Promise<Catalog> {
    const steps = this.#opening(stored.id, storage);
    try {
      const { clock } = this.#parts;
      const untilMs = clock.monotonicMs() + quietForMs;
      while (clock.monotonicMs() < untilMs) {
        const step = steps.next();
        if (step.done === true) return step.value;
        await turn();
        if (unwanted.aborted) throw notOpened(stored);
      }
      return await this.#asRun(stored, { steps, total: storage.head()?.sequence ?? 0, unwanted });
    } finally {
      steps.return?.(undefined as never);
    }
  }

  async #asRun(
    stored: StoredStorage,
    work: { readonly steps: Steps; readonly total: number; readonly unwanted: AbortSignal },
  ): Promise<Catalog> {
    const { runs } = this.#parts;
    const { id, name } = stored;
    const made: { catalog?: Catalog } = {};
    const run = runs.start({
      ...{ kind: 'rebuild-catalog', job: null, trigger: 'person', storage: { id, name } },
      body: async (context) => {
        made.catalog = await follow(work, context);
        return { status: 'success' };
      },
    });
    const ended = await runs.ended(run);
    if (made.catalog !== undefined) return made.catalog;
    if (!ended?.failure) throw notOpened(stored);
    throw new StrataError(ended.failure.code, ended.failure.retry, ended.failure.facts);
  }

  *#opening(id: StorageId, storage: Storage): Generator<number, Catalog> {
    try {
      return yield* closedUnlessDone(this.open(this.#parts.profile.catalogPath(id), storage), (catalog) =>
        catchingUp(storage, catalog),
      );
    } catch (error) {
      if (!isUnusable(error)) throw error;
      this.#parts.log.warn('catalog.rebuilt', { storage: id });
      return yield* this.#makingAnew(id, storage);
    }
  }

  *#makingAnew(id: StorageId, storage: Storage): Generator<number, Catalog> {
    const path = this.#parts.profile.catalogPath(id);
    removeCatalog(this.#parts.files, path);
    return yield* closedUnlessDone(this.open(path, storage), (catalog) => filling(storage, catalog));
  }
}

/** Somebody ended it before its catalog was whole. */
export const notOpened = ({ name }: StoredStorage): StrataError =>
  new StrataError('storage.not-opened', 'after-user-action', { name });

export const isUnusable = (error: unknown): boolean => isStrataError(error) && error.code === 'catalog.unusable';

function* closedUnlessDone(catalog: Catalog, work: (catalog: Catalog) => Iterable<number>): Generator<number, Catalog> {
  let isDone = false;
  try {
    yield* work(catalog);
    isDone = true;
    return catalog;
  } finally {
    if (!isDone) catalog.close();
  }
}

function drained(steps: Steps): Catalog {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

async function follow(
  { steps, total, unwanted }: { readonly steps: Steps; readonly total: number; readonly unwanted: AbortSignal },
  run: RunContext,
): Promise<Catalog> {
  run.progress.phase('rebuilding');
  run.progress.total(total, null);
  let told = 0;
  for (;;) {
    if (run.signal.aborted || run.finishSoon.aborted || unwanted.aborted) throw new Cancelled();
    const step = steps.next();
    if (step.done === true) return step.value;
    run.progress.done(step.value - told, 0);
    told = step.value;
    await turn();
  }
}
