import type { SourceDescription } from '../../shared/domain/commit.ts';
import type { ItemId } from '../../shared/domain/ids.ts';
import type { Catalog, KnownItem } from '../catalog/index.ts';
import { newId, type Random } from '../kernel/random.ts';
import type { FolderVisit, Sighting } from '../sources/source.ts';
import type { KnownFolderIndex } from './changes.ts';
import type { FolderState } from './work.ts';

/** What of a comparison tells one folder from another. */
interface Recognising {
  readonly catalog: Catalog;
  readonly description: SourceDescription;
  readonly random: Random;
  readonly folders: Map<string, FolderState>;
  readonly visited: Set<ItemId>;
  readonly unsure: Set<ItemId>;
  /** Of all folders that are there, as far as the source knows beforehand. */
  readonly identities: Set<string>;
}

/**
 * A folder is the one that was known at its place, or the one that was known under its identity and is not at its old place. Where the one
 * that was known at a place is now under another name, what is at its place is a new one.
 */
export function recogniseFolder(comparison: Recognising, index: KnownFolderIndex, visit: FolderVisit): FolderState {
  const { folders, visited, unsure, random, identities } = comparison;
  for (const identity of visit.identities ?? []) identities.add(identity);
  const parentState = visit.parentKey === null ? undefined : folders.get(visit.parentKey);
  const parent = parentState?.item ?? null;
  const sighting = visit.folder;
  const there = atItsPlace(comparison, index.find(parent, sighting.name), sighting) ?? movedFolder(index, visited, sighting);
  const known = there ?? returnedFolder(comparison, parent, sighting);
  const changed =
    there === undefined ||
    there.folder !== parent ||
    there.key !== sighting.name ||
    there.metadataRevision !== sighting.metadataRevision;
  const path = parentState?.path ? `${parentState.path}/${sighting.name}` : sighting.name;
  const state: FolderState = {
    item: known?.item ?? newId<ItemId>(random),
    parent,
    key: sighting.key,
    path,
    sighting,
    known,
    changed,
  };
  folders.set(sighting.key, state);
  visited.add(state.item);
  if (parent !== null && unsure.has(parent)) unsure.add(state.item);
  return state;
}

function atItsPlace(
  { visited, identities }: Recognising,
  folder: KnownItem | undefined,
  { identity }: Sighting,
): KnownItem | undefined {
  const isElsewhere = folder?.identity !== undefined && folder.identity !== identity && identities.has(folder.identity);
  return isElsewhere ? undefined : notYet(visited, folder);
}

const notYet = (visited: ReadonlySet<ItemId>, folder: KnownItem | undefined): KnownItem | undefined =>
  folder !== undefined && visited.has(folder.item) ? undefined : folder;

function movedFolder(index: KnownFolderIndex, visited: ReadonlySet<ItemId>, sighting: Sighting): KnownItem | undefined {
  const candidate = sighting.identity === undefined ? undefined : notYet(visited, index.byIdentity(sighting.identity));
  return candidate?.folder === null ? undefined : candidate;
}

function returnedFolder({ catalog, description }: Recognising, parent: ItemId | null, sighting: Sighting): KnownItem | undefined {
  return catalog.deletedItems(description.id, parent, 'folders').get(sighting.name);
}
