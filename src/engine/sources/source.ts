import type { ItemKind, Summary } from '../../shared/domain/item.ts';
import type { JsonObject, JsonValue } from '../../shared/domain/json.ts';
import type { Failure } from '../../shared/domain/strata-error.ts';
import type { LeftOut } from '../../shared/domain/survey.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Content } from '../kernel/content.ts';
import type { Log } from '../kernel/log.ts';
import type { RunContext } from '../kernel/run-context.ts';

/**
 * Where items come from. Nothing here can change a source: writing back is another port (`destination.ts`).
 *
 * Guarantee: what cannot be listed or read completely is an error or a `problem`, never an empty answer.
 */
export interface Source {
  /** Connects and signs in. Fails with a `source.*` code. */
  open(run: RunContext): Promise<SourceSession>;
  /** Notices changes while they happen. Resolves once it does; fails with a `source.*` code. Absent: nothing here tells of changes. */
  watch?(listener: WatchListener): Promise<Watcher>;
}

export interface SourceSession {
  /** Server's abilities and the like, for people. */
  readonly capabilities: readonly string[];
  /** Kinds of sources that reach what the same server has beside this one, and this one cannot read. */
  readonly alsoNeeds?: readonly ('caldav' | 'carddav')[];
  /** What the walk has come past can be read while it goes on. */
  readonly readsWhileWalking?: true;
  /**
   * Visits every folder, parents before children, the root (key `''`) first.
   * Ending without an error means: these were all. Throwing means: nothing can be said of what was not visited.
   * With a `scope` it may pass by what is not wanted; then ending means nothing for what was not visited.
   */
  walk(known: KnownCursors, run: RunContext, scope?: Scope): AsyncIterable<FolderVisit>;
  /** A live look without reading items; `parentKey` undefined: all folders. */
  folders(parentKey: string | null | undefined, run: RunContext): Promise<readonly FolderOverview[]>;
  /**
   * Reads what was sighted in one folder in this session's walk, in any order, each exactly once. May be asked again for the same.
   * An item that cannot be read is a `problem`; only a failure of the whole source throws.
   * The folder itself can be among the wanted (its sighting is the visit's, need `metadata`): the answer carries its properties.
   */
  read(folderKey: string, wanted: readonly Wanted[], run: RunContext): AsyncIterable<Reading>;
  /**
   * Whether the source's own settings leave out what was there: a folder by its names from below the root down, or an item in it by its
   * key. Of what is left out nothing is concluded. Absent: they leave out nothing.
   */
  leavesOut?(folder: readonly string[], item?: string): boolean;
  /** Never throws. */
  close(): Promise<void>;
}

export interface KnownCursors {
  /** What `FolderScan.cursor` said at the last commit that held all of that scan. */
  cursor(folderKey: string): JsonValue | undefined;
  /** The same, also where all must be listed anew: it may tell whether this is still that place, and is never to go on from. */
  before?(folderKey: string): JsonValue | undefined;
  /** Nobody wants what is in this folder or below it, by names from below the root down: it need not be looked into, nor visited. */
  passesBy?(folder: readonly string[]): boolean;
  /** What is left out is to be visited and sighted as well, with what leaves it out: somebody wants to see that, and not to save it. */
  readonly tellsLeftOut?: boolean;
}

/** The few folders that a limited walk is about. */
export interface Scope {
  readonly folders: ReadonlySet<string>;
  /** To be asked for each folder, once the one above it was visited: what is not known yet is wanted, too. */
  wants(folder: Sighting, parentKey: string | null): boolean;
}

/** By the settings of the source itself. */
export const leftOutBySettings: LeftOut = { rule: 'source', text: null };

/** As if nothing had been committed yet. */
export const noCursors: KnownCursors = { cursor: () => undefined };

export interface FolderOverview {
  readonly key: string;
  readonly parentKey: string | null;
  readonly name: string;
  readonly specialUse: string | null;
  readonly items: number | null;
  readonly excluded: boolean;
}

export interface FolderVisit {
  /** The folder itself, an item of kind `folder`. Its key is unique in the source; the root's is `''`. */
  readonly folder: Sighting;
  /** Null for the root. */
  readonly parentKey: string | null;
  /** Undefined: unreadable. Then nothing in it or below it may be taken for vanished, and `problem` says why. */
  readonly scan: FolderScan | undefined;
  readonly problem?: Failure;
  /**
   * In a limited walk: it is there, and was not looked into. `items`: every folder that is in it is visited all the same; `wholly`:
   * of nothing that is in it anything may be concluded.
   */
  readonly passedBy?: 'items' | 'wholly';
  /** The source's settings leave out all that is in it and below it: nothing is concluded of that, and `scan` holds nothing. */
  readonly isLeftEmpty?: true;
  /** Only where it was asked for. With `scan` undefined and without a problem: nobody looks into it. */
  readonly leftOut?: LeftOut;
  /** Of the root, where the source knows it beforehand: identities of the folders that it is going to visit. */
  readonly identities?: ReadonlySet<string>;
  /** `\Junk` and the like, where the source says so. */
  readonly specialUse?: string | null;
  /** It belongs to others, or to everybody. */
  readonly isShared?: boolean;
}

export interface FolderScan {
  /** `full`: what is not sighted has vanished. `changes`: only what `vanished` names has. Known after the iteration. */
  readonly completeness: 'full' | 'changes';
  /** In batches of any size. Items only, no sub-folders. Throws when the listing is not complete. */
  readonly sightings: AsyncIterable<readonly Sighting[]>;
  /** Keys; asked after the iteration. */
  vanished(): readonly string[];
  /** Asked after the iteration; undefined: none. */
  cursor(): JsonValue | undefined;
}

/**
 * An item as the comparing phase sees it, without reading it. A source may hang more of its own on it, and must do as well with what
 * JSON leaves of that: what waits to be read is packed where there is much of it.
 */
export interface Sighting {
  /** Unique in its folder. */
  readonly key: string;
  readonly name: string;
  readonly kind: ItemKind;
  /** Equal to the last version's: the content is the same. */
  readonly contentRevision: string;
  /** Equal to the last version's: the metadata are the same. */
  readonly metadataRevision: string;
  /**
   * Survives a move inside the source; with an equal content revision it proves that it is the same item. One that the content revision
   * begins with is the content's own: whatever has both has the same bytes, though there be several.
   */
  readonly identity?: string;
  readonly sizeBytes: number;
  /** The item's own time, where it is known without reading: when a message came, when a file was changed. */
  readonly timeMs?: number;
  /** Only where it was asked for. */
  readonly leftOut?: LeftOut;
}

export interface Wanted {
  readonly sighting: Sighting;
  readonly need: 'content' | 'metadata';
}

export interface Reading {
  readonly key: string;
  /** Why it could not be read; then nothing else is of use. */
  readonly problem?: Failure;
  readonly metadata: JsonObject;
  /** The metadata with extended attributes, which are read with the content where it has a change time. */
  metadataWith?(attributes: ReadonlyMap<string, Uint8Array>): JsonObject;
  readonly summary: Summary;
  /** What was really read: differs from the sighting's where the item changed in between. */
  readonly contentRevision: string;
  readonly metadataRevision: string;
  /** Undefined for items without content, and where only metadata were wanted. */
  readonly content?: Content;
  /** Where the content turns out not to be what was sighted (`item.changed-while-reading`): what the item is now. To be asked once. */
  again?(): Reading;
}

/**
 * What may have changed: where to look, and never what there is. It may be told too much, twice, or too little; what nobody was told of is
 * found by the next whole walk. `everything`: something went unseen, and only a whole walk knows what.
 */
export type ChangeNotice =
  | { readonly kind: 'folders'; readonly folders: readonly string[] }
  | { readonly kind: 'everything'; readonly because: 'overflow' | 'beginning' };

/** Who wants to know. */
export interface WatchListener {
  /** Aborted: whatever the watcher waits for is not wanted any more. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly log: Log;
  /** Files of the watcher's own may lie there, to go on from where it was; their names begin so. */
  readonly memory: string;
  /** Paths that this program writes to itself. */
  readonly ownPaths: readonly string[];
  readonly tell: (notice: ChangeNotice) => void;
  /** It has come to its end by itself, and notices nothing any more. */
  readonly lost: (failure: Failure) => void;
}

export interface Watcher {
  /** `events`: told at once. `polling`: looked at again and again. Both: some at once, the others every {@link everyMs}. */
  readonly by: 'events' | 'polling' | 'both';
  /** Null where nothing is polled. */
  readonly everyMs: number | null;
  /** Why nothing tells at once: a network's file system, or the system watches no more places. */
  readonly because?: 'network' | 'limit';
  /** Folders that are watched; null: all there are. */
  readonly places: number | null;
  /** Keeps in mind that all that was told until now is going to be stored; to be called back once it is. */
  mark?(): Promise<() => void>;
  /** Never throws. */
  close(): Promise<void>;
}
