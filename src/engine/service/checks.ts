import type { RunId, StorageId } from '../../shared/domain/ids.ts';
import type { CheckLevel, CheckReport, RunTrigger } from '../../shared/domain/run.ts';
import type { Failure } from '../../shared/domain/strata-error.ts';
import type { RunEnd } from '../jobs/index.ts';
import type { RunContext } from '../kernel/run-context.ts';
import { checkStorage, type CheckWish } from '../maintenance/index.ts';
import { lastRepair } from './last-repair.ts';
import { known } from './names.ts';
import type { OpenStorage, OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';
import type { ReadingBooks } from './reading-books.ts';
import { checkWithoutNames } from './run-archive.ts';

/** Runs that read a storage back, and what is remembered of them. */
export class Checks {
  readonly #parts: Pick<Parts, 'store' | 'runs' | 'clock' | 'changed'>;
  readonly #open: Pick<OpenStorages, 'use' | 'refresh'>;
  readonly #books: ReadingBooks;

  constructor(
    parts: Pick<Parts, 'store' | 'runs' | 'clock' | 'changed'>,
    open: Pick<OpenStorages, 'use' | 'refresh'>,
    books: ReadingBooks,
  ) {
    this.#parts = parts;
    this.#open = open;
    this.#books = books;
  }

  async check(id: StorageId, wish: CheckWish, trigger: RunTrigger = 'person'): Promise<RunId> {
    const open = this.#open.refresh(await this.#open.use(id));
    return this.start(open, trigger, (run) => checkStorage(open, this.#books.of(id), wish, run));
  }

  start({ stored: { id, name } }: OpenStorage, trigger: RunTrigger, read: (run: RunContext) => Promise<CheckReport>): RunId {
    return this.#parts.runs.start({
      kind: 'check',
      job: null,
      storage: { id, name },
      trigger,
      body: async (run) => this.#endOf(id, await read(run)),
    });
  }

  #endOf(id: StorageId, report: CheckReport): RunEnd {
    const stored = known('storage', id, this.#parts.store.storages());
    const lastCheck = { atMs: this.#parts.clock.nowMs(), report: checkWithoutNames(report) };
    // After a repair what was found before says nothing of what is there now.
    const before = lastRepair(stored, this.#parts.store) === null ? stored.lastCheck?.report : undefined;
    if (tellsMore(report, before)) this.#parts.store.putStorage({ ...stored, lastCheck });
    this.#parts.changed('storages');
    const [finding] = report.findings;
    if (finding !== undefined) return { status: 'failed', failure: finding.failure, check: report };
    if (report.flickers.length === 0) return { status: 'success', check: report };
    return { status: 'warning', failure: flickerFailure(report.flickers.length, stored.path), check: report };
  }
}

export const flickerFailure = (count: number, path: string): Failure => ({
  code: 'storage.read-flickers',
  retry: 'after-user-action',
  facts: { count, path },
});

const depth: readonly CheckLevel[] = ['quick', 'scrub', 'since', 'structure', 'part', 'all'];

/** What a thorough check found is not over because a lighter one did not look there. */
function tellsMore(report: CheckReport, before: CheckReport | undefined): boolean {
  if (before === undefined || before.findings.length === 0 || report.findings.length > 0) return true;
  return depth.indexOf(report.level) >= depth.indexOf(before.level);
}
