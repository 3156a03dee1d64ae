import type { ArchiveChoice } from './archive.ts';
import type { Freeze } from './freeze.ts';
import type { Hold } from './hold.ts';
import type { ChunkId, CommitId, FreezeId, HoldId, ItemId, JobId, PackId, RunId, SourceId, StorageId } from './ids.ts';
import type { Manifest } from './item.ts';
import type { JsonValue } from './json.ts';
import type { RunCounts } from './run.ts';
import type { SourceSettings } from './source-settings.ts';

/**
 * `full` ends a cycle and is a moment. `checkpoint` saves a cycle's progress and is never shown as a moment. `retention` hides versions
 * and forgets moments, or takes that back. `hold` sets and releases holds and freezes. `prune` takes packs out of use, and `repair`
 * takes damaged ones out, both after putting what is needed into new ones. `owner` makes the storage its writer's. `restore` says what a
 * restore made where. The format reserves further ones.
 */
export const commitKinds = ['full', 'checkpoint', 'retention', 'hold', 'prune', 'repair', 'owner', 'restore'] as const;
export type CommitKind = (typeof commitKinds)[number];

/** Where one chunk lies. Bundled chunks share a record; a large chunk has one of its own, with offset 0. */
export interface ChunkLocation {
  readonly id: ChunkId;
  readonly pack: PackId;
  /** Which record of the pack, counting from 0. It is also the record's nonce. */
  readonly record: number;
  /** Where the record begins in the pack file, and its whole length there, header and tag included. */
  readonly recordOffset: number;
  readonly recordLength: number;
  /** Where the chunk lies in the record's plain bytes. */
  readonly offset: number;
  readonly length: number;
}

export interface PackSummary {
  readonly id: PackId;
  readonly sizeBytes: number;
}

/** A source as the storage remembers it, so that the storage alone can say what it holds. No secret. */
export interface SourceDescription {
  readonly id: SourceId;
  readonly name: string;
  readonly settings: SourceSettings;
}

export interface JobDescription {
  readonly id: JobId;
  readonly name: string;
}

export interface SourceCursors {
  readonly source: SourceId;
  /** Folder key → cursor. Only folders whose cursor changed; null forgets one. */
  readonly folders: Readonly<Record<string, JsonValue>>;
}

/** Some versions of one item. */
export interface ItemVersions {
  readonly item: ItemId;
  readonly versions: readonly number[];
}

/** What a restore made of a version at one of the sources, as that source names it: later the item is known there, and not made twice. */
export interface GivenBack {
  readonly item: ItemId;
  readonly version: number;
  readonly source: SourceId;
  /** The folder's key and the item's in it, as the source's sightings say them. */
  readonly folder: string;
  readonly key: string;
  /** What it takes to tell that it is still that one; empty where the key alone does. */
  readonly revision: string;
}

/** A record of manifests that lies elsewhere now. It is known for ever by the place where it was first written. */
export interface MovedManifests {
  readonly pack: PackId;
  readonly record: number;
  readonly to: { readonly pack: PackId; readonly record: number };
}

/**
 * What a commit does beside adding versions. A member that is absent does nothing. All of it is applied after the commit's own packs
 * and manifests, in the order in which it stands here.
 */
export interface CommitActs {
  /** Moments (sequences of `full` commits) that are shown no more. */
  readonly forgets?: readonly number[];
  /** Forgotten moments that are shown again. */
  readonly remembers?: readonly number[];
  readonly hides?: readonly ItemVersions[];
  /** Hidden versions that are there again. */
  readonly shows?: readonly ItemVersions[];
  readonly holds?: readonly Hold[];
  readonly releases?: readonly HoldId[];
  readonly freezes?: readonly Freeze[];
  readonly thaws?: readonly FreezeId[];
  /**
   * From now on nothing is concluded of these items: no job that saves their source takes them any more. A folder stands for itself and
   * for what is directly in it.
   */
  readonly unchooses?: readonly ItemId[];
  /** They are taken again. */
  readonly chooses?: readonly ItemId[];
  /** Of what is not chosen: a person said that retention may let it go, as if its source were gone. */
  readonly letsGo?: readonly ItemId[];
  /** It stays after all. */
  readonly keeps?: readonly ItemId[];
  readonly givesBack?: readonly GivenBack[];
  /** Records of manifests that were written anew, without what was hidden. */
  readonly movedManifests?: readonly MovedManifests[];
  /** Packs that nothing needs from here on: what is needed of them lies in the commit's own packs. */
  readonly removes?: readonly PackId[];
  /** Chunks that are needed and lie nowhere any more. They count as unknown until a later commit brings them. */
  readonly losesChunks?: readonly ChunkId[];
}

/** An installation of Strata: who made a commit, and since when the storage is his. */
export interface CommitWriter {
  readonly installation: string;
  /** His computer as people know it. */
  readonly host: string;
  readonly sinceMs: number;
}

/** Which commit of which storage a commit of a mirror repeats. */
export interface CommitOrigin {
  readonly storage: StorageId;
  readonly sequence: number;
  readonly id: CommitId;
  /** Of an archive that does not take everything. */
  readonly only?: ArchiveChoice;
}

/** What the committing run says; the storage adds order, packs and manifest roots. */
export interface CommitDraft extends CommitActs {
  readonly kind: CommitKind;
  readonly run: RunId;
  /** Null for what is done to a storage as a whole. */
  readonly job: JobDescription | null;
  /** Wall clock when the commit was made. The moment's time. */
  readonly atMs: number;
  readonly sources: readonly SourceDescription[];
  /** Sources whose comparing and copying ended without a failure of the whole source. */
  readonly completeSources: readonly SourceId[];
  readonly cursors: readonly SourceCursors[];
  readonly counts: RunCounts;
  readonly origin?: CommitOrigin;
}

export interface Commit extends CommitDraft {
  readonly id: CommitId;
  readonly storage: StorageId;
  /** 1, 2, 3 … */
  readonly sequence: number;
  readonly previous: CommitId | null;
  readonly appVersion: string;
  readonly packs: readonly PackSummary[];
  /** Absent in commits from before storages had owners. */
  readonly writer?: CommitWriter;
}

/** A record of manifests as it is stored: a line that is its head, then a line of JSON for each. */
export interface RecordedManifests {
  readonly count: number;
  readonly plain: Uint8Array<ArrayBuffer>;
}

/**
 * A commit with everything that became true by it. Applying these in order of sequence, and nothing else, makes the
 * catalog: right after committing and when rebuilding alike, so that both give the same rows.
 */
export interface CommitContents {
  readonly commit: Commit;
  /** In the order of the commit's packs, then of records, then of position in the record. */
  readonly chunks: Iterable<ChunkLocation>;
  /** In the order in which they were added. */
  readonly manifests: Iterable<Manifest>;
}
