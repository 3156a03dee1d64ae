import { StrataError } from '../../../shared/domain/strata-error.ts';
import { errnoOf } from '../../kernel/file-failure.ts';
import type { DirectoryEntry, FileStat, FileSystem } from '../../kernel/file-system.ts';
import { pathBelow, type Place } from './places.ts';
import { holdsStorage } from './storage-mark.ts';
import type { Selection } from './selection.ts';

export interface Listing {
  /** Names of everything that is no directory. */
  readonly items: readonly string[];
  readonly directories: readonly Place[];
  /** All that is in it is left out, whatever it is. */
  readonly isLeftEmpty: boolean;
}

const leftEmpty: Listing = { items: [], directories: [], isLeftEmpty: true };

/** What is in a directory and not left out. Throws what the system says when it cannot be listed. */
export function listDirectory(place: Place, device: bigint, selection: Selection, files: FileSystem): Listing {
  // A mount point is kept, and what is mounted on it is not looked into.
  if (selection.oneFileSystem && device !== place.device) return leftEmpty;
  const entries = files.list(place.path);
  if (entries.some((entry) => entry.type !== 'directory' && selection.markers.has(entry.name))) return leftEmpty;
  if (holdsStorage(place.path, entries, files)) return leftEmpty;

  const items: string[] = [];
  const directories: Place[] = [];
  for (const entry of entries) {
    const relative = place.relative === '' ? entry.name : `${place.relative}/${entry.name}`;
    const path = pathBelow(place.path, entry.name);
    const isDirectory = typeOf(entry, path, files) === 'directory';
    if (selection.ignores(relative, isDirectory)) continue;
    const isIncluded = place.isIncluded || selection.includes(relative, isDirectory);
    if (!isDirectory) {
      if (isIncluded) items.push(entry.name);
    }
    // Named by a person as well: it is visited under that name, and not twice.
    else if (!selection.isNamed(path)) {
      directories.push({ ...place, path, relative, name: entry.name, parentKey: place.path, isIncluded });
    }
  }
  return { items, directories, isLeftEmpty: false };
}

function typeOf(entry: DirectoryEntry, path: string, files: FileSystem): DirectoryEntry['type'] {
  return entry.type ?? files.lstat(path)?.type;
}

/** Undefined: it has gone since the listing. `unreadable`: it is there and says nothing of itself. */
export function lookAt(directory: string, name: string, files: FileSystem): FileStat | 'unreadable' | undefined {
  let stat: FileStat | undefined;
  try {
    stat = files.lstat(pathBelow(directory, name));
  } catch (error) {
    const reason = errnoOf(error);
    if (reason === undefined) throw error;
    // Listing was allowed, looking is not: that holds for all names here.
    if (reason === 'EACCES') throw new StrataError('folder.unreadable', 'later', { folder: directory, reason }, { cause: error });
    return 'unreadable';
  }
  // It was no directory when it was listed. What is below it was not visited, so nothing may be concluded.
  if (stat?.type === 'directory') throw new StrataError('folder.unreadable', 'later', { folder: directory, reason: 'EAGAIN' });
  return stat;
}
