import type { Change, ItemKind, Manifest } from '../../shared/domain/item.ts';
import type {
  ChunkLocation,
  Commit,
  CommitContents,
  GivenBack,
  ItemVersions,
  PackSummary,
  RecordedManifests,
  SourceDescription,
} from '../../shared/domain/commit.ts';
import type { Freeze } from '../../shared/domain/freeze.ts';
import type { Hold } from '../../shared/domain/hold.ts';
import type { ChunkId, CommitId, ContentDigest, ItemId, PackId, RunId, SourceId } from '../../shared/domain/ids.ts';
import type { JsonValue } from '../../shared/domain/json.ts';
import type { FolderSize, SenderSize } from '../../shared/domain/size.ts';
import type { Random } from '../kernel/random.ts';
import type { TextContentList } from './reading/text-contents.ts';
import type {
  DifferencePage,
  DifferenceQuery,
  FindQuery,
  FolderRow,
  FoundRow,
  HistoryEntry,
  ItemRow,
  PageQuery,
} from './shown.ts';
import type { TextHits } from './texts/text-index.ts';

/**
 * What a storage holds, made fast to browse. What retention hid is in the history of its item, and nowhere else. A cache: it can be deleted at any time and is made again from the storage's
 * commits, with the same rows. Synchronous; one writer, and the readers share its connection or open their own.
 */
export interface Catalog {
  /** Sequence and id of the last commit that was applied; 0 and null for a new one. */
  applied(): { readonly sequence: number; readonly id: CommitId | null };
  /**
   * In one transaction. Refuses a commit that does not follow the last, and, with `catalog.unusable`, one that brings back what is not
   * here any more: then a rebuild must read it from the storage.
   */
  apply(contents: CommitContents): void;
  /** For one cycle, whose commits then go through it; undefined: there is no thread for it. */
  ahead(): RowsOfCycle | undefined;
  /** A commit of a cycle is true and its rows are on their way: until they are there, nobody else may apply anything. */
  isApplying(): boolean;
  /**
   * Only for an empty catalog, with all commits of a storage as they are now: manifests of what was removed are stubs, packs out of use
   * have no chunks. The same rows as applying each commit when it was made, but faster. In steps, each of which gives the number of
   * commits done: nothing happens until somebody takes them, and until the last the catalog answers nothing. One that was left before is
   * `catalog.unusable`.
   */
  rebuild(commits: Iterable<CommitContents>): Iterable<number>;

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
  /**
   * An item that is there now and whose whole content a source knows by this identity: one that its content revision begins with, as
   * EMAILID does. What a file is known by outlives its contents, and leads to none.
   */
  contentNamed(source: SourceId, identity: string, contentRevision: string): ItemId | undefined;
  /**
   * What manifests said, in the order in which they were added, counted from 0; a stub where the version was removed. Undefined where it
   * does not hold all of so many: for who makes records anew that a storage has lost.
   */
  remembered(from: number, count: number, all: number): Manifest[] | undefined;
  /** The newest version whole, to write the next one from. */
  newest(item: ItemId): Manifest | undefined;
  /** Folders of the source of which it has one. */
  cursorKeys(source: SourceId): string[];
  cursor(source: SourceId, folderKey: string): JsonValue | undefined;
  /** What no job took any more when the source was last compared, and since when. A folder: with what is directly in it. */
  unchosen(source: SourceId): ReadonlyMap<ItemId, number>;
  /** Of that what a person lets retention take. */
  letGo(source: SourceId): ReadonlyMap<ItemId, LetGo>;
  /** What restores made in one folder of a source, by key; an item of that source as it is, or was before its deletion. */
  givenBackTo(source: SourceId, folderKey: string): Map<string, { readonly item: KnownItem; readonly isGone: boolean }>;
  /** What restores made of an item at a source. */
  givenBackOf(item: ItemId, source: SourceId): GivenBack[];
  /** Whether an item of the source that is there now has lost a chunk, so that it must be read again although nothing changed. */
  hasLostItems(source: SourceId): boolean;

  // --- for retention
  /** Versions of a source that ended, or are the deletion of an item, and are seen; in order of item, then version. Folders included. */
  endedVersions(source: SourceId): Iterable<EndedVersion>;
  /** What is there now and is seen, as versions that have not ended; in order of item. Folders included. */
  presentVersions(source: SourceId): Iterable<EndedVersion>;
  measureVersions(refs: Iterable<ItemVersions>): { readonly versions: number; readonly bytes: number };
  /** For people; the largest first. */
  describeVersions(refs: Iterable<ItemVersions>, limit: number): DescribedVersion[];
  holds(): Hold[];
  freezes(): Freeze[];
  /** A folder's hold is on each item of which any version lies or lay below it. */
  isHeld(source: SourceId, item: ItemId, version: number): boolean;

  // --- for reading
  locate(id: ChunkId): ChunkLocation | undefined;
  /** Those of many that are known. */
  locateAll(ids: readonly ChunkId[]): ReadonlyMap<ChunkId, ChunkLocation>;
  /** Those in use, in the order in which they came. */
  packs(): PackSummary[];
  /** Versions that are seen and have a content no larger than this, by chance; fewer where there are fewer. For a trial. */
  sample(count: number, mostBytes: number, random: Random): Manifest[];
  /** All versions that are seen and have a content, in the order in which they came, page by page. What is applied meanwhile may be among them. */
  candidates(): Iterable<readonly Candidate[]>;
  /** The version of a candidate. */
  drawn(row: number): Manifest;
  /** All chunk ids, for a dedup set. */
  chunkIds(): Iterable<ChunkId>;
  version(item: ItemId, version: number | null): Manifest | undefined;
  /** The version that was valid at the moment (null: newest); undefined if there was none or it was deleted then. */
  versionAt(item: ItemId, atMs: number | null): Manifest | undefined;
  /**
   * Everything not deleted at the moment, parents before children, folder by folder. Items and sources add up; none of both is
   * everything. A folder stands for all below it when recursive, else for what is directly in it. A source's root is never
   * among the items: it is the source itself. What is applied after the first step changes nothing. @param passes All folders and what
   * is first of the items come before the rest.
   */
  select(selection: Selection, atMs: number | null, passes?: TwoPasses): Iterable<SelectedItem>;
  /**
   * Everything that vanished in the period (both ends included) and is still gone, as it was before, folder by folder; folders only as
   * the places of what was in them.
   */
  vanished(selection: Selection, period: { readonly fromMs: number; readonly toMs: number }): Iterable<SelectedItem>;
  /** Folders are not counted. */
  measure(selection: Selection, atMs: number | null): { readonly items: number; readonly bytes: number };
  /** Items of which a version needs one of these chunks, or one that lies in one of these packs, as `source/folder/name`; at most 1000. */
  affected(chunks: ReadonlySet<ChunkId>, lostPacks?: ReadonlySet<PackId>): string[];
  /** All of them, oldest first: as many as there were cycles. For one or a few, ask for those. */
  commits(): Commit[];
  newestCommit(): Commit | undefined;
  /** The time of the first commit; null before it. */
  firstCommitMs(): number | null;
  /** The greatest time of all commits, which is an older one's where a clock was set back. Null: there is none. */
  newestCommitMs(): number | null;
  /** The newest commits that are moments and not forgotten, newest first. What a commit did beside adding versions is not told. */
  moments(limit: number): Commit[];
  /** Of all moments that are not forgotten, ascending. */
  momentTimes(): number[];
  /** Per source: when the last commit was made that held all of it. */
  protectedUntil(): Map<SourceId, number>;
  /** When commits since then held all of the source, ascending; of so many commits at most, the newest. */
  completions(source: SourceId, sinceMs: number, mostCommits: number): number[];
  /** Per source: when the last commit was made whose run had it among its sources, whole or not. */
  lastListed(): Map<SourceId, number>;
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
  /** What is not the same at two moments. Others get a turn meanwhile. */
  differences(query: DifferenceQuery): Promise<DifferencePage>;
  /** Local-time days are the caller's: `dayOf` maps a time to its day. */
  density(
    folder: ItemId | null,
    dayOf: (timeMs: number) => number,
  ): { readonly dayMs: number; readonly saved: number; readonly vanished: number }[];
  /** Days on which something came or went, by the caller's days. */
  growth(dayOf: (timeMs: number) => number): GrowthDay[];
  /** For every folder and kind of which there is anything. Others get a turn meanwhile, and what is applied then may be among it. */
  sizes(): Promise<FolderSize[]>;
  /** Of what is directly in these folders, of one kind or of all: whose it is, the largest first. As above. */
  senders(folders: readonly ItemId[], kind: ItemKind | null): Promise<SenderSize[]>;
  /**
   * Words (each a beginning, unless quoted), `from: to: subject: in: before: after: larger: has:attachment kind: is:vanished`;
   * newest items first. An item that is gone at the moment is found when `deleted` is set, or alone with `is:vanished`.
   * @param texts Where it is indexed what items say: looked in as well, and alone with `body:`.
   */
  find(query: FindQuery, texts?: TextHits): FoundRow[];
  // --- for an index of texts
  readonly textContents: TextContentList;
  // --- for people
  /** By id, by unambiguous prefix of one, or by path `SOURCE/FOLDER/NAME` at the moment. Several: ambiguous. */
  resolve(text: string, atMs: number | null): ItemId[];
  folderPath(folder: ItemId | null, atMs: number | null): string[];

  /** All rows of all tables in a fixed order, to compare two catalogs. Keys of the file format of SQLite excluded. */
  dump(): Iterable<string>;
  close(): void;
}

/** Writes rows of a commit while it is made, beside everything else. Nobody sees them before it is true. */
export interface RowsOfCycle {
  /** In the order of the commit. The bytes are the receiver's. */
  add(basis: RowsBasis, record: RecordedManifests): void;
  /** As {@link Catalog.apply}; `count` says how many manifests the commit has. */
  apply(contents: CommitContents, count: number): Promise<void>;
  /** What was not applied goes. */
  close(): void;
}

/** What the numbers of rows depend on beside the manifests: the commit's run, and its sources in their order. */
export interface RowsBasis {
  readonly run: RunId;
  readonly sources: readonly SourceId[];
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
  /** A chunk of its content is nowhere any more. */
  readonly isLost: boolean;
}

/** A version, as far as who draws from all of them must know it. */
export interface Candidate {
  readonly row: number;
  readonly source: SourceId;
  readonly sizeBytes: number;
  readonly validFromMs: number;
  readonly validToMs: number | null;
}

export interface LetGo {
  /** Since when no job takes it. */
  readonly sinceMs: number;
  /** Since when retention may take it. */
  readonly letGoMs: number;
}

export interface EndedVersion {
  readonly item: ItemId;
  readonly version: number;
  readonly kind: ItemKind;
  readonly folder: ItemId | null;
  readonly change: Change;
  readonly validFromMs: number;
  /** Null for the newest, which then is a deletion. */
  readonly validToMs: number | null;
  readonly sizeBytes: number;
  /** How many newer versions of the item are seen, deletions not counted. */
  readonly newer: number;
  /** The item is deleted now: since when. */
  readonly goneSinceMs: number | null;
}

export interface DescribedVersion {
  readonly item: ItemId;
  readonly version: number;
  /** How many the item has had. */
  readonly versions: number;
  readonly kind: ItemKind;
  readonly source: SourceId;
  /** As it was when the version began. */
  readonly folderPath: string;
  readonly name: string;
  readonly title: string;
  readonly validFromMs: number;
  readonly validToMs: number | null;
  readonly sizeBytes: number;
  readonly isDeletion: boolean;
}

export interface GrowthDay {
  readonly dayMs: number;
  /** Of all packs at the end of the day. */
  readonly packBytes: number;
  /** Contents that came on this day, as far as they are seen. */
  readonly added: readonly { readonly source: SourceId; readonly kind: ItemKind; readonly bytes: number }[];
}

export interface Selection {
  readonly items: readonly ItemId[];
  readonly sources: readonly SourceId[];
  readonly recursive: boolean;
}
/** Once through a selection for what comes first, and once more for the rest. */
export interface TwoPasses {
  readonly isFirst: (manifest: Manifest) => boolean;
  /** Told between the two. */
  readonly goesOn: () => void;
}

export interface SelectedItem {
  readonly manifest: Manifest;
  /** From the source's root down, the root itself excluded. */
  readonly folders: readonly Manifest[];
}
