import type { DirectoryEntry, FileHandle, FileStat, FileSystem } from '../../src/engine/kernel/file-system.ts';
import { SimContent } from './sim-disk/content.ts';
import { chooserOf, type CrashVariant } from './sim-disk/crash-variant.ts';
import { bytesOfBlocks, directoryNode, NodeTable } from './sim-disk/node-table.ts';
import { type SimNode, statOf } from './sim-disk/nodes.ts';
import { failed, ShortWrite } from './sim-disk/disk-error.ts';
import type { SimOperation } from './sim-disk/power.ts';
import { surviving } from './sim-disk/surviving.ts';

export { allVariants, type CrashVariant } from './sim-disk/crash-variant.ts';
export { ShortWrite } from './sim-disk/disk-error.ts';
export { cutPowerAt, PowerCut, type SimOperation } from './sim-disk/power.ts';

/** What a disk may say that it did, and did not. `rot`: what was written reads differently. */
export type Pretence = 'sync' | 'syncDirectory' | 'rot';

/** `look`: at names and sizes, which a bad sector leaves as they are. */
type BeforeReading = (path: string, how: 'look' | 'read') => void;

/**
 * A disk in memory that can lose power.
 *
 * Every file and directory has two layers: what processes see, and what is durable. `sync` of a file makes its bytes and size
 * durable, `syncDirectory` the names in it; until then a crash may keep or lose each of them, in any combination (the journals
 * of real file systems allow less, so what survives here survives there). Copies and crashes share what did not change.
 */
export class SimFileSystem implements FileSystem {
  #table = NodeTable.empty();
  #operations = 0;
  #begun = 0;
  #pretended: Pretence | undefined;
  #before: ((operation: SimOperation) => void) | undefined;
  #beforeReading: BeforeReading | undefined;
  #behind: (() => Promise<void>) | undefined;
  #capacityBytes = Infinity;
  #hasLinks = true;

  /** Called before each operation that changes the disk; what it throws is what the operation throws, and nothing is changed. */
  onOperation(before: ((operation: SimOperation) => void) | undefined): void {
    this.#before = before;
  }

  /** The same for everything that only looks: opening, reading, listing, asking. */
  onReading(before: BeforeReading | undefined): void {
    this.#beforeReading = before;
  }

  /** A disk that is behind: what is synced in the background waits for this. */
  onBackground(behind: (() => Promise<void>) | undefined): void {
    this.#behind = behind;
  }

  /** Like exFAT and some network drives. */
  refuseLinks(): void {
    this.#hasLinks = false;
  }

  /** A disk that lies. To see that somebody notices. */
  pretend(what: Pretence | undefined): void {
    this.#pretended = what;
  }

  /** From now on it is full at that size; what is over it already stays. Counted in blocks of 4 KiB, one for each file at least. */
  limit(capacityBytes: number): void {
    this.#capacityBytes = capacityBytes;
  }

  get usedBytes(): number {
    return this.#table.usedBytes();
  }

  /** Files that somebody began and has not closed yet: what they take stays taken, whatever becomes of their names. */
  get begun(): number {
    return this.#begun;
  }

  /** How many operations that change the disk were begun. */
  get operations(): number {
    return this.#operations;
  }

  /** The disk as it is found when power comes back. This one stays as it is. */
  afterCrash(variant: CrashVariant): SimFileSystem {
    return this.#like(this.#table.with(surviving(this.#table.nodes, this.#table.root, chooserOf(variant))));
  }

  /** The disk as it is now, with what is durable of it and what is not. */
  copy(): SimFileSystem {
    return this.#like(this.#table.with(new Map(this.#table.nodes)));
  }

  /** With the same nature; whoever listens to this one does not listen to that. */
  #like(table: NodeTable): SimFileSystem {
    const like = new SimFileSystem();
    like.#table = table;
    like.#capacityBytes = this.#capacityBytes;
    like.#hasLinks = this.#hasLinks;
    like.#behind = this.#behind;
    return like;
  }

  /** Equal for disks on which the same is found under the same names. */
  fingerprint(): string {
    const lines: string[] = [];
    this.#walk((path, node) => {
      const what = node.type === 'file' ? node.content.fingerprint() : node.type === 'symlink' ? node.target : '';
      lines.push(`${path} ${node.type} ${what}`);
    });
    return lines.sort().join('\n');
  }

  /** Names of all files with their bytes, to plant damage or to compare. */
  files(): Map<string, Uint8Array> {
    const found = new Map<string, Uint8Array>();
    this.#walk((path, node) => {
      if (node.type === 'file') found.set(path, node.content.bytes());
    });
    return found;
  }

  /** Damage: other bytes under the name, durable at once, whatever sat there. Its directories are made. */
  plant(path: string, bytes: Uint8Array): void {
    const above = path.slice(0, path.lastIndexOf('/'));
    if (above !== '' && this.#table.find(above) === undefined) this.#plantDirectory(above);
    this.takeAway(path);
    this.#table.create(path, { type: 'file', mode: 0o600, modifyNs: 0n, links: 0, content: SimContent.of(bytes.slice()) });
    this.#settle(above);
  }

  /** Damage: nothing under the name, durable at once, and nothing below it. Gone is fine. */
  takeAway(path: string): void {
    if (this.#table.find(path) === undefined) return;
    this.#table.name(path, undefined);
    this.#settle(path.slice(0, path.lastIndexOf('/')));
  }

  stat(path: string): FileStat | undefined {
    this.#beforeReading?.(path, 'look');
    const inode = this.#table.find(path);
    const node = inode === undefined ? undefined : this.#table.nodes.get(inode);
    if (inode === undefined || node === undefined) return undefined;
    return node.type === 'symlink' ? this.stat(resolved(path, node.target)) : statOf(node, inode);
  }

  lstat(path: string): FileStat | undefined {
    this.#beforeReading?.(path, 'look');
    const inode = this.#table.find(path);
    const node = inode === undefined ? undefined : this.#table.nodes.get(inode);
    return inode === undefined || node === undefined ? undefined : statOf(node, inode);
  }

  list(directory: string): DirectoryEntry[] {
    this.#beforeReading?.(directory, 'look');
    return [...this.#table.directory(directory).node.entries].map(([name, inode]) => ({
      name,
      type: this.#table.nodes.get(inode)?.type,
    }));
  }

  realPath(path: string): string {
    this.#table.existing(path);
    return path;
  }

  space(path: string): { readonly freeBytes: number; readonly totalBytes: number } {
    this.#table.existing(path);
    if (this.#capacityBytes === Infinity) return { freeBytes: 1e12, totalBytes: 2e12 };
    return { freeBytes: Math.max(0, this.#capacityBytes - this.usedBytes), totalBytes: this.#capacityBytes };
  }

  open(path: string, how: 'read' | 'read-no-follow' | 'create' | 'append', mode = 0o600): FileHandle {
    if (how === 'create' || (how === 'append' && this.#table.find(path) === undefined)) return this.#create(path, mode);
    this.#beforeReading?.(path, 'read');
    const { inode, node } = this.#table.existing(path);
    if (node.type === 'symlink') {
      if (how === 'read-no-follow') throw failed('ELOOP', path);
      return this.open(resolved(path, node.target), how, mode);
    }
    if (node.type !== 'file') throw failed('EISDIR', path);
    if (node.mode === 0) throw failed('EACCES', path);
    return this.#handle(inode, path, how === 'append');
  }

  readWhole(path: string): Uint8Array {
    this.#beforeReading?.(path, 'read');
    const { node } = this.#table.existing(path);
    if (node.type === 'symlink') return this.readWhole(resolved(path, node.target));
    if (node.type !== 'file') throw failed('EISDIR', path);
    return node.content.bytes().slice();
  }

  link(existing: string, created: string): void {
    this.#change('link', created);
    if (!this.#hasLinks) throw failed('EPERM', created);
    const { inode } = this.#table.existing(existing);
    const { directory, name } = this.#table.parent(created);
    if (directory.entries.has(name)) throw failed('EEXIST', created);
    this.#table.name(created, inode);
  }

  renameToFree(_from: string, to: string): void {
    throw failed('ENOSYS', to);
  }

  rename(from: string, to: string): void {
    this.#change('rename', to);
    const { inode } = this.#table.existing(from);
    this.#table.name(to, inode);
    if (from !== to) this.#table.name(from, undefined);
  }

  unlink(path: string): void {
    this.#change('unlink', path);
    if (this.#table.existing(path).node.type === 'directory') throw failed('EISDIR', path);
    this.#table.name(path, undefined);
  }

  makeDirectory(path: string, mode: number): void {
    this.#change('makeDirectory', path);
    const { directory, name } = this.#table.parent(path);
    if (directory.entries.has(name)) throw failed('EEXIST', path);
    this.#requireRoom(0, undefined, path);
    this.#table.create(path, { ...directoryNode(), mode });
  }

  removeDirectory(path: string): void {
    this.#change('removeDirectory', path);
    if (this.#table.directory(path).node.entries.size > 0) throw failed('ENOTEMPTY', path);
    this.#table.name(path, undefined);
  }

  syncDirectory(path: string): void {
    this.#change('syncDirectory', path);
    const { inode, node } = this.#table.directory(path);
    if (this.#pretended !== 'syncDirectory') this.#table.settle(inode, node);
  }

  readLink(path: string): string {
    const { node } = this.#table.existing(path);
    if (node.type !== 'symlink') throw failed('EINVAL', path);
    return node.target;
  }

  symlink(target: string, path: string): void {
    this.#change('symlink', path);
    this.#table.create(path, { type: 'symlink', mode: 0o777, modifyNs: 0n, links: 0, target });
  }

  makeFifo(path: string): void {
    throw failed('ENOSYS', path);
  }

  setMode(path: string, mode: number): void {
    this.#change('setMode', path);
    const { inode, node } = this.#table.existing(path);
    this.#table.nodes.set(inode, { ...node, mode });
  }

  setOwner(path: string): void {
    this.#change('setOwner', path);
    this.#table.existing(path);
  }

  setTimes(path: string, _accessNs: bigint, modifyNs: bigint): void {
    this.#change('setTimes', path);
    const { inode, node } = this.#table.existing(path);
    this.#table.nodes.set(inode, { ...node, modifyNs });
  }

  readAttributes(path: string): ReadonlyMap<string, Uint8Array> {
    this.#table.existing(path);
    return new Map();
  }

  writeAttribute(path: string): void {
    throw failed('ENOTSUP', path);
  }

  #change(kind: SimOperation['kind'], path: string): void {
    this.#before?.({ kind, path, number: ++this.#operations });
  }

  #create(path: string, mode: number): FileHandle {
    this.#change('create', path);
    if (this.#table.find(path) !== undefined) throw failed('EEXIST', path);
    this.#table.parent(path);
    this.#requireRoom(0, undefined, path);
    const node: SimNode = { type: 'file', mode, modifyNs: 0n, links: 0, content: SimContent.empty };
    const handle = this.#handle(this.#table.create(path, node), path, false);
    let isOpen = true;
    this.#begun += 1;
    return {
      ...handle,
      close: () => {
        if (isOpen) this.#begun -= 1;
        isOpen = false;
        handle.close();
      },
    };
  }

  #handle(inode: number, path: string, atEnd: boolean): FileHandle {
    let position = atEnd ? this.#table.file(inode).content.size : 0;
    let isOpen = true;
    this.#table.opened(inode);
    const settle = (): void => {
      const file = this.#table.file(inode);
      if (this.#pretended !== 'sync') this.#table.nodes.set(inode, { ...file, content: file.content.synced() });
    };
    return {
      stat: () => statOf(this.#table.file(inode), inode),
      readAttributes: () => new Map(),
      read: (into, at) => {
        this.#beforeReading?.(path, 'read');
        const from = at ?? position;
        const part = this.#table
          .file(inode)
          .content.bytes()
          .subarray(from, from + into.length);
        into.set(part);
        if (at === null) position += part.length;
        return part.length;
      },
      forgetCached: () => undefined,
      write: (bytes) => {
        this.#write(inode, path, bytes, position);
        position += bytes.length;
      },
      writeAt: (bytes, at) => this.#write(inode, path, bytes, at),
      extendTo: (size) => {
        const { content } = this.#table.file(inode);
        this.#write(inode, path, new Uint8Array(Math.max(0, size - content.size)), content.size);
      },
      sync: () => {
        this.#change('sync', path);
        settle();
      },
      setMode: () => this.#change('setMode', path),
      setOwner: () => this.#change('setOwner', path),
      setTimes: () => this.#change('setTimes', path),
      syncInBackground: async () => {
        await Promise.resolve();
        await this.#behind?.();
        this.#change('sync', path);
        settle();
      },
      close: () => {
        if (isOpen) this.#table.closed(inode);
        isOpen = false;
      },
    };
  }

  #write(inode: number, path: string, bytes: Uint8Array, at: number): void {
    try {
      this.#change('write', path);
    } catch (error) {
      if (error instanceof ShortWrite) this.#put(inode, bytes.subarray(0, bytes.length >> 1), at);
      throw error;
    }
    this.#requireRoom(at + bytes.length, inode, path);
    this.#put(inode, this.#pretended === 'rot' ? rotten(bytes) : bytes, at);
  }

  #put(inode: number, bytes: Uint8Array, at: number): void {
    const file = this.#table.file(inode);
    this.#table.nodes.set(inode, { ...file, modifyNs: file.modifyNs + 1n, content: file.content.written(bytes, at) });
  }

  #requireRoom(sizeBytes: number, inode: number | undefined, path: string): void {
    if (this.#capacityBytes === Infinity) return;
    if (this.#table.usedBytes(inode) + bytesOfBlocks(sizeBytes) > this.#capacityBytes) throw failed('ENOSPC', path);
  }

  #walk(visit: (path: string, node: SimNode) => void): void {
    const below = (inode: number, path: string): void => {
      const node = this.#table.nodes.get(inode);
      if (node === undefined) return;
      if (path !== '') visit(path, node);
      if (node.type === 'directory') for (const [name, child] of node.entries) below(child, `${path}/${name}`);
    };
    below(this.#table.root, '');
  }

  #plantDirectory(path: string): void {
    const above = path.slice(0, path.lastIndexOf('/'));
    if (above !== '' && this.#table.find(above) === undefined) this.#plantDirectory(above);
    this.#table.create(path, directoryNode());
    this.#settle(above);
  }

  /** Whatever was done to the names of a directory is durable. */
  #settle(path: string): void {
    const { inode, node } = this.#table.directory(path);
    this.#table.settle(inode, node);
  }
}

function resolved(path: string, target: string): string {
  return target.startsWith('/') ? target : `${path.slice(0, path.lastIndexOf('/'))}/${target}`;
}

/** One bit in the middle is another. */
function rotten(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  const at = copy.length >> 1;
  if (at < copy.length) copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
