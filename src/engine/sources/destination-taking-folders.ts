import { isAbsolute } from 'node:path';
import { errnoOf } from '../kernel/file-failure.ts';
import type { FileSystem } from '../kernel/file-system.ts';
import type { FolderTakenBack } from './destination.ts';
import type { Tree } from './destination-tree.ts';

/**
 * Removes a directory that a restore made, as {@link Tree} told it, unless anything lies in it. Only an empty one can be removed at all,
 * so what somebody puts into it at the last moment is safe.
 */
export function takeDirectory(tree: Tree, path: string, files: FileSystem): FolderTakenBack {
  const place = placeOf(tree, path);
  const there = place === undefined ? undefined : files.lstat(place);
  if (place === undefined || there === undefined) return 'gone';
  if (there.type !== 'directory') return 'in-use';
  try {
    files.removeDirectory(place);
    return 'taken';
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'EBUSY'].includes(errnoOf(error) ?? '')) return 'in-use';
    throw error;
  } finally {
    // It may hold on to what is gone by now.
    tree.close();
  }
}

/** What lies above the base was named by a person, and is reached by that very path. */
function placeOf(tree: Tree, path: string): string | undefined {
  if (isAbsolute(path)) return path;
  const names = path.split('/');
  return tree.find(names.slice(0, -1))?.at(names.at(-1));
}
