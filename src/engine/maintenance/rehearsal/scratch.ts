import { withFileFailure } from '../../kernel/file-failure.ts';
import type { FileSystem } from '../../kernel/file-system.ts';

/**
 * Removes what trials left, and the folder itself: of a process that was killed, too. Follows no link, and takes back first what a
 * restored folder forbids. Gone is fine.
 */
export function removeScratch(files: FileSystem, folder: string): void {
  withFileFailure(folder, () => {
    if (files.lstat(folder)?.type === 'directory') removeDirectory(files, folder);
  });
}

function removeDirectory(files: FileSystem, directory: string): void {
  files.setMode(directory, 0o700);
  for (const { name } of files.list(directory)) {
    const path = `${directory}/${name}`;
    if (files.lstat(path)?.type === 'directory') removeDirectory(files, path);
    else files.unlink(path);
  }
  files.removeDirectory(directory);
}

/** For this user only. */
export function makeScratch(files: FileSystem, folder: string): void {
  withFileFailure(folder, () => {
    if (files.lstat(folder) === undefined) files.makeDirectory(folder, 0o700);
  });
}
