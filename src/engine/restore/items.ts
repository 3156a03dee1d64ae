import type { ItemId } from '../../shared/domain/ids.ts';
import type { Manifest } from '../../shared/domain/item.ts';
import type { Catalog } from '../catalog/index.ts';
import type { RestoreItem } from '../sources/destination.ts';
import type { Storage } from '../storage/index.ts';
import { asItemDamage } from './handing-over.ts';

export interface ItemTools {
  readonly storage: Storage;
  readonly catalog: Catalog;
  /** A content was read whole, and is what its digest says. */
  readonly verified?: () => void;
}

/** A version as destinations take it: with a content that is checked while it is read. */
export function restoreItem(
  manifest: Manifest,
  { folders, folderPath }: Pick<RestoreItem, 'folders' | 'folderPath'>,
  { storage, catalog, verified }: ItemTools,
): RestoreItem {
  const part = manifest.contents[0];
  const content = part === undefined ? undefined : () => checked(storage.read(part, catalog), manifest, verified);
  return { manifest, folders, folderPath, content };
}

/** Where the version lay when it was valid, the source's root excluded. */
export function foldersOf(catalog: Catalog, manifest: Manifest): Manifest[] {
  const folders: Manifest[] = [];
  let id: ItemId | null = manifest.folder;
  while (id !== null) {
    const folder: Manifest | undefined = catalog.versionAt(id, manifest.validFromMs) ?? catalog.newest(id);
    if (folder === undefined) break;
    if (folder.folder !== null) folders.unshift(folder);
    id = folder.folder;
  }
  return folders;
}

async function* checked(
  bytes: AsyncIterable<Uint8Array>,
  manifest: Manifest,
  verified: (() => void) | undefined,
): AsyncIterable<Uint8Array> {
  try {
    yield* bytes;
    verified?.();
  } catch (error) {
    throw asItemDamage(error, manifest.name);
  }
}
