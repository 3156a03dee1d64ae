import type { Problem, RestoreEntry, RestoreReport } from '../../shared/domain/run.ts';

/** A report of a million items must stay small: the counts are exact, the lists are cut. */
const entryLimit = 500;
const failureLimit = 10_000;

export class ReportBuilder {
  readonly #dryRun: boolean;
  readonly #entries: RestoreEntry[] = [];
  readonly #failed: Problem[] = [];
  readonly #outcomes = { create: 0, replace: 0, skip: 0, fail: 0 };
  #bytes = 0;
  #verified = 0;

  constructor(dryRun: boolean) {
    this.#dryRun = dryRun;
  }

  add(entry: RestoreEntry): void {
    this.#outcomes[entry.outcome] += 1;
    if (entry.outcome === 'create' || entry.outcome === 'replace') this.#bytes += entry.sizeBytes;
    if (this.#entries.length < entryLimit) this.#entries.push(entry);
  }

  fail(entry: RestoreEntry, problem: Problem): void {
    this.add(entry);
    if (this.#failed.length < failureLimit) this.#failed.push(problem);
  }

  countVerified(): void {
    this.#verified += 1;
  }

  build(): RestoreReport {
    return {
      dryRun: this.#dryRun,
      created: this.#outcomes.create,
      replaced: this.#outcomes.replace,
      skipped: this.#outcomes.skip,
      failed: this.#failed,
      verified: this.#verified,
      bytes: this.#bytes,
      entries: this.#entries,
    };
  }
}
