import type { RunId, StorageId } from '../../shared/domain/ids.ts';
import type { RepairReport } from '../../shared/domain/repair.ts';
import type { CheckReport, Problem, RestoreEntry, Run } from '../../shared/domain/run.ts';
import type { ProfileStore, RunDetails } from '../catalog/index.ts';

/** Names of items, which only who can open the storage may read. */
interface Names {
  readonly problems: Run['problems'];
  readonly failed: readonly Problem[];
  readonly entries: readonly RestoreEntry[];
  readonly affected: readonly (readonly string[])[];
  readonly lost: RepairReport['lost'];
}

/**
 * Keeps runs: what happened in the profile, which is not encrypted, and the names of items in the storage's own encrypted
 * details. While the storage is locked a run shows its codes and counts without them.
 */
export class RunArchive implements Pick<ProfileStore, 'putRun' | 'run' | 'runs' | 'appendLog'> {
  readonly #store: ProfileStore;
  /** Undefined while the storage is locked. */
  #detailsOf: (storage: StorageId) => RunDetails | undefined = () => undefined;

  constructor(store: ProfileStore) {
    this.#store = store;
  }

  useDetails(detailsOf: (storage: StorageId) => RunDetails | undefined): void {
    this.#detailsOf = detailsOf;
  }

  putRun(run: Run): void {
    if (run.status !== 'running' && holdsNames(run)) this.#details(run)?.put(run.id, JSON.stringify(namesOf(run)));
    this.#store.putRun(withoutNames(run));
  }

  run(id: RunId): Run | undefined {
    const run = this.#store.run(id);
    const text = run === undefined ? undefined : this.#details(run)?.get(id);
    return run === undefined || text === undefined ? run : withNames(run, JSON.parse(text) as Names);
  }

  runs(filter: Parameters<ProfileStore['runs']>[0]): Run[] {
    return this.#store.runs(filter);
  }

  appendLog(...line: Parameters<ProfileStore['appendLog']>): void {
    this.#store.appendLog(...line);
  }

  #details(run: Run): RunDetails | undefined {
    return run.storage === null ? undefined : this.#detailsOf(run.storage);
  }
}

const holdsNames = (run: Run): boolean =>
  run.problems.length > 0 || run.restore !== null || (run.check?.findings.length ?? 0) > 0 || (run.repair?.lost.length ?? 0) > 0;

const namesOf = (run: Run): Names => ({
  problems: run.problems,
  failed: run.restore?.failed ?? [],
  entries: run.restore?.entries ?? [],
  affected: run.check?.findings.map(({ items }) => items) ?? [],
  lost: run.repair?.lost ?? [],
});

/** What failed and why, not what it was called. */
const nameless = (problem: Problem): Problem => ({
  ...problem,
  folder: '',
  item: '',
  failure: { ...problem.failure, facts: {} },
});

function withoutNames(run: Run): Run {
  return {
    ...run,
    problems: run.problems.map(nameless),
    restore: run.restore === null ? null : { ...run.restore, failed: run.restore.failed.map(nameless), entries: [] },
    check: run.check === null ? null : checkWithoutNames(run.check),
    repair: run.repair === null ? null : { ...run.repair, lost: [] },
  };
}

export const checkWithoutNames = (report: CheckReport): CheckReport => ({
  ...report,
  findings: report.findings.map((finding) => ({ ...finding, items: [] })),
});

function withNames(run: Run, names: Names): Run {
  return {
    ...run,
    problems: names.problems,
    restore: run.restore === null ? null : { ...run.restore, failed: names.failed, entries: names.entries },
    check:
      run.check === null
        ? null
        : {
            ...run.check,
            findings: run.check.findings.map((finding, index) => ({ ...finding, items: names.affected[index] ?? [] })),
          },
    repair: run.repair === null ? null : { ...run.repair, lost: names.lost ?? [] },
  };
}
