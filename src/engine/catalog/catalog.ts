import type { Change, ItemKind, Manifest } from '../../shared/domain/item.ts';
import type { ChunkLocation, Commit, CommitContents, SourceDescription } from '../../shared/domain/commit.ts';
import type { ChunkId, ContentDigest, ItemId, PackId, RunId, SourceId } from '../../shared/domain/ids.ts';
import type { JsonObject, JsonValue } from '../../shared/domain/json.ts';

/**
 * What a storage holds, made fast to browse. A cache: it can be deleted at any time and is made again from the storage's
 * commits, with the same rows. Synchronous; one writer, and the readers share its connection or open their own.
 */
export interface Catalog {
  /** Sequence and id of the last commit that was applied; 0 and null for a new one. */
  applied(): { readonly sequence: number; readonly id: string | null };
  /** In one transaction. Refuses a commit that does not follow the last. */
  apply(contents: CommitContents): void;
  /** Only for an empty catalog: the same rows as applying all commits one by one, but faster. */
  rebuild(): CatalogRebuild;

  // --- for the comparing phase
  /** The newest state of everything in one folder that is not deleted, folders excluded; key → item. */
  knownItems(source: SourceId, folder: ItemId): Map<string, KnownItem>;
  /**
   * The newest state of all folders of a source that are not deleted, parents before children. A folder's `key` is unique in its
   * parent only (the engine stores the local name there), so that moving a folder touches none of those below it.
   */
  knownFolders(source: SourceId): KnownItem[];
  /** What was deleted from a folder (null: the source's root itself), newest state before the deletion, by key: a reappearance goes on with the same item. */
  deletedItems(source: SourceId, folder: ItemId | null, which: 'folders' | 'items'): Map<string, KnownItem>;
  /** The newest version whole, to write the next one from. */
  newest(item: ItemId): Manifest | undefined;
  cursor(source: SourceId, folderKey: string): JsonValue | undefined;

  // --- for reading
  locate(id: ChunkId): ChunkLocation | undefined;
  /** All chunk ids, for a dedup set. */
  chunkIds(): Iterable<ChunkId>;
  version(item: ItemId, version: number | null): Manifest | undefined;
  /** The version that was valid at the moment (null: newest); undefined if there was none or it was deleted then. */
  versionAt(item: ItemId, atMs: number | null): Manifest | undefined;
  /**
   * Everything not deleted at the moment, parents before children, folder by folder. Items and sources add up; none of both is
   * everything. A folder stands for all below it when recursive, else for what is directly in it. A source's root is never
   * among the items: it is the source itself. What is applied after the first step changes nothing.
   */
  select(selection: Selection, atMs: number | null): Iterable<SelectedItem>;
  /** Folders are not counted. */
  measure(selection: Selection, atMs: number | null): { readonly items: number; readonly bytes: number };
  /** Items of which a version needs one of these chunks, or one that lies in one of these packs, as `source/folder/name`; at most 1000. */
  affected(chunks: ReadonlySet<ChunkId>, lostPacks?: ReadonlySet<PackId>): string[];
  /** All of them, oldest first: as many as there were cycles. For one or a few, ask for those. */
  commits(): Commit[];
  newestCommit(): Commit | undefined;
  /** The newest commits that are moments, newest first. */
  moments(limit: number): Commit[];
  /** Per source: when the last commit was made that held all of it. */
  protectedUntil(): Map<SourceId, number>;
  /** The run's last. */
  commitOfRun(run: RunId): Commit | undefined;
  sources(): SourceDescription[];
  /** `items` and `itemBytes` as of now; folders are not counted. */
  totals(): {
    readonly items: number;
    readonly versions: number;
    readonly itemBytes: number;
    readonly packBytes: number;
    readonly moments: number;
  };

  // --- for people
  /** Folders until the moment, roots included, parents before children; what was deleted until then is marked, and shown where it was last. */
  tree(atMs: number | null): FolderRow[];
  /** Without sub-folders: those are the tree's. */
  page(query: PageQuery): { readonly total: number; readonly rows: ItemRow[] };
  /** A deletion is shown as what was there before it. */
  row(item: ItemId, version: number | null, atMs: number | null): ItemRow | undefined;
  history(item: ItemId): HistoryEntry[];
  /** Local-time days are the caller's: `dayOf` maps a time to its day. */
  density(
    folder: ItemId | null,
    dayOf: (timeMs: number) => number,
  ): { readonly dayMs: number; readonly saved: number; readonly vanished: number }[];
  /**
   * Words (each a beginning, unless quoted), `from: to: subject: in: before: after: larger: has:attachment kind: is:vanished`;
   * newest items first. An item that is gone at the moment is found when `deleted` is set, or alone with `is:vanished`.
   */
  find(query: FindQuery): ItemRow[];
  /** By id, by unambiguous prefix of one, or by path `SOURCE/FOLDER/NAME` at the moment. Several: ambiguous. */
  resolve(text: string, atMs: number | null): ItemId[];
  folderPath(folder: ItemId | null, atMs: number | null): string[];

  /** All rows of all tables in a fixed order, to compare two catalogs. Keys of the file format of SQLite excluded. */
  dump(): Iterable<string>;
  close(): void;
}

/** Until `finish` returned the catalog answers nothing, and one that was left before it is `catalog.unusable`. */
export interface CatalogRebuild {
  apply(contents: CommitContents): void;
  finish(): void;
}

export interface KnownItem {
  readonly item: ItemId;
  readonly version: number;
  readonly kind: ItemKind;
  readonly key: string;
  readonly name: string;
  readonly folder: ItemId | null;
  readonly contentRevision: string;
  readonly metadataRevision: string;
  readonly identity: string | undefined;
  readonly sizeBytes: number;
  /** Of the part `raw`; undefined for items without content. */
  readonly digest: ContentDigest | undefined;
}

export interface Selection {
  readonly items: readonly ItemId[];
  readonly sources: readonly SourceId[];
  readonly recursive: boolean;
}
export interface SelectedItem {
  readonly manifest: Manifest;
  /** From the source's root down, the root itself excluded. */
  readonly folders: readonly Manifest[];
}

export interface FolderRow {
  readonly item: ItemId;
  readonly source: SourceId;
  readonly parent: ItemId | null;
  readonly name: string;
  readonly path: string;
  readonly metadata: JsonObject;
  readonly items: number;
  readonly deleted: boolean;
}

export interface PageQuery {
  readonly folder: ItemId;
  readonly atMs: number | null;
  /** `as-of`: there at the moment. `all`: one row per item that was there until the moment. `vanished`: was there until the moment, is deleted now. */
  readonly mode: 'as-of' | 'all' | 'vanished';
  readonly sort: 'time' | 'name' | 'size' | 'from';
  readonly descending: boolean;
  readonly offset: number;
  readonly limit: number;
}
export interface FindQuery {
  readonly text: string;
  readonly atMs: number | null;
  readonly deleted: boolean;
  readonly kind: ItemKind | null;
  readonly limit: number;
}

export interface ItemRow {
  readonly item: ItemId;
  readonly version: number;
  readonly versions: number;
  readonly kind: ItemKind;
  readonly source: SourceId;
  readonly folder: ItemId | null;
  readonly folderPath: string;
  readonly name: string;
  readonly title: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly sizeBytes: number;
  readonly timeMs: number | null;
  readonly validFromMs: number;
  readonly hasAttachment: boolean;
  readonly flags: string[];
  readonly deleted: boolean;
  readonly vanishedAtMs: number | null;
}

export interface HistoryEntry {
  readonly manifest: Manifest;
  readonly validToMs: number | null;
  readonly change: Change;
  readonly folderPath: string;
  /** Validity of each part's digest: longer than the version's where only metadata changed. */
  readonly contents: readonly {
    readonly part: string;
    readonly digest: ContentDigest;
    readonly sizeBytes: number;
    readonly validFromMs: number;
    readonly validToMs: number | null;
  }[];
}
