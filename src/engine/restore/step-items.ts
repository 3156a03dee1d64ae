import type { Manifest } from '../../shared/domain/item.ts';
import type { RestoreStep } from '../catalog/index.ts';
import type { Made, RestoreItem } from '../sources/destination.ts';
import { foldersOf, restoreItem, type ItemTools } from './items.ts';
import { livePlace } from './target-folders.ts';

export interface StepTools extends ItemTools {
  /** A version as the restore wrote it: without the mark for deleting, with a keyword. */
  readonly asWritten: (manifest: Manifest) => Manifest;
}

/**
 * What a step of the journal was about, as it was handed to the destination: where it was put, by the names that led there then; what the
 * folders were is known as far as they are still called so. Undefined: the storage no longer has that version.
 */
export function itemOfStep(step: RestoreStep, tools: StepTools): RestoreItem | undefined {
  const { item: id, version, key, folder, how, replaced } = step;
  const kept = id === '' ? undefined : tools.catalog.version(id, version);
  if (kept === undefined) return undefined;
  if (step.what === 'removed') return whereItLay(kept, replaced, tools);
  const folders = foldersOf(tools.catalog, kept);
  const names = folders.map(({ name }) => name);
  const folderPath = key === '' && folder !== '' ? (JSON.parse(folder) as string[]) : names;
  const isSame = folderPath.length === names.length;
  const item = restoreItem(tools.asWritten(kept), { folders: isSame ? folders : [], folderPath }, tools);
  if (how === 'replace' || replaced === null) return item;
  return { ...item, beside: (JSON.parse(replaced) as Pick<RestoreItem, 'beside'>).beside };
}

/** As it was: no keyword of a restore is on it. */
function whereItLay(manifest: Manifest, names: string | null, tools: StepTools): RestoreItem {
  const { folders, folderPath } = livePlace(manifest, tools.catalog);
  const lay = JSON.parse(names ?? '[]') as string[];
  const isSame = lay.length === folderPath.length && lay.every((name, index) => name === folderPath[index]);
  return restoreItem(manifest, { folders: isSame ? folders : [], folderPath: lay }, tools);
}

/** By what name the destination knows it; undefined: by its place. */
export const madeBy = ({ folder, key, revision }: RestoreStep): Made | undefined =>
  key === '' ? undefined : { folder, key, revision };
