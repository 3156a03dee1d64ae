import { StrataError } from '../../../shared/domain/strata-error.ts';
import { errnoOf, fileFailure, withFileFailure } from '../../kernel/file-failure.ts';
import type { DirectoryEntry, FileHandle, FileSystem } from '../../kernel/file-system.ts';
import { newId, type Random } from '../../kernel/random.ts';
import type { ColdFile, OpenFile, Target } from '../target.ts';
import { makeFolders, privateFolder } from './folders.ts';
import { LocalOpenFile } from './local-open-file.ts';

/** For one process. Two of them on one folder, in one process or several, do not disturb each other. */
export function openLocalTarget(files: FileSystem, path: string, random: Random): Target {
  return new LocalTarget(files, path, random);
}

const unfinished = 'tmp';
const privateFile = 0o600;
const legalName = /^(?:[0-9A-Za-z_-][0-9A-Za-z._-]*)(?:\/[0-9A-Za-z_-][0-9A-Za-z._-]*)*$/;
/** What a file system says that has no hard links (exFAT, FAT, some network drives), or no more for this file. */
const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EMLINK']);

/** Nothing that a person would call content: `inspectPlace` may have died in the middle. */
export const isLeftover = (name: string): boolean => /^strata-check-[0-9a-z]+$/.test(name);

class LocalTarget implements Target {
  readonly label: string;
  readonly place: { readonly path: string };
  readonly #files: FileSystem;
  readonly #random: Random;
  /** Folders that this target saw durable: their own name in their parent, that is. */
  readonly #durableFolders = new Set<string>();

  constructor(files: FileSystem, path: string, random: Random) {
    this.label = path;
    this.place = { path };
    this.#files = files;
    this.#random = random;
  }

  prepare(): void {
    withFileFailure(this.label, () => {
      if (this.#files.stat(this.label) === undefined) makeFolders(this.#files, this.label);
    });
    const strangers = this.list('').filter((name) => !name.startsWith(`${unfinished}/`) && !isLeftover(name));
    if (strangers.length > 0) throw new StrataError('storage.not-empty', 'after-user-action', { path: this.label });
    withFileFailure(this.label, () => this.#ensureFolder(unfinished));
  }

  size(name: string): number | undefined {
    const path = this.#path(name);
    const stat = withFileFailure(path, () => this.#files.lstat(path));
    return stat?.type === 'file' ? stat.sizeBytes : undefined;
  }

  read(name: string): Uint8Array {
    const size = this.size(name);
    if (size === undefined) throw new StrataError('path.missing', 'after-user-action', { path: this.#path(name) });
    return this.readRange(name, 0, size);
  }

  readRange(name: string, offset: number, length: number): Uint8Array {
    return this.#opened(name, (file) => readBytes(file, name, offset, length));
  }

  readCold<T>(name: string, read: (file: ColdFile) => T): T {
    return this.#opened(name, (file) => {
      file.forgetCached();
      const { sizeBytes } = file.stat();
      const result = read({ sizeBytes, fill: (into, offset) => fill(into, file, name, offset) });
      file.forgetCached();
      return result;
    });
  }

  #opened<T>(name: string, use: (file: FileHandle) => T): T {
    const path = this.#path(name);
    return withFileFailure(path, () => {
      const file = this.#files.open(path, 'read-no-follow');
      try {
        return use(file);
      } finally {
        file.close();
      }
    });
  }

  list(directory: string): string[] {
    const found: string[] = [];
    this.#collect(directory, found);
    // File managers and network disks leave files of their own in any folder. They are nothing of ours.
    return (directory === '' ? found : found.filter((name) => legalName.test(name))).sort();
  }

  #collect(directory: string, found: string[]): void {
    for (const entry of this.#entries(directory)) {
      const name = directory === '' ? entry.name : `${directory}/${entry.name}`;
      if (legalName.test(name) && this.#isFolder(name, entry)) this.#collect(name, found);
      else found.push(name);
    }
  }

  #isFolder(name: string, { type }: DirectoryEntry): boolean {
    if (type !== undefined) return type === 'directory';
    const path = `${this.label}/${name}`;
    return withFileFailure(path, () => this.#files.lstat(path))?.type === 'directory';
  }

  #entries(directory: string): DirectoryEntry[] {
    const path = directory === '' ? this.label : this.#path(directory);
    try {
      return this.#files.list(path);
    } catch (error) {
      // Absent is empty only below a root that is there: an unplugged disk must not look like an empty storage.
      if (directory !== '' && errnoOf(error) === 'ENOENT' && this.#isThere()) return [];
      throw fileFailure(error, path);
    }
  }

  #isThere(): boolean {
    return withFileFailure(this.label, () => this.#files.stat(this.label)) !== undefined;
  }

  put(name: string, bytes: Uint8Array): void {
    this.#putAside(name, bytes, (aside) => this.#giveName(aside, name));
  }

  putExclusive(name: string, bytes: Uint8Array): boolean {
    return this.#putAside(name, bytes, (aside) => {
      try {
        this.#files.link(this.#path(aside), this.#path(name));
      } catch (error) {
        if (errnoOf(error) === 'EEXIST') return false;
        if (!noLinks.has(errnoOf(error) ?? '')) throw error;
        return this.#createDirectly(name, bytes);
      }
      return true;
    });
  }

  overwrite(name: string, bytes: Uint8Array): void {
    // Synced, or a crash could leave the new name with nothing behind it. The name itself may be lost.
    this.#withAside(name, bytes, (aside) => this.#files.rename(this.#path(aside), this.#path(name)));
  }

  remove(name: string): void {
    const path = this.#path(name);
    try {
      this.#files.unlink(path);
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw fileFailure(error, path);
    }
  }

  free(name: string): void {
    if (this.size(name) === undefined) return;
    this.remove(name);
    withFileFailure(this.#path(name), () => this.#syncFolderOf(name));
  }

  move(from: string, to: string): void {
    withFileFailure(this.#path(from), () => {
      if (this.#files.lstat(this.#path(from)) === undefined && this.#files.lstat(this.#path(to)) !== undefined) return;
      this.#ensureFolder(folderOf(to));
      this.#linkOrRename(from, to);
      // The new name is durable before the old one goes.
      this.#syncFolderOf(to);
      this.remove(from);
      this.#syncFolderOf(from);
    });
  }

  begin(): OpenFile {
    const aside = this.#aside();
    const path = this.#path(aside);
    return withFileFailure(path, () => {
      this.#ensureFolder(unfinished);
      const file = this.#files.open(path, 'create', privateFile);
      return new LocalOpenFile(path, file, {
        finish: (name) => this.#finish(aside, name),
        discard: () => this.#discard(aside),
      });
    });
  }

  clearUnfinished(assertAlone: () => void): number {
    const names = this.list(unfinished);
    if (names.length > 0) assertAlone();
    for (const name of names) this.remove(name);
    return names.length;
  }

  space(): { readonly freeBytes: number; readonly totalBytes: number } {
    return withFileFailure(this.label, () => this.#files.space(this.label));
  }

  #path(name: string): string {
    if (!legalName.test(name)) throw new Error('not a name of a file in a target');
    return `${this.label}/${name}`;
  }

  #aside(): string {
    return `${unfinished}/${newId<string>(this.#random)}`;
  }

  /** Writes, syncs, lets `giveName` name it, and makes the name durable, whoever gave it. */
  #putAside<T>(name: string, bytes: Uint8Array, giveName: (aside: string) => T): T {
    return this.#withAside(name, bytes, (aside) => {
      this.#ensureFolder(folderOf(name));
      const result = giveName(aside);
      this.#syncFolderOf(name);
      return result;
    });
  }

  /** Another process that begins to write clears what it takes for leftovers: then once more, and again. */
  #withAside<T>(name: string, bytes: Uint8Array, use: (aside: string) => T): T {
    return withFileFailure(this.#path(name), () => {
      for (let attempt = 1; ; attempt++) {
        const aside = this.#aside();
        try {
          this.#writeAside(aside, bytes);
          return use(aside);
        } catch (error) {
          if (errnoOf(error) !== 'ENOENT' || attempt === 3) throw error;
          this.#durableFolders.clear();
        } finally {
          this.#discard(aside);
        }
      }
    });
  }

  #finish(aside: string, name: string): void {
    withFileFailure(this.#path(name), () => {
      this.#ensureFolder(folderOf(name));
      this.#giveName(aside, name);
      this.#syncFolderOf(name);
    });
  }

  #writeAside(aside: string, bytes: Uint8Array): void {
    this.#ensureFolder(unfinished);
    const file = this.#files.open(this.#path(aside), 'create', privateFile);
    try {
      file.write(bytes);
      file.sync();
    } catch (error) {
      // A file whose sync failed is never synced again and believed: the system may have dropped its pages.
      this.#discard(aside);
      throw error;
    } finally {
      file.close();
    }
  }

  #giveName(aside: string, name: string): void {
    this.#linkOrRename(aside, name);
    this.#discard(aside);
  }

  /** Never replaces where there are hard links. */
  #linkOrRename(from: string, to: string): void {
    try {
      this.#files.link(this.#path(from), this.#path(to));
    } catch (error) {
      const errno = errnoOf(error) ?? '';
      if (!noLinks.has(errno) && errno !== 'EEXIST') throw error;
      // Without hard links only a rename is all or nothing. If it replaces a file that another process just named,
      // that file had the same bytes: a name is never used for others.
      const there = this.#files.lstat(this.#path(to));
      if (there === undefined) this.#files.rename(this.#path(from), this.#path(to));
      // A folder, a link or a torn file under the name is not what was to be there.
      else if (there.type !== 'file' || there.sizeBytes !== this.#files.lstat(this.#path(from))?.sizeBytes) throw error;
    }
  }

  #syncFolderOf(name: string): void {
    const folder = folderOf(name);
    this.#files.syncDirectory(folder === '' ? this.label : `${this.label}/${folder}`);
  }

  /** Where there are no hard links: exclusive, but a crash can leave the file short. Those who use it (locks, claims) bear that. */
  #createDirectly(name: string, bytes: Uint8Array): boolean {
    let file: FileHandle;
    try {
      file = this.#files.open(this.#path(name), 'create', privateFile);
    } catch (error) {
      if (errnoOf(error) === 'EEXIST') return false;
      throw error;
    }
    let isWhole = false;
    try {
      file.write(bytes);
      file.sync();
      isWhole = true;
    } finally {
      file.close();
      // It is ours: a lock that was begun and left would lock us out.
      if (!isWhole) this.#discard(name);
    }
    return true;
  }

  /** Never throws: what stays behind is cleared with the next writer's leftovers. */
  #discard(name: string): void {
    try {
      this.#files.unlink(this.#path(name));
    } catch {
      // it has its name already, or the disk is gone
    }
  }

  /**
   * Once for each folder and target, also when it is there already: who made it may have died before its name was durable.
   */
  #ensureFolder(folder: string): void {
    if (folder === '' || this.#durableFolders.has(folder)) return;
    this.#ensureFolder(folderOf(folder));
    const path = `${this.label}/${folder}`;
    try {
      this.#files.makeDirectory(path, privateFolder);
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
    }
    this.#files.syncDirectory(`${this.label}/${folderOf(folder)}`);
    this.#durableFolders.add(folder);
  }
}

const folderOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('/')));

function readBytes(file: FileHandle, name: string, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  fill(bytes, file, name, offset);
  return bytes;
}

function fill(bytes: Uint8Array, file: FileHandle, name: string, offset: number): void {
  for (let at = 0; at < bytes.length; ) {
    const got = file.read(bytes.subarray(at), offset + at);
    if (got === 0) throw new StrataError('storage.record-damaged', 'never', { file: name });
    at += got;
  }
}
