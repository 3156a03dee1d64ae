import type { CommitActs, CommitDraft, ItemVersions } from '../../../shared/domain/commit.ts';
import type { RunId } from '../../../shared/domain/ids.ts';
import { noCounts } from '../../../shared/domain/run.ts';
import type { Catalog } from '../../catalog/index.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import type { Storage, StorageLock } from '../../storage/index.ts';

/** Whatever a person or a rule says of a storage as a whole: who says it, where, and under which lock. */
export interface Saying {
  readonly storage: Storage;
  readonly catalog: Catalog;
  /** For writing. The caller releases it. */
  readonly lock: StorageLock;
  readonly run: RunId;
  readonly atMs: number;
}

/** What fits into one commit. docs/format/limits.md */
const versionsPerCommit = 250_000;

/** Beside what it does, which cursors it forgets. */
export type SaidActs = CommitActs & Partial<Pick<CommitDraft, 'cursors'>>;

/** Makes acts true: storage first, then the catalog. */
export async function commitActs(
  kind: 'retention' | 'hold' | 'restore',
  acts: readonly SaidActs[],
  saying: Saying,
  run: RunContext,
): Promise<void> {
  const { storage, catalog, lock } = saying;
  const writer = storage.writer(lock, catalog);
  try {
    for (const act of acts) {
      stopIfCancelled(run);
      const draft = { kind, run: saying.run, job: null, atMs: saying.atMs, sources: [], completeSources: [], cursors: [] };
      catalog.apply(await writer.commit({ ...draft, counts: noCounts, ...act }, run));
    }
  } finally {
    writer.abandon();
  }
}

/** Cut so that each part fits into a commit. */
export function* inCommits(items: Iterable<ItemVersions>): Generator<ItemVersions[]> {
  let part: ItemVersions[] = [];
  let count = 0;
  for (const { item, versions } of items) {
    for (let from = 0; from < versions.length; from += versionsPerCommit) {
      const some = versions.slice(from, from + versionsPerCommit);
      if (count + some.length > versionsPerCommit) {
        yield part;
        part = [];
        count = 0;
      }
      part.push({ item, versions: some });
      count += some.length;
    }
  }
  if (part.length > 0) yield part;
}
