import type { ItemId } from '../../shared/domain/ids.ts';
import type { KnownItem } from '../catalog/index.ts';
import type { SourceSession } from '../sources/source.ts';
import type { CommitActs, SourceDescription } from '../../shared/domain/commit.ts';
import type { FolderWork } from './work.ts';

/** Folders with what is to be read of them, parents before what is in them. */
export interface Work {
  readonly itemsToRead: number;
  readonly bytesToRead: number;
}

/** All that the comparing phase found out about one source. */
export interface SourceChanges {
  readonly description: SourceDescription;
  readonly session: SourceSession;
  readonly work: Work & (Iterable<FolderWork> | AsyncIterable<FolderWork>);
  /** Gone from complete listings; children before their folders. Some may turn out to have moved. */
  readonly vanished: readonly KnownItem[];
  /** What is known and no longer taken, and what is taken again. */
  readonly left: Pick<CommitActs, 'unchooses' | 'chooses' | 'letsGo' | 'keeps'>;
  /** Folders in which something is no longer, be it that it moved. */
  readonly losing: ReadonlySet<ItemId | null>;
  /** Every folder could be listed. To be asked when all work is done. */
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
