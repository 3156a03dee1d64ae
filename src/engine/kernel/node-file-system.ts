import fs from 'node:fs';
import type { DirectoryEntry, FileHandle, FileStat, FileSystem, FileType } from './file-system.ts';
import { holdsEscape, mayHideBytes, nameBytes, nameText } from './file-name.ts';
import { loadNativeFileCalls, type NativeFileCalls } from './native-file-calls.ts';

const { O_RDONLY, O_RDWR, O_WRONLY, O_CREAT, O_EXCL, O_APPEND } = fs.constants;
/** Not every system has these; 0 asks for nothing. */
const optional = (flag: number | undefined): number => flag ?? 0;
const O_NOFOLLOW = optional(fs.constants.O_NOFOLLOW);
/** Reading a source must not change it, not even its access time. Allowed to a file's owner only. */
const O_NOATIME = optional(fs.constants.O_NOATIME);
/** A fifo that took a file's place must not stop us for ever. */
const O_NONBLOCK = optional(fs.constants.O_NONBLOCK);

/** All file access of the engine, on the real disks. `withoutNative`: as on a system where the C library cannot be reached. */
export class NodeFileSystem implements FileSystem {
  readonly #native: NativeFileCalls | undefined;
  readonly #posix = process.platform !== 'win32';

  constructor(options: { readonly withoutNative?: boolean } = {}) {
    this.#native = options.withoutNative === true ? undefined : loadNativeFileCalls(process.platform);
  }

  /** What Node is given: the string itself where it is plain text, else the bytes that it stands for. */
  #path(path: string): string | Buffer {
    return this.#posix && holdsEscape(path) ? nameBytes(path) : path;
  }

  stat(path: string): FileStat | undefined {
    return statOrNothing(() => fs.statSync(this.#path(path), { bigint: true, throwIfNoEntry: false }));
  }

  lstat(path: string): FileStat | undefined {
    return statOrNothing(() => fs.lstatSync(this.#path(path), { bigint: true, throwIfNoEntry: false }));
  }

  list(directory: string): DirectoryEntry[] {
    const path = this.#path(directory);
    const entries = fs.readdirSync(path, { withFileTypes: true });
    if (!this.#posix || !entries.some((entry) => mayHideBytes(entry.name))) {
      return entries.map((entry) => ({ name: entry.name, type: entryType(entry) }));
    }
    // Some name is not UTF-8. Asking for bytes costs twice as much, so only now.
    return fs
      .readdirSync(path, { withFileTypes: true, encoding: 'buffer' })
      .map((entry) => ({ name: nameText(entry.name), type: entryType(entry) }));
  }

  realPath(path: string): string {
    return this.#text(fs.realpathSync.native(this.#path(path), { encoding: 'buffer' }));
  }

  space(path: string): { readonly freeBytes: number; readonly totalBytes: number } {
    const { bsize, bavail, blocks } = fs.statfsSync(this.#path(path), { bigint: true });
    return { freeBytes: Number(bavail * bsize), totalBytes: Number(blocks * bsize) };
  }

  open(path: string, how: 'read' | 'read-no-follow' | 'create' | 'append', mode = 0o600): FileHandle {
    return new NodeFileHandle(this.#open(this.#path(path), how, mode), this.#native);
  }

  #open(path: string | Buffer, how: 'read' | 'read-no-follow' | 'create' | 'append', mode: number): number {
    switch (how) {
      case 'read':
        return fs.openSync(path, O_RDONLY | O_NONBLOCK);
      case 'read-no-follow':
        try {
          return fs.openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOATIME);
        } catch (error) {
          // Somebody else's file. If reading itself is what is forbidden, the second try says so.
          if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
          return fs.openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
        }
      case 'create':
        return fs.openSync(path, O_RDWR | O_CREAT | O_EXCL, mode);
      case 'append':
        return fs.openSync(path, O_WRONLY | O_CREAT | O_APPEND, mode);
    }
  }

  readWhole(path: string): Uint8Array {
    const { buffer, byteOffset, length } = fs.readFileSync(this.#path(path));
    return new Uint8Array(buffer, byteOffset, length);
  }

  link(existing: string, created: string): void {
    fs.linkSync(this.#path(existing), this.#path(created));
  }

  rename(from: string, to: string): void {
    fs.renameSync(this.#path(from), this.#path(to));
  }

  renameToFree(from: string, to: string): void {
    if (this.#native?.renameToFree === undefined) throw notHere('renameat2', to);
    this.#native.renameToFree(nameBytes(from), nameBytes(to));
  }

  unlink(path: string): void {
    fs.unlinkSync(this.#path(path));
  }

  makeDirectory(path: string, mode: number): void {
    fs.mkdirSync(this.#path(path), { mode });
  }

  removeDirectory(path: string): void {
    fs.rmdirSync(this.#path(path));
  }

  syncDirectory(path: string): void {
    if (!this.#posix) return;
    const descriptor = fs.openSync(this.#path(path), O_RDONLY);
    try {
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
  }

  readLink(path: string): string {
    return this.#text(fs.readlinkSync(this.#path(path), { encoding: 'buffer' }));
  }

  symlink(target: string, path: string): void {
    fs.symlinkSync(this.#path(target), this.#path(path));
  }

  makeFifo(path: string, mode: number): void {
    if (this.#native === undefined) throw notHere('mkfifo', path);
    this.#native.makeFifo(nameBytes(path), mode);
  }

  setMode(path: string, mode: number): void {
    fs.chmodSync(this.#path(path), mode);
  }

  setOwner(path: string, uid: number, gid: number): void {
    fs.lchownSync(this.#path(path), uid, gid);
  }

  setTimes(path: string, accessNs: bigint, modifyNs: bigint): void {
    if (this.#native !== undefined) this.#native.setTimes(nameBytes(path), accessNs, modifyNs);
    else fs.lutimesSync(this.#path(path), secondsText(accessNs), secondsText(modifyNs));
  }

  readAttributes(path: string): ReadonlyMap<string, Uint8Array> {
    return this.#native === undefined ? new Map() : this.#native.readAttributes(nameBytes(path));
  }

  writeAttribute(path: string, name: string, value: Uint8Array): void {
    if (this.#native === undefined) throw notHere('setxattr', path);
    this.#native.writeAttribute(nameBytes(path), name, value);
  }

  #text(bytes: Buffer): string {
    return this.#posix ? nameText(bytes) : bytes.toString('utf8');
  }
}

const descriptors = '/proc/self/fd';
const hasDescriptorPaths = process.platform === 'linux' && fs.existsSync(descriptors);

class NodeFileHandle implements FileHandle {
  readonly #descriptor: number;
  readonly #native: NativeFileCalls | undefined;
  #isOpen = true;

  get anchor(): string | undefined {
    return hasDescriptorPaths ? `${descriptors}/${this.#descriptor}` : undefined;
  }

  constructor(descriptor: number, native: NativeFileCalls | undefined) {
    this.#descriptor = descriptor;
    this.#native = native;
  }

  stat(): FileStat {
    return fileStat(fs.fstatSync(this.#descriptor, { bigint: true }));
  }

  readAttributes(): ReadonlyMap<string, Uint8Array> {
    return this.#native === undefined ? new Map() : this.#native.readAttributesOfOpen(this.#descriptor);
  }

  read(into: Uint8Array, position: number | null): number {
    return fs.readSync(this.#descriptor, into, 0, into.length, position);
  }

  forgetCached(): void {
    this.#native?.forgetCached?.(this.#descriptor);
  }

  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) at += fs.writeSync(this.#descriptor, bytes, at, bytes.length - at, null);
  }

  setMode(mode: number): void {
    fs.fchmodSync(this.#descriptor, mode);
  }

  setOwner(uid: number, gid: number): void {
    fs.fchownSync(this.#descriptor, uid, gid);
  }

  setTimes(accessNs: bigint, modifyNs: bigint): void {
    if (this.#native !== undefined) this.#native.setTimesOfOpen(this.#descriptor, accessNs, modifyNs);
    else fs.futimesSync(this.#descriptor, secondsText(accessNs), secondsText(modifyNs));
  }

  extendTo(size: number): void {
    fs.ftruncateSync(this.#descriptor, size);
  }

  writeAt(bytes: Uint8Array, position: number): void {
    for (let at = 0; at < bytes.length; ) {
      at += fs.writeSync(this.#descriptor, bytes, at, bytes.length - at, position + at);
    }
  }

  sync(): void {
    fs.fsyncSync(this.#descriptor);
  }

  syncInBackground(): Promise<void> {
    return new Promise((resolve, reject) => {
      fs.fsync(this.#descriptor, (error) => (error === null ? resolve() : reject(error)));
    });
  }

  close(): void {
    // Twice is harmless here; to the system it would close whatever got the number since.
    if (!this.#isOpen) return;
    this.#isOpen = false;
    fs.closeSync(this.#descriptor);
  }
}

function statOrNothing(stat: () => fs.BigIntStats | undefined): FileStat | undefined {
  try {
    const found = stat();
    return found && fileStat(found);
  } catch (error) {
    // Something on the way is no directory: lstat reports that in spite of `throwIfNoEntry`.
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}

function fileStat(stat: fs.BigIntStats): FileStat {
  return {
    type: statType(stat),
    sizeBytes: Number(stat.size),
    mode: Number(stat.mode) & 0o7777,
    uid: Number(stat.uid),
    gid: Number(stat.gid),
    accessNs: stat.atimeNs,
    modifyNs: stat.mtimeNs,
    changeNs: stat.ctimeNs,
    birthNs: stat.birthtimeNs,
    device: stat.dev,
    inode: stat.ino,
    links: Number(stat.nlink),
    allocatedBytes: Number(stat.blocks) * 512,
    deviceNumber: stat.rdev,
  };
}

interface KnowsItsType {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
  isFIFO(): boolean;
  isSocket(): boolean;
  isCharacterDevice(): boolean;
  isBlockDevice(): boolean;
}

function entryType(entry: KnowsItsType): FileType | undefined {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'directory';
  if (entry.isSymbolicLink()) return 'symlink';
  if (entry.isFIFO()) return 'fifo';
  if (entry.isSocket()) return 'socket';
  if (entry.isCharacterDevice()) return 'character-device';
  if (entry.isBlockDevice()) return 'block-device';
  return undefined;
}

/** What the system has no word for is read like a device: not at all. */
const statType = (stat: KnowsItsType): FileType => entryType(stat) ?? 'character-device';

/** As text, because Node takes a negative number for "now". */
const secondsText = (ns: bigint): string => String(Number(ns) / 1e9);

function notHere(call: string, path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`ENOSYS: ${call} '${path}'`), { code: 'ENOSYS', syscall: call, path });
}
