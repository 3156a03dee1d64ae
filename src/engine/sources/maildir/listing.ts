import { errnoOf } from '../../kernel/file-failure.ts';
import type { FileStat, FileSystem } from '../../kernel/file-system.ts';
import { type MessageName, parseMessageName } from './message-name.ts';

/** A name under which a message was seen. */
export interface ListedName extends MessageName {
  readonly place: 'new' | 'cur';
  /** Relative to the folder. */
  readonly file: string;
}

/** Unique part → the names with it: as a rule one, several where a rename fell into the listing. */
export type Listing = ReadonlyMap<string, readonly ListedName[]>;

/** How often a folder is listed again because something was renamed in it meanwhile. */
const attempts = 3;

/**
 * All messages of a folder. A rename while a directory is listed can hide a message from both its names, so a listing counts only if
 * the directory did not change meanwhile; what several listings saw is put together. `new` comes first: messages go from there to `cur`.
 */
export function listMessages(directory: string, files: FileSystem): Listing {
  const listing = new Map<string, ListedName[]>();
  for (let attempt = 0; attempt < attempts; attempt++) {
    const before = changeOf(directory, files);
    for (const place of ['new', 'cur'] as const) {
      for (const name of listPlace(directory, place, files)) {
        const names = listing.get(name.unique);
        if (names === undefined) listing.set(name.unique, [name]);
        else if (!names.some(({ file }) => file === name.file)) names.push(name);
      }
    }
    if (changeOf(directory, files) === before) break;
  }
  return listing;
}

const changeOf = (directory: string, files: FileSystem): string =>
  ['new', 'cur'].map((place) => String(files.stat(`${directory}/${place}`)?.modifyNs ?? '')).join(' ');

function listPlace(directory: string, place: 'new' | 'cur', files: FileSystem): ListedName[] {
  return listedOrNone(`${directory}/${place}`, place === 'new', files).flatMap(({ name, type }) => {
    const parsed = type === 'directory' ? undefined : parseMessageName(name);
    return parsed === undefined ? [] : [{ ...parsed, place, file: `${place}/${name}` }];
  });
}

function listedOrNone(directory: string, mayBeMissing: boolean, files: FileSystem): ReturnType<FileSystem['list']> {
  try {
    return files.list(directory);
  } catch (error) {
    // Some programs make `new` when the first message comes.
    if (mayBeMissing && errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}

export interface FoundMessage {
  readonly key: string;
  readonly name: ListedName;
  readonly stat: FileStat;
}

/**
 * What is there under the names with one unique part: nothing, if it was renamed again or has gone. Two files that are really two
 * are two messages; the one in `cur` (else the first by name) has the key that it always had.
 */
export function lookAtNames(directory: string, names: readonly ListedName[], files: FileSystem): FoundMessage[] {
  const found: FoundMessage[] = [];
  for (const name of names.length === 1 ? names : names.toSorted(byPlace)) {
    const stat = files.lstat(`${directory}/${name.file}`);
    if (stat === undefined || found.some((other) => other.stat.inode === stat.inode)) continue;
    found.push({ key: found.length === 0 ? name.unique : name.file, name, stat });
  }
  return found;
}

const byPlace = (one: ListedName, other: ListedName): number =>
  one.place.localeCompare(other.place) || (one.file < other.file ? -1 : 1);
