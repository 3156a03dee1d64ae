import type { ItemId, SourceId } from '../../shared/domain/ids.ts';
import type { Problem, RestoreEntry, RestoreReport } from '../../shared/domain/run.ts';
import type { RestoreItem } from '../sources/destination.ts';
import { First } from './first.ts';

/** A report of a million items must stay small: the counts are exact, the lists are cut. */
const entryLimit = 500;
const failureLimit = 10_000;

/** All that is told of an item: so much of it is kept until its end is known. */
export interface ReportedItem {
  /** In the selection. */
  readonly at: number;
  readonly item: ItemId;
  readonly source: SourceId;
  readonly isFolder: boolean;
  readonly name: string;
  readonly title: string;
  readonly folderPath: readonly string[];
  readonly sizeBytes: number;
  readonly timeMs: number | null;
  readonly hasContent: boolean;
}

export const reportedItem = (at: number, { manifest, folderPath, content }: RestoreItem): ReportedItem => ({
  at,
  item: manifest.item,
  source: manifest.source,
  isFolder: manifest.kind === 'folder',
  name: manifest.name,
  title: manifest.summary.title,
  folderPath,
  sizeBytes: manifest.sizeBytes,
  timeMs: manifest.summary.timeMs ?? null,
  hasContent: content !== undefined,
});

/** Items are told in the order in which they end, each with its place in the selection: the lists are in that order. */
export class ReportBuilder {
  readonly #dryRun: boolean;
  readonly #entries = new First<RestoreEntry>(entryLimit);
  readonly #failed = new First<{ readonly problem: Problem; readonly item: ItemId }>(failureLimit);
  readonly #outcomes = { create: 0, replace: 0, skip: 0, fail: 0 };
  #bytes = 0;
  #verified = 0;
  #unkept = 0;
  #conflicts = 0;
  /** In the selection: of the item at hand, and of those that other threads write. */
  readonly #inConflict = new Set<number>();

  constructor(dryRun: boolean) {
    this.#dryRun = dryRun;
  }

  add(item: ReportedItem, outcome: RestoreEntry['outcome']): void {
    this.#outcomes[outcome] += 1;
    if (outcome === 'create' || outcome === 'replace') this.#bytes += item.sizeBytes;
    const isConflict = this.#inConflict.delete(item.at);
    this.#entries.add(item.at, () => entryOf(item, outcome, isConflict));
  }

  fail(item: ReportedItem, problem: Problem): void {
    this.add(item, 'fail');
    this.#failed.add(item.at, () => ({ problem, item: item.item }));
  }

  countVerified(): void {
    this.#verified += 1;
  }

  /** Something gives way that the storage does not have. */
  countUnkept(): void {
    this.#unkept += 1;
  }

  /** Something else is in the item's place. */
  countConflict(at: number): void {
    this.#conflicts += 1;
    this.#inConflict.add(at);
  }

  build(): RestoreReport {
    const failed = this.#failed.inOrder();
    return {
      dryRun: this.#dryRun,
      created: this.#outcomes.create,
      replaced: this.#outcomes.replace,
      skipped: this.#outcomes.skip,
      failed: failed.map(({ problem }) => problem),
      failedItems: failed.map(({ item }) => item),
      verified: this.#verified,
      bytes: this.#bytes,
      unkept: this.#unkept,
      conflicts: this.#conflicts,
      entries: this.#entries.inOrder(),
    };
  }
}

const entryOf = (item: ReportedItem, outcome: RestoreEntry['outcome'], isConflict: boolean): RestoreEntry => ({
  name: item.title || item.name,
  folder: item.folderPath.join('/'),
  sizeBytes: item.sizeBytes,
  timeMs: item.timeMs,
  outcome,
  ...(isConflict && { isConflict }),
});
