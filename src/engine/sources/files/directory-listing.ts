import { StrataError } from '../../../shared/domain/strata-error.ts';
import type { LeftOut } from '../../../shared/domain/survey.ts';
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
  /** Of all that is in it, or of this directory alone: why. */
  readonly leftOut?: LeftOut;
  /** Items that are left out; only where that was asked for. */
  readonly others: readonly LeftOutItem[];
  /** Nobody looks into it. */
  readonly isUnseen?: true;
}

interface LeftOutItem {
  readonly name: string;
  readonly leftOut: LeftOut;
}

/**
 * What is in a directory and not left out; what is, too, where `tellsLeftOut`. Throws what the system says when it cannot be listed.
 */
export function listDirectory(
  place: Place,
  device: bigint,
  selection: Selection,
  files: FileSystem,
  tellsLeftOut = false,
): Listing {
  // A mount point is kept, and what is mounted on it is not looked into; neither is a mount below what is left out, to count it.
  const staysHere = selection.oneFileSystem || place.leftOut !== undefined;
  if (staysHere && device !== place.device) return unseen('mounted');
  const entries = files.list(place.path);
  const marker = entries.find((entry) => entry.type !== 'directory' && selection.markers.has(entry.name));
  if (marker !== undefined && !tellsLeftOut) return leftEmpty;
  if (holdsStorage(place.path, entries, files)) return unseen('storage');

  const byMarker = marker === undefined ? {} : { leftOut: { rule: 'marker' as const, text: marker.name } };
  const { leftOut: ofAll } = { ...byMarker, ...(place.leftOut === undefined ? {} : { leftOut: place.leftOut }) };
  const items: string[] = [];
  const others: LeftOutItem[] = [];
  const directories: Place[] = [];
  for (const entry of entries) {
    const relative = place.relative === '' ? entry.name : `${place.relative}/${entry.name}`;
    const path = pathBelow(place.path, entry.name);
    const isDirectory = typeOf(entry, path, files) === 'directory';
    const leftOut = ofAll ?? leftOutBy(selection, relative, isDirectory);
    if (leftOut !== undefined && !tellsLeftOut) continue;
    const isIncluded = place.isIncluded || selection.includes(relative, isDirectory);
    if (!isDirectory) {
      if (leftOut === undefined && isIncluded) items.push(entry.name);
      else if (tellsLeftOut) others.push({ name: entry.name, leftOut: leftOut ?? notIncluded });
    }
    // Named by a person as well: it is visited under that name, and not twice.
    else if (!selection.isNamed(path)) {
      const why = leftOut === undefined ? {} : { leftOut };
      directories.push({ ...place, path, relative, name: entry.name, parentKey: place.path, isIncluded, ...why });
    }
  }
  return { items, directories, isLeftEmpty: false, others, ...(ofAll === undefined ? {} : { leftOut: ofAll }) };
}

const leftEmpty: Listing = { items: [], directories: [], isLeftEmpty: true, others: [] };
const unseen = (rule: 'mounted' | 'storage'): Listing => ({ ...leftEmpty, leftOut: { rule, text: null }, isUnseen: true });

const notIncluded: LeftOut = { rule: 'not-included', text: null };

function leftOutBy({ deciding }: Selection, relative: string, isDirectory: boolean): LeftOut | undefined {
  const text = deciding(relative, isDirectory);
  return text === undefined ? undefined : { rule: 'pattern', text };
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
