import type { Manifest } from '../../shared/domain/item.ts';
import type { RunContext } from '../kernel/run-context.ts';
import type { Beside } from './destination-beside.ts';

/**
 * Where restored items go. The only port with verbs that write; never imported by the code that backs up.
 *
 * Guarantee: nothing is written outside the destination, and nothing that exists is changed unless `replace` was asked for.
 */
export interface Destination {
  /** Shown in reports: a path, an account and folder. */
  readonly label: string;
  /** @param making is told each folder right before it is made, by a name that `TakingBack` knows it by. */
  open(run: RunContext, making?: (folder: string) => void): Promise<DestinationSession>;
}

export interface RestoreItem {
  readonly manifest: Manifest;
  /** Folder names from the source's root down, as they were. Empty: directly in the root. */
  readonly folderPath: readonly string[];
  /** The manifests of these folders, in the same order: what the properties of a directory or mailbox were. */
  readonly folders: readonly Manifest[];
  /**
   * Reads the content from the storage, each call anew: for comparing with what is there and for writing. The last chunk comes
   * only after the whole was checked against its digest; a damaged item throws instead. Undefined for items without content.
   */
  readonly content: (() => AsyncIterable<Uint8Array>) | undefined;
  /** What earlier restores made of this very content here, newest first. It may be gone or changed since. */
  readonly madeBefore?: readonly Made[];
  /** An earlier restore began to make it here, and nobody knows whether it did. */
  readonly wasBegun?: boolean;
  /** All others of the restore were asked about: what is left in its place is nobody else's. */
  readonly isLast?: true;
  /** What is in its place stays, and it goes there under a name of its own. Never asked of a place that holds both. */
  readonly beside?: Beside | undefined;
}

/** An item as the source of this place names it. */
export interface Made {
  readonly folder: string;
  readonly key: string;
  /** As it was when it was made, where the key alone does not say that. */
  readonly revision: string;
}

export interface Written {
  /** Undefined: what was made is known by its place alone, or not at all. */
  readonly made?: Made;
}

/**
 * What became of something that a restore made. `taken`: it is as it was made, and gone by now unless it was only looked at.
 * `unknown`: what is there cannot be told from what was made.
 */
export type TakenBack = 'taken' | 'gone' | 'changed' | 'unknown';

export type FolderTakenBack = 'taken' | 'gone' | 'in-use';

/** Takes back what a restore made here, and only that: what was changed since stays, and so does a folder that anything lies in. */
export interface TakingBack {
  /** `made` undefined: nobody wrote down what it was called; then it is known by its place, its bytes and its properties. */
  item(item: RestoreItem, made: Made | undefined, how: 'look' | 'take', run: RunContext): Promise<TakenBack>;
  folder(folder: string, run: RunContext): Promise<FolderTakenBack>;
}

/** An item that only lacks its bytes: everything about its place is decided and held, so any thread can write it. */
export interface WriteOrder {
  /** Plain data, for the destination's own part in that thread. */
  readonly order: unknown;
  /** To be called once, with what that part answered; undefined: nothing was written. */
  readonly settle: (answer: unknown) => void;
}

/**
 * What is there now. `identical`: equal bytes. `other-bytes`: everything beside its bytes is as the item has it, as a power cut leaves
 * a file that was restored a moment before.
 */
export type Found = 'absent' | 'same-name' | 'identical' | 'other-bytes';

/** What stands in an item's place, held against the item. */
export interface Standing {
  readonly isSameContent: boolean;
  /** False also where nobody can tell. */
  readonly isOlder: boolean;
}

/**
 * In what something that was made differs from the item. `form`: it says the same in another form, because the server put its lines in
 * another order, or added some of its own. `rights`: also the time of a file.
 */
export type Difference = 'content' | 'form' | 'flags' | 'date' | 'rights';

/** What a place has to give. Null: it does not say. */
export interface PlaceLimits {
  readonly freeBytes: number | null;
  /** Of one item. */
  readonly largestBytes: number | null;
}

export interface DestinationSession {
  /** It names what it makes, so that it is known again whatever the server makes of it. */
  readonly namesWhatItMakes?: true;
  /** No item is in the place of another: both can be there at the same time. What is found for one that is not the last may be another's. */
  readonly holdsBoth?: true;
  /** Absent: what is made here cannot be taken back. */
  readonly takingBack?: TakingBack;
  /**
   * The folder that the item would lie in, or the folder itself if it is one, by a name that all sessions of the account have for it.
   * Undefined: none, or one that is yet to be made. Absent: nothing here is ever emptied.
   */
  folderOf?(item: RestoreItem, run: RunContext): Promise<string | undefined>;
  /** Where the item would go. Absent: nobody can tell. */
  limits?(item: RestoreItem, run: RunContext): Promise<PlaceLimits>;
  /** Reads what was made and holds it against the item; nothing: it is equal. Absent: what is made here cannot be read one by one. */
  readBack?(item: RestoreItem, made: Made | undefined, run: RunContext): Promise<readonly Difference[] | 'missing'>;
  /** Decides between create, replace, skip. Changes nothing. */
  probe(item: RestoreItem, run: RunContext): Promise<Found>;
  /** More of what a probe found to be there and not identical; asked right after it. Absent: no more can be told. */
  look?(item: RestoreItem, run: RunContext): Promise<Standing>;
  /** What would give way to the item, as the source of this place names it: of a session that names what it makes, asked right after a probe. */
  givingWay?(item: RestoreItem): Made | undefined;
  /**
   * Writes one item whole or not at all; a folder is an item, too (existing already is fine, whatever `how` says).
   * With `replace` an existing item of that name gives way once the new one is complete.
   */
  write(item: RestoreItem, how: 'create' | 'replace', run: RunContext): Promise<Written>;
  /**
   * In place of `write`, for destinations that can leave the writing to other threads. Undefined: this item is to be written here.
   * Until it is settled, nothing may be asked about its place: `isOrdered` tells.
   */
  order?(item: RestoreItem, how: 'create' | 'replace'): WriteOrder | undefined;
  /** `order` to create an item of which it is known without a look at the disk that nothing is in its place. Undefined: `probe` it. */
  orderNew?(item: RestoreItem): WriteOrder | undefined;
  isOrdered?(item: RestoreItem): boolean;
  /** After all items: properties of folders (times, modes) that writing into them would have disturbed. */
  finish(run: RunContext): Promise<void>;
  /** Never throws. */
  close(): Promise<void>;
}
