import type { DirectoryEntry, FileHandle, FileStat, FileSystem, FileType } from '../../src/engine/kernel/file-system.ts';
import { seededRandom } from './seeded-random.ts';

/**
 * A disk in memory that can lose power.
 *
 * Every file and directory has two layers: what processes see, and what is durable. `sync` of a file makes its bytes and size
 * durable, `syncDirectory` the names in it; until then a crash may keep or lose each of them, in any combination (the journals
 * of real file systems allow less, so what survives here survives there).
 */
export class SimFileSystem implements FileSystem {
  #root: SimDirectory;
  #operations = 0;
  #nextInode = 2n;
  #pretended: 'sync' | 'syncDirectory' | undefined;
  #before: ((operation: SimOperation) => void) | undefined;

  constructor() {
    this.#root = new SimDirectory(1n);
  }

  /** Called before each operation that changes the disk; what it throws is what the operation throws, and nothing is changed. */
  onOperation(before: ((operation: SimOperation) => void) | undefined): void {
    this.#before = before;
  }

  /** A disk that lies: it says that it did this, and did not. To see that somebody notices. */
  pretend(kind: 'sync' | 'syncDirectory' | undefined): void {
    this.#pretended = kind;
  }

  /** How many operations that change the disk were begun. */
  get operations(): number {
    return this.#operations;
  }

  /** The disk as it is found when power comes back. This one stays as it is. */
  afterCrash(variant: CrashVariant): SimFileSystem {
    const found = new SimFileSystem();
    found.#nextInode = this.#nextInode;
    found.#root = survivor(this.#root, chooserOf(variant), new Map()) as SimDirectory;
    return found;
  }

  /** Names of all files with their bytes, to plant damage or to compare. */
  files(): Map<string, Uint8Array> {
    const found = new Map<string, Uint8Array>();
    const walk = (directory: SimDirectory, path: string): void => {
      for (const [name, node] of directory.entries) {
        if (node instanceof SimDirectory) walk(node, `${path}/${name}`);
        else if (node instanceof SimFile) found.set(`${path}/${name}`, node.bytes());
      }
    };
    walk(this.#root, '');
    return found;
  }

  /** Damage: other bytes under the name, durable at once, whatever sat there. */
  plant(path: string, bytes: Uint8Array): void {
    const { directory, name } = this.#parent(path);
    const file = new SimFile(this.#nextInode++, 0o600);
    file.write(bytes, 0);
    file.sync();
    directory.entries.set(name, file);
    directory.durable.set(name, file);
  }

  stat(path: string): FileStat | undefined {
    const node = this.#find(path);
    return node instanceof SimLink ? this.stat(resolved(path, node.target)) : node?.stat();
  }

  lstat(path: string): FileStat | undefined {
    return this.#find(path)?.stat();
  }

  list(directory: string): DirectoryEntry[] {
    return [...this.#directory(directory).entries].map(([name, node]) => ({ name, type: node.type }));
  }

  realPath(path: string): string {
    this.#existing(path);
    return path;
  }

  space(path: string): { readonly freeBytes: number; readonly totalBytes: number } {
    this.#existing(path);
    return { freeBytes: 1e12, totalBytes: 2e12 };
  }

  open(path: string, how: 'read' | 'read-no-follow' | 'create' | 'append', mode = 0o600): FileHandle {
    const node = this.#find(path);
    if (how === 'create' || (how === 'append' && node === undefined)) {
      this.#change('create', path);
      if (node !== undefined) throw failed('EEXIST', path);
      const file = new SimFile(this.#nextInode++, mode);
      const { directory, name } = this.#parent(path);
      directory.entries.set(name, file);
      return this.#handle(file, path);
    }
    if (node instanceof SimLink) {
      if (how === 'read-no-follow') throw failed('ELOOP', path);
      return this.open(resolved(path, node.target), how, mode);
    }
    if (node === undefined) throw failed('ENOENT', path);
    if (!(node instanceof SimFile)) throw failed('EISDIR', path);
    return this.#handle(node, path, how === 'append');
  }

  readWhole(path: string): Uint8Array {
    const node = this.#existing(path);
    if (node instanceof SimLink) return this.readWhole(resolved(path, node.target));
    if (!(node instanceof SimFile)) throw failed('EISDIR', path);
    return node.bytes();
  }

  link(existing: string, created: string): void {
    this.#change('link', created);
    const node = this.#existing(existing);
    const { directory, name } = this.#parent(created);
    if (directory.entries.has(name)) throw failed('EEXIST', created);
    directory.entries.set(name, node);
    node.links++;
  }

  rename(from: string, to: string): void {
    this.#change('rename', to);
    const node = this.#existing(from);
    const source = this.#parent(from);
    const goal = this.#parent(to);
    goal.directory.entries.set(goal.name, node);
    if (source.directory !== goal.directory || source.name !== goal.name) source.directory.entries.delete(source.name);
  }

  unlink(path: string): void {
    this.#change('unlink', path);
    const node = this.#existing(path);
    if (node instanceof SimDirectory) throw failed('EISDIR', path);
    const { directory, name } = this.#parent(path);
    directory.entries.delete(name);
    node.links--;
  }

  makeDirectory(path: string, _mode: number): void {
    this.#change('makeDirectory', path);
    const { directory, name } = this.#parent(path);
    if (directory.entries.has(name)) throw failed('EEXIST', path);
    directory.entries.set(name, new SimDirectory(this.#nextInode++));
  }

  removeDirectory(path: string): void {
    this.#change('removeDirectory', path);
    if (this.#directory(path).entries.size > 0) throw failed('ENOTEMPTY', path);
    const { directory, name } = this.#parent(path);
    directory.entries.delete(name);
  }

  syncDirectory(path: string): void {
    this.#change('syncDirectory', path);
    const directory = this.#directory(path);
    if (this.#pretended !== 'syncDirectory') directory.durable = new Map(directory.entries);
  }

  readLink(path: string): string {
    const node = this.#existing(path);
    if (!(node instanceof SimLink)) throw failed('EINVAL', path);
    return node.target;
  }

  symlink(target: string, path: string): void {
    this.#change('symlink', path);
    const { directory, name } = this.#parent(path);
    if (directory.entries.has(name)) throw failed('EEXIST', path);
    directory.entries.set(name, new SimLink(this.#nextInode++, target));
  }

  makeFifo(path: string): void {
    throw failed('ENOSYS', path);
  }

  setMode(path: string, mode: number): void {
    this.#change('setMode', path);
    this.#existing(path).mode = mode;
  }

  setOwner(path: string): void {
    this.#change('setOwner', path);
    this.#existing(path);
  }

  setTimes(path: string, _accessNs: bigint, modifyNs: bigint): void {
    this.#change('setTimes', path);
    this.#existing(path).modifyNs = modifyNs;
  }

  readAttributes(path: string): ReadonlyMap<string, Uint8Array> {
    this.#existing(path);
    return new Map();
  }

  writeAttribute(path: string): void {
    throw failed('ENOTSUP', path);
  }

  #change(kind: SimOperation['kind'], path: string): void {
    this.#before?.({ kind, path, number: ++this.#operations });
  }

  #handle(file: SimFile, path: string, atEnd = false): FileHandle {
    let position = atEnd ? file.size : 0;
    const change = (kind: SimOperation['kind']): void => this.#change(kind, path);
    const write = (bytes: Uint8Array, at: number): void => {
      file.write(bytes, at);
      file.modifyNs++;
    };
    const sync = (): void => {
      change('sync');
      if (this.#pretended !== 'sync') file.sync();
    };
    return {
      stat: () => file.stat(),
      read(into, at) {
        const from = at ?? position;
        const part = file.view().subarray(from, from + into.length);
        into.set(part);
        if (at === null) position += part.length;
        return part.length;
      },
      write(bytes) {
        change('write');
        write(bytes, position);
        position += bytes.length;
      },
      writeAt(bytes, at) {
        change('write');
        write(bytes, at);
      },
      extendTo(size) {
        change('write');
        if (size > file.size) write(new Uint8Array(size - file.size), file.size);
      },
      sync,
      async syncInBackground() {
        await Promise.resolve();
        sync();
      },
      close: () => undefined,
    };
  }

  #find(path: string): SimNode | undefined {
    let node: SimNode | undefined = this.#root;
    for (const name of path.split('/').filter((part) => part !== '' && part !== '.')) {
      if (!(node instanceof SimDirectory)) return undefined;
      node = node.entries.get(name);
    }
    return node;
  }

  #existing(path: string): SimNode {
    const node = this.#find(path);
    if (node === undefined) throw failed('ENOENT', path);
    return node;
  }

  #directory(path: string): SimDirectory {
    const node = this.#existing(path);
    if (!(node instanceof SimDirectory)) throw failed('ENOTDIR', path);
    return node;
  }

  #parent(path: string): { readonly directory: SimDirectory; readonly name: string } {
    const cut = path.lastIndexOf('/');
    return { directory: this.#directory(path.slice(0, cut)), name: path.slice(cut + 1) };
  }
}

export interface SimOperation {
  readonly kind:
    | 'create'
    | 'write'
    | 'sync'
    | 'link'
    | 'rename'
    | 'unlink'
    | 'makeDirectory'
    | 'removeDirectory'
    | 'syncDirectory'
    | 'symlink'
    | 'setMode'
    | 'setOwner'
    | 'setTimes';
  readonly path: string;
  /** From 1. */
  readonly number: number;
}

/**
 * `lost`: only what was synced. `kept`: all that was done. `torn`: all, but the last write that was not synced ends in its
 * middle. `names-first`: all names, but files that were not synced are empty. `zeros`: all names and sizes, but zeros for bytes
 * that were not synced. `random`: each name and each write by chance.
 */
export type CrashVariant =
  | { readonly kind: 'lost' | 'kept' | 'torn' | 'names-first' | 'zeros' }
  | { readonly kind: 'random'; readonly seed: number };

/** The power went out: thrown by the hook of {@link cutPowerAt}, and by every operation after it. */
export class PowerCut extends Error {
  override readonly name = 'PowerCut';
}

/** Power fails before the operation of that number, counted from now. The answer tells whether it came to that. */
export function cutPowerAt(files: SimFileSystem, number: number): { readonly isCut: boolean } {
  const last = files.operations + number;
  const power = { isCut: false };
  files.onOperation((operation) => {
    power.isCut ||= operation.number >= last;
    if (power.isCut) throw new PowerCut();
  });
  return power;
}

abstract class SimNode {
  abstract readonly type: FileType;
  readonly inode: bigint;
  mode = 0o600;
  links = 1;
  modifyNs = 0n;

  constructor(inode: bigint) {
    this.inode = inode;
  }

  protected get sizeBytes(): number {
    return 0;
  }

  stat(): FileStat {
    const { type, mode, links, modifyNs, inode, sizeBytes } = this;
    return {
      type,
      sizeBytes,
      mode,
      links,
      inode,
      modifyNs,
      uid: 0,
      gid: 0,
      accessNs: 0n,
      changeNs: modifyNs,
      birthNs: 0n,
      device: 1n,
      allocatedBytes: sizeBytes,
      deviceNumber: 0n,
    };
  }
}

class SimLink extends SimNode {
  readonly type = 'symlink';
  readonly target: string;
  constructor(inode: bigint, target: string) {
    super(inode);
    this.target = target;
  }
}

class SimDirectory extends SimNode {
  readonly type = 'directory';
  readonly entries = new Map<string, SimNode>();
  durable = new Map<string, SimNode>();
}

interface Write {
  readonly at: number;
  readonly bytes: Uint8Array;
}

class SimFile extends SimNode {
  readonly type = 'file';
  size = 0;
  durable = new Uint8Array(0);
  /** In order, since the last sync. */
  unsynced: Write[] = [];
  #room = new Uint8Array(0);

  constructor(inode: bigint, mode: number) {
    super(inode);
    this.mode = mode;
  }

  protected override get sizeBytes(): number {
    return this.size;
  }

  view(): Uint8Array {
    return this.#room.subarray(0, this.size);
  }

  /** A copy. */
  bytes(): Uint8Array<ArrayBuffer> {
    return this.#room.slice(0, this.size);
  }

  write(bytes: Uint8Array, at: number): void {
    const end = Math.max(this.size, at + bytes.length);
    if (end > this.#room.length) {
      const larger = new Uint8Array(Math.max(end, this.#room.length * 2));
      larger.set(this.#room);
      this.#room = larger;
    }
    this.#room.set(bytes, at);
    this.size = end;
    this.unsynced.push({ at, bytes: bytes.slice() });
  }

  sync(): void {
    this.durable = this.bytes();
    this.unsynced = [];
  }
}

/** Decides what of the undurable survives. */
interface Chooser {
  keepsName(): boolean;
  /** How much of an unsynced write is there; `null`: its place, filled with zeros. */
  kept(write: Write, isLast: boolean): number | null;
}

function chooserOf(variant: CrashVariant): Chooser {
  const all = (write: Write): number => write.bytes.length;
  switch (variant.kind) {
    case 'lost':
      return { keepsName: () => false, kept: () => 0 };
    case 'kept':
      return { keepsName: () => true, kept: all };
    case 'torn':
      return { keepsName: () => true, kept: (write, isLast) => (isLast ? torn(write.bytes.length) : all(write)) };
    case 'names-first':
      return { keepsName: () => true, kept: () => 0 };
    case 'zeros':
      return { keepsName: () => true, kept: () => null };
    case 'random': {
      const random = seededRandom(variant.seed);
      return {
        keepsName: () => random.below(2) === 0,
        kept: (write) => [0, null, torn(write.bytes.length), write.bytes.length][random.below(4)] ?? null,
      };
    }
  }
}

/** Disks write whole sectors: the last half of them is missing. What fits into one is written or not. */
const torn = (length: number): number => (length <= 512 ? 0 : Math.floor(length / 1024) * 512);

function survivor(node: SimNode, chooser: Chooser, done: Map<SimNode, SimNode>): SimNode {
  const known = done.get(node);
  if (known !== undefined) return known;
  const copy =
    node instanceof SimDirectory ? new SimDirectory(node.inode) : node instanceof SimFile ? survivingFile(node, chooser) : node;
  done.set(node, copy);
  if (node instanceof SimDirectory && copy instanceof SimDirectory) {
    for (const name of new Set([...node.durable.keys(), ...node.entries.keys()])) {
      const before = node.durable.get(name);
      const after = node.entries.get(name);
      const kept = before === after || chooser.keepsName() ? after : before;
      if (kept !== undefined) copy.entries.set(name, survivor(kept, chooser, done));
    }
    copy.durable = new Map(copy.entries);
  }
  return copy;
}

function survivingFile(file: SimFile, chooser: Chooser): SimFile {
  const copy = new SimFile(file.inode, file.mode);
  copy.write(file.durable, 0);
  file.unsynced.forEach((write, index) => {
    const kept = chooser.kept(write, index === file.unsynced.length - 1);
    if (kept === null) copy.write(new Uint8Array(write.bytes.length), write.at);
    else if (kept > 0) copy.write(write.bytes.subarray(0, kept), write.at);
  });
  copy.modifyNs = file.modifyNs;
  copy.sync();
  return copy;
}

function resolved(path: string, target: string): string {
  return target.startsWith('/') ? target : `${path.slice(0, path.lastIndexOf('/'))}/${target}`;
}

function failed(code: string, path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${path}`), { code, path });
}
