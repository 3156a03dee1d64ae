import { withFileFailure } from '../../kernel/file-failure.ts';
import type { FileSystem } from '../../kernel/file-system.ts';
import type { Connection } from './connection.ts';

/** SQLite gives its companions (write-ahead log, shared memory) the mode of the file: so it is made before SQLite sees it. */
export function createPrivateFile(files: FileSystem, path: string): void {
  if (files.lstat(path) === undefined) files.open(path, 'create', 0o600).close();
  else files.setMode(path, 0o600);
}

export function removeDatabase(files: FileSystem, path: string): void {
  // The file goes first: a log without its file is ignored, a file without its log would be an older state.
  for (const name of [path, `${path}-wal`, `${path}-shm`]) if (files.lstat(name) !== undefined) files.unlink(name);
}

/** Until the last moment the old one is whole. Both were closed, so that nothing of them is in a log. */
export function replaceDatabase(files: FileSystem, made: string, path: string): void {
  for (const name of [`${path}-wal`, `${path}-shm`]) if (files.lstat(name) !== undefined) files.unlink(name);
  files.rename(made, path);
}

/** The last connection takes the log away when it closes; a log that is there tells of a process that died. */
export function hasUnfinishedLog(files: FileSystem, path: string): boolean {
  return (files.stat(`${path}-wal`)?.sizeBytes ?? 0) > 0;
}

/** A whole copy, in place of an earlier one, that opens like the original. Durable: SQLite itself syncs nothing of it. */
export function copyDatabase(connection: Connection, files: FileSystem, to: string): void {
  withFileFailure(to, () => {
    removeDatabase(files, to);
    createPrivateFile(files, to);
  });
  connection.change('VACUUM INTO ?').run(to);
  withFileFailure(to, () => {
    const copy = files.open(to, 'append');
    try {
      copy.sync();
    } finally {
      copy.close();
    }
    files.syncDirectory(to.slice(0, to.lastIndexOf('/')));
  });
}
