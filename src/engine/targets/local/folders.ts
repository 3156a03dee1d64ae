import { withFileFailure } from '../../kernel/file-failure.ts';
import type { FileSystem } from '../../kernel/file-system.ts';

export const privateFolder = 0o700;

/** The folder above, of an absolute path in the system's own way of writing; the root's is the root. */
export function folderAbove(path: string): string {
  const above = path.replace(/[\\/]+[^\\/]*$/, '');
  return above === '' ? '/' : above;
}

/** Makes the folder and its parents durable, from the top down. */
export function makeFolders(files: FileSystem, path: string): void {
  const above = folderAbove(path);
  withFileFailure(path, () => {
    if (above !== path && files.stat(above) === undefined) makeFolders(files, above);
    files.makeDirectory(path, privateFolder);
    files.syncDirectory(above);
  });
}
