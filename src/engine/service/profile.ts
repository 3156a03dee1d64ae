import type { SourceId, StorageId } from '../../shared/domain/ids.ts';
import { withFileFailure } from '../kernel/file-failure.ts';
import type { FileSystem } from '../kernel/file-system.ts';

/** Where things lie in the profile. */
export interface Profile {
  readonly directory: string;
  readonly statePath: string;
  catalogPath(storage: StorageId): string;
  runDetailsPath(storage: StorageId): string;
  restoreJournalPath(storage: StorageId): string;
  textIndexPath(storage: StorageId): string;
  /** Where trial restores put what they read back: empty, or not there, while none goes on. */
  readonly scratchPath: string;
  /** How names of files begin in which watchers of a source keep where they are. */
  watchPath(source: SourceId): string;
}

/** Makes what is missing, for this user only. */
export function openProfile(files: FileSystem, directory: string): Profile {
  withFileFailure(directory, () => {
    makePrivate(files, directory);
    makePrivate(files, `${directory}/catalogs`);
    makePrivate(files, `${directory}/watch`);
  });
  return {
    directory,
    statePath: `${directory}/state.sqlite`,
    catalogPath: (storage) => `${directory}/catalogs/${storage}.sqlite`,
    runDetailsPath: (storage) => `${directory}/catalogs/${storage}.runs.sqlite`,
    restoreJournalPath: (storage) => `${directory}/catalogs/${storage}.restores.sqlite`,
    textIndexPath: (storage) => `${directory}/catalogs/${storage}.texts.sqlite`,
    scratchPath: `${directory}/rehearsals`,
    watchPath: (source) => `${directory}/watch/${source}`,
  };
}

function makePrivate(files: FileSystem, directory: string): void {
  const there = files.stat(directory);
  if (there === undefined) {
    const parent = directory.slice(0, directory.lastIndexOf('/'));
    if (parent !== '' && files.stat(parent) === undefined) makePrivate(files, parent);
    files.makeDirectory(directory, 0o700);
  } else if ((there.mode & 0o077) !== 0 && /\/(?:catalogs|watch)$/.test(directory)) {
    files.setMode(directory, 0o700);
  }
}
