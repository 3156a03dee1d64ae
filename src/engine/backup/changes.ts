import type { ItemId } from '../../shared/domain/ids.ts';
import type { JsonValue } from '../../shared/domain/json.ts';
import type { KnownItem } from '../catalog/index.ts';
import type { Sighting, SourceSession } from '../sources/source.ts';
import type { SourceDescription } from '../../shared/domain/commit.ts';

/** A folder of the source and the item that stands for it in the storage. */
export interface FolderState {
  readonly item: ItemId;
  readonly parent: ItemId | null;
  /** The source's own key, by which its session reads the folder. */
  readonly key: string;
  /** From the root down, for people. */
  readonly path: string;
  readonly sighting: Sighting;
  /** Undefined when the folder is new. */
  readonly known: KnownItem | undefined;
  readonly changed: boolean;
}

/** One item that has to be read. */
export interface ItemWork {
  readonly sighting: Sighting;
  /** The item that this continues; undefined: a new one. */
  readonly known: KnownItem | undefined;
  readonly need: 'content' | 'metadata';
}

export interface FolderWork {
  readonly folder: FolderState;
  readonly items: readonly ItemWork[];
  /** To be committed once all items of the folder are; undefined: none, or the listing was not complete. */
  readonly cursor: JsonValue | undefined;
}

/** All that the comparing phase found out about one source. */
export interface SourceChanges {
  readonly description: SourceDescription;
  readonly session: SourceSession;
  readonly work: readonly FolderWork[];
  /** Gone from complete listings; children before their folders. Some may turn out to have moved. */
  readonly vanished: readonly KnownItem[];
  /** Folders in which something is no longer, be it that it moved. */
  readonly losing: ReadonlySet<ItemId | null>;
  readonly itemsToRead: number;
  readonly bytesToRead: number;
  /** Every folder could be listed. */
  readonly isWhole: boolean;
}

export interface KnownFolderIndex {
  find(parent: ItemId | null, key: string): KnownItem | undefined;
  byIdentity(identity: string): KnownItem | undefined;
  readonly all: readonly KnownItem[];
}

export function indexFolders(folders: readonly KnownItem[]): KnownFolderIndex {
  const byPlace = new Map(folders.map((folder) => [`${folder.folder ?? ''}/${folder.key}`, folder]));
  const byIdentity = new Map<string, KnownItem>();
  for (const folder of folders) if (folder.identity !== undefined) byIdentity.set(folder.identity, folder);
  return {
    all: folders,
    find: (parent, key) => byPlace.get(`${parent ?? ''}/${key}`),
    byIdentity: (identity) => byIdentity.get(identity),
  };
}
