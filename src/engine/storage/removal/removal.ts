import type { CommitContents } from '../../../shared/domain/commit.ts';
import type { CommitId, PackId, RunId, SourceId } from '../../../shared/domain/ids.ts';
import type { RunContext } from '../../kernel/run-context.ts';

/** Who commits, and when. */
export interface Author {
  readonly run: RunId;
  readonly atMs: number;
}

/** A commit that the caller saw: where the storage does not have it, it went back, and nothing is removed. */
export type KnownCommit = { readonly sequence: number; readonly id: CommitId } | null;

export interface PruneOptions {
  readonly known: KnownCommit;
  /** Packs of which less than this share is needed are written anew; undefined: three quarters. 1: all that hold anything that is not needed. */
  readonly leastLive?: number;
}

/** How many packs of a kind, and what they take. */
export interface PackCount {
  readonly packs: number;
  readonly bytes: number;
}

export interface PruneNumbers {
  /** All packs in use. */
  readonly before: PackCount;
  /** Nothing in them is needed. */
  readonly unused: PackCount;
  /** What is needed of them is written anew. */
  readonly repacked: PackCount;
  /** About what that takes. */
  readonly writtenBytes: number;
  /** No commit ever named them: what runs left that died. */
  readonly orphans: PackCount;
  /** Comes free when the trash is emptied of this, less what is written. Nothing comes free before. */
  readonly freedBytes: number;
  /** Hidden versions of which nothing but a stub is left then. */
  readonly stubs: number;
  /** How many packs more would be written anew, were there room. */
  readonly postponed: number;
  readonly sources: readonly PrunedSource[];
}

export interface PrunedSource {
  readonly source: SourceId;
  /** Versions that are not stubs, hidden ones included. */
  readonly versions: number;
  readonly hidden: number;
  /** Of what comes free, what was this source's. */
  readonly freedBytes: number;
  /** Hidden versions that stay because the source is frozen, and what nothing else keeps there. */
  readonly spared: number;
  readonly sparedBytes: number;
}

/** What a prune would do. Nothing has changed yet. */
export interface PrunePlan {
  readonly numbers: PruneNumbers;
  /**
   * At most once, under the lock that it was made with. Null: there is nothing to do. Else the commit, which the caller gives to the
   * catalog; the packs lie in the trash then. On a full disk it makes do with the packs that nothing needs.
   */
  apply(author: Author, run: RunContext): Promise<CommitContents | null>;
}

/** What one commit took out of use and still lies there. */
export interface TrashFolder {
  readonly sequence: number;
  readonly name: string;
  readonly run: RunId;
  /** By the times of commits. */
  readonly sinceMs: number;
  readonly packs: readonly { readonly id: PackId; readonly sizeBytes: number }[];
}

export interface EmptyTrashOptions {
  readonly known: KnownCommit;
  /** Never under 7 days, whatever it says. */
  readonly graceMs: number;
  readonly nowMs: number;
  /** What this very run put there stays. */
  readonly run: RunId;
}

/** What emptying the trash would delete for good. Nothing has changed yet. */
export interface TrashPlan {
  readonly due: PackCount;
  /** Lay there long enough, and stays for what only a frozen source needs of it. */
  readonly spared: PackCount;
  /** What lies there now, all of it, oldest first. */
  readonly folders: readonly TrashFolder[];
  apply(): Promise<void>;
}

/**
 * What changes a storage beyond adding to it. All of it needs an exclusive lock, reads commits and manifests from the packs and
 * never from a catalog, and stops with `storage.needs-repair` or `storage.went-back` at whatever it cannot read or misses.
 * Of a frozen source nothing goes: neither versions that are hidden, nor what already lies in the trash.
 * Caller's duty: a sane clock, the wish of a person or of a rule, and giving the commits that come back to the catalog.
 */
export interface Removal {
  planPrune(options: PruneOptions, run: RunContext): Promise<PrunePlan>;
  planEmptying(options: EmptyTrashOptions, run: RunContext): Promise<TrashPlan>;
  /**
   * Undoes what the prune with this sequence did, as far as it lies in the trash: its packs are in use again, and what it made
   * stubs of is there again. Throws `storage.not-in-trash` when nothing of it is left, and
   * `storage.nothing-to-return` where only what broken-off runs left lies there.
   */
  returnFromTrash(sequence: number, author: Author, run: RunContext): Promise<CommitContents>;
}
