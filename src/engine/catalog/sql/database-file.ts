import type { FileSystem } from '../../kernel/file-system.ts';

/** SQLite gives its companions (write-ahead log, shared memory) the mode of the file: so it is made before SQLite sees it. */
export function createPrivateFile(files: FileSystem, path: string): void {
  if (files.lstat(path) === undefined) files.open(path, 'create', 0o600).close();
  else files.setMode(path, 0o600);
}

export function removeDatabase(files: FileSystem, path: string): void {
  // The file goes first: a log without its file is ignored, a file without its log would be an older state.
  for (const name of [path, `${path}-wal`, `${path}-shm`]) if (files.lstat(name) !== undefined) files.unlink(name);
}
