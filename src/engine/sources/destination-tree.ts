import { foldedName } from '../kernel/file-name.ts';
import type { FileHandle, FileStat, FileSystem } from '../kernel/file-system.ts';

/** What stands where a directory should be; told with the system's own words for it. */
const inTheWay = (code: 'ELOOP' | 'ENOTDIR' | 'ESTALE', path: string): Error =>
  Object.assign(new Error(`${code}: not the directory it should be: ${path}`), { code });

/** A directory that was reached without following any link, and that is held on to where the system can do that. */
export class Directory {
  readonly path: string;
  readonly #files: FileSystem;
  readonly #handle: FileHandle | undefined;
  readonly #found: FileStat;
  /** Of a directory that was made by us: what we have put into it since, as {@link foldedName} says it. */
  readonly #ours: Set<string> | undefined;
  readonly #start: string;
  #users = 1;

  constructor(path: string, found: FileStat, handle: FileHandle | undefined, files: FileSystem, isNew = false) {
    this.path = path;
    this.#found = found;
    this.#handle = handle;
    this.#files = files;
    this.#ours = isNew ? new Set() : undefined;
    this.#start = `${handle?.anchor ?? path}/`;
  }

  /** The path of a name in it; without a name, of itself. */
  at(name = '.'): string {
    return this.#start + name;
  }

  /**
   * To be called right before and right after something is made in it. Held directories cannot be led elsewhere; of others we make
   * sure that the path still leads to the directory that was found, which a link put in the way of any part of it changes.
   */
  confirm(): void {
    if (this.#handle?.anchor !== undefined) return;
    const now = this.#files.lstat(this.path === '' ? '/' : this.path);
    if (now?.type !== 'directory' || now.device !== this.#found.device || now.inode !== this.#found.inode)
      throw inTheWay('ESTALE', this.path);
  }

  /**
   * False: only somebody else could have put it there, who would have been quicker than we are. Then making it fails, as it would
   * had it come a moment later.
   */
  mayHold(name: string): boolean {
    return this.#ours?.has(foldedName(name)) !== false;
  }

  /** That something is put there by us. */
  note(name: string): void {
    this.#ours?.add(foldedName(name));
  }

  /** Whether its path leads to it whatever becomes of the names on the way, also in other threads. */
  get isHeld(): boolean {
    return this.#handle?.anchor !== undefined;
  }

  /** Holds on to it until `close` was called once more. */
  retain(): void {
    this.#users += 1;
  }

  close(): void {
    this.#users -= 1;
    if (this.#users === 0) this.#handle?.close();
  }
}

/**
 * Goes down from a base directory name by name and follows no link on the way. Names must have been checked: no separators, no `..`.
 * Keeps the directories on the way to the last one open, because the next item is most often in the same or a near one.
 */
export class Tree {
  readonly #files: FileSystem;
  readonly #base: string;
  readonly #newMode: number;
  readonly #making: (path: string) => void;
  #baseDirectory: Directory | undefined;
  #way: { readonly name: string; readonly directory: Directory }[] = [];

  /** `making` is told the path of each directory right before it is made: below the base from there, above it whole. */
  constructor(files: FileSystem, base: string, newMode: number, making: (path: string) => void = () => undefined) {
    this.#files = files;
    this.#base = base;
    this.#newMode = newMode;
    this.#making = making;
  }

  /** Undefined when it is not there. Makes nothing. Throws when a link or a file is in the way. */
  find(names: readonly string[]): Directory | undefined {
    return this.#descend(names, (parent, name) => this.#enter(parent, name));
  }

  /** `made` is told, from the top down, how many names lead to each directory that was not there. */
  make(names: readonly string[], made: (depth: number) => void): Directory {
    this.#baseDirectory ??= this.#makeBase();
    const found = this.#descend(names, (parent, name, depth) => {
      const there = this.#enter(parent, name);
      if (there !== undefined) return there;
      parent.confirm();
      parent.note(name);
      this.#making(names.slice(0, depth).join('/'));
      this.#files.makeDirectory(parent.at(name), this.#newMode);
      const directory = this.#enter(parent, name, true);
      parent.confirm();
      if (directory !== undefined) made(depth);
      return directory;
    });
    if (found === undefined) throw inTheWay('ESTALE', [this.#base, ...names].join('/'));
    return found;
  }

  close(): void {
    this.#leaveFrom(0);
    this.#baseDirectory?.close();
    this.#baseDirectory = undefined;
  }

  #descend(
    names: readonly string[],
    enter: (parent: Directory, name: string, depth: number) => Directory | undefined,
  ): Directory | undefined {
    this.#baseDirectory ??= this.#openBase();
    let directory = this.#baseDirectory;
    if (directory === undefined) return undefined;
    for (const [index, name] of names.entries()) {
      if (this.#way[index]?.name !== name) {
        this.#leaveFrom(index);
        const next = enter(directory, name, index + 1);
        if (next === undefined) return undefined;
        this.#way.push({ name, directory: next });
      }
      directory = this.#way[index]?.directory ?? directory;
    }
    return directory;
  }

  #leaveFrom(index: number): void {
    for (const { directory } of this.#way.splice(index).reverse()) directory.close();
  }

  /** The base was named by a person: links on the way to it are meant. */
  #openBase(): Directory | undefined {
    const found = this.#files.stat(this.#base);
    if (found === undefined) return undefined;
    if (found.type !== 'directory') throw inTheWay('ENOTDIR', this.#base);
    const path = this.#files.realPath(this.#base);
    return new Directory(path === '/' ? '' : path, found, this.#hold(path), this.#files);
  }

  #makeBase(): Directory {
    const missing: string[] = [];
    let path = this.#base;
    while (this.#files.stat(path) === undefined) {
      missing.push(path);
      const parent = path.replace(/[\\/]+[^\\/]*$/, '');
      if (parent === '' || parent === path) break;
      path = parent;
    }
    for (const directory of missing.reverse()) {
      this.#making(directory);
      this.#files.makeDirectory(directory, this.#newMode);
    }
    const base = this.#openBase();
    if (base === undefined) throw inTheWay('ESTALE', this.#base);
    return base;
  }

  #enter(parent: Directory, name: string, isNew = false): Directory | undefined {
    const path = `${parent.path}/${name}`;
    const found = this.#files.lstat(parent.at(name));
    if (found === undefined) return undefined;
    if (found.type !== 'directory') throw inTheWay(found.type === 'symlink' ? 'ELOOP' : 'ENOTDIR', path);
    const handle = this.#hold(parent.at(name));
    const held = handle?.stat();
    if (held !== undefined && (held.device !== found.device || held.inode !== found.inode)) {
      handle?.close();
      throw inTheWay('ESTALE', path);
    }
    return new Directory(path, found, handle, this.#files, isNew);
  }

  #hold(path: string): FileHandle | undefined {
    try {
      const handle = this.#files.open(path, 'read-no-follow');
      if (handle.anchor !== undefined) return handle;
      handle.close();
    } catch {
      // A directory that may be entered but not listed, or a system that opens no directories: it is confirmed at each step
      // instead. If it cannot be entered either, the step itself fails and is told.
    }
    return undefined;
  }
}
