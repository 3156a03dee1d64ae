import type { ItemId, SourceId } from '../../shared/domain/ids.ts';
import type { Manifest } from '../../shared/domain/item.ts';
import { isStrataError } from '../../shared/domain/strata-error.ts';
import type { Catalog, KnownItem } from '../catalog/index.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import type { DestinationSession, RestoreItem } from '../sources/destination.ts';
import { type Chosen, selectedItems } from './chosen.ts';
import { concernsItem } from './failures.ts';
import { restoreItem, type ItemTools } from './items.ts';

interface Asked extends Chosen, ItemTools {
  readonly catalog: Catalog;
  /** Whose folders they are. */
  readonly target: SourceId;
  /** What is restored goes back to the very folders that it came from. */
  readonly goesBack: boolean;
  /** Below a chosen folder of the target everything is part of it. */
  readonly isDeep: boolean;
  /** All of the source goes back to it: no folder of it is another one. */
  readonly isWhole: boolean;
}

/** Folders that a restore puts things into, as the storage knows those that are there. */
export interface TargetFolders {
  readonly folders: ReadonlySet<ItemId>;
  /** Whether the restore would put this very version into this very folder. */
  comesBack(item: KnownItem): boolean;
}

/**
 * Which folders of the target are meant is said by the target itself: by where the restore's session would put what is selected, held
 * against where what lies in each folder now would go back to.
 */
export async function findTargetFolders(
  asked: Asked,
  restoring: DestinationSession,
  target: DestinationSession,
  run: RunContext,
): Promise<TargetFolders> {
  const meant = await foldersMeant(asked, restoring, run);
  const folders = new Set<ItemId>();
  /** Folder of the target → what of the selection goes into it. */
  const sources = new Map<ItemId, ReadonlySet<ItemId>>();
  for (const known of asked.catalog.knownFolders(asked.target)) {
    stopIfCancelled(run);
    const manifest = known.folder === null ? undefined : asked.catalog.newest(known.item);
    const own = manifest && restoreItem(manifest, livePlace(manifest, asked.catalog), asked);
    const place = own && (await placeOf(own, target, run));
    const from = place === undefined ? undefined : meant.get(place);
    const isPart = asked.isWhole || (asked.isDeep && known.folder !== null && folders.has(known.folder));
    if (from === undefined && !isPart) continue;
    folders.add(known.item);
    sources.set(known.item, from ?? new Set());
  }
  const comesBack = ({ item, version, folder }: KnownItem): boolean =>
    asked.goesBack &&
    folder !== null &&
    sources.get(folder)?.has(folder) === true &&
    asked.catalog.versionAt(item, asked.atMs)?.version === version;
  return { folders, comesBack };
}

/** By the target's name for it: the folders of the selection that go there. */
async function foldersMeant(asked: Asked, session: DestinationSession, run: RunContext): Promise<Map<string, Set<ItemId>>> {
  const meant = new Map<string, Set<ItemId>>();
  let last: readonly Manifest[] | undefined;
  for (const { manifest, folders } of selectedItems(asked)) {
    stopIfCancelled(run);
    const own = manifest.kind === 'folder' ? manifest : folders.at(-1);
    // Items come folder by folder. What lay in no folder stands for none.
    if (own === undefined || (manifest.kind !== 'folder' && folders === last)) continue;
    last = folders;
    const folderPath = folders.map(({ name }) => name);
    const place = await placeOf(restoreItem(manifest, { folders, folderPath }, asked), session, run);
    if (place === undefined) continue;
    const from = meant.get(place) ?? new Set();
    meant.set(place, from.add(own.item));
  }
  return meant;
}

/** What the place does not take is told when it is restored. */
async function placeOf(item: RestoreItem, session: DestinationSession, run: RunContext): Promise<string | undefined> {
  try {
    return await session.folderOf?.(item, run);
  } catch (error) {
    if (!isStrataError(error) || !concernsItem(error)) throw error;
    return undefined;
  }
}

/** Where it lies now, by what its folders are called now. */
export function livePlace(manifest: Manifest, catalog: Catalog): { folders: Manifest[]; folderPath: string[] } {
  const folders: Manifest[] = [];
  for (let id = manifest.folder; id !== null; ) {
    const folder: Manifest | undefined = catalog.newest(id);
    if (folder === undefined) break;
    if (folder.folder !== null) folders.unshift(folder);
    id = folder.folder;
  }
  return { folders, folderPath: folders.map(({ name }) => name) };
}
