/**
 * All file access of the engine. One implementation on node:fs; tests put a simulated disk or a faulty one in its place.
 *
 * Paths and names are strings in which bytes that are not valid UTF-8 are kept as private-use characters (`file-name.ts`),
 * so any legal name survives a round trip.
 *
 * Operations are synchronous because that is several times faster for many small files (measured: lstat 2 µs against 7 to 12)
 * and because a crash between two operations is then a crash between two lines. What takes long has an asynchronous twin.
 * Errors are Node's own, with `code`; `file-failure.ts` turns them into failures.
 */
export interface FileSystem {
  /** Undefined when nothing is there. Follows symbolic links. */
  stat(path: string): FileStat | undefined;
  lstat(path: string): FileStat | undefined;
  list(directory: string): DirectoryEntry[];
  realPath(path: string): string;
  space(path: string): { readonly freeBytes: number; readonly totalBytes: number };

  /** `create` fails when the name exists; `read` follows symbolic links only if asked. */
  open(path: string, how: 'read' | 'read-no-follow' | 'create' | 'append', mode?: number): FileHandle;
  readWhole(path: string): Uint8Array;

  /** Fails when the new name exists: never replaces. */
  link(existing: string, created: string): void;
  rename(from: string, to: string): void;
  /**
   * One step where `link` and `unlink` are two. Fails with EEXIST when the new name exists, and with ENOSYS, EINVAL or ENOTSUP
   * where the system or the disk has no such call.
   */
  renameToFree(from: string, to: string): void;
  unlink(path: string): void;
  makeDirectory(path: string, mode: number): void;
  removeDirectory(path: string): void;
  /** Makes names in the directory durable. A no-op where the system has no such thing (Windows). */
  syncDirectory(path: string): void;

  readLink(path: string): string;
  symlink(target: string, path: string): void;
  makeFifo(path: string, mode: number): void;
  setMode(path: string, mode: number): void;
  /** Of the link itself, not of what it points to. */
  setOwner(path: string, uid: number, gid: number): void;
  /** Exact to the nanosecond where the system's own call can be reached, else to the microsecond. Of the link itself. */
  setTimes(path: string, accessNs: bigint, modifyNs: bigint): void;
  /** Empty where the system or the file system has none. Of the link itself. */
  readAttributes(path: string): ReadonlyMap<string, Uint8Array>;
  writeAttribute(path: string, name: string, value: Uint8Array): void;
}

export interface FileHandle {
  /**
   * A path that leads to what is open whatever becomes of its names, so that nobody can lead a later step elsewhere.
   * Undefined where the system has none (all but Linux with /proc). Of a directory: `<anchor>/name` is that name in it.
   */
  readonly anchor?: string | undefined;
  stat(): FileStat;
  /** As by path, in a quarter of the time: the name is not looked up again. */
  readAttributes(): ReadonlyMap<string, Uint8Array>;
  /** Returns how many bytes were read; 0 at the end. `position` null: after the last read. */
  read(into: Uint8Array, position: number | null): number;
  /** Lets the system drop what it keeps of the file in memory, so that the next read is the disk's. Nothing, where it cannot be told so. */
  forgetCached(): void;
  /** All of them, or it throws. */
  write(bytes: Uint8Array): void;
  /** Of what is open, as the calls of the same names do it by path. */
  setMode(mode: number): void;
  setOwner(uid: number, gid: number): void;
  setTimes(accessNs: bigint, modifyNs: bigint): void;
  /** Leaves a hole: moves the end of the file without writing. */
  extendTo(size: number): void;
  writeAt(bytes: Uint8Array, position: number): void;
  sync(): void;
  /** The same without stopping the thread. */
  syncInBackground(): Promise<void>;
  close(): void;
}

export type FileType = 'file' | 'directory' | 'symlink' | 'fifo' | 'socket' | 'character-device' | 'block-device';

export interface FileStat {
  readonly type: FileType;
  readonly sizeBytes: number;
  /** Permission bits, setuid, setgid and sticky included: 0 to 0o7777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly accessNs: bigint;
  readonly modifyNs: bigint;
  readonly changeNs: bigint;
  readonly birthNs: bigint;
  readonly device: bigint;
  readonly inode: bigint;
  readonly links: number;
  /** What it takes on the disk; less than its size where it is sparse. */
  readonly allocatedBytes: number;
  readonly deviceNumber: bigint;
}

export interface DirectoryEntry {
  readonly name: string;
  /** Undefined where the file system does not say. */
  readonly type: FileType | undefined;
}
