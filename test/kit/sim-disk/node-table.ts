import { failed } from './disk-error.ts';
import { noEntries, type SimDirectoryNode, type SimFileNode, type SimNode, withEntry } from './nodes.ts';

const root = 1;
const blockBytes = 4096;

/** Where a name is: in which directory, and what it leads to. */
interface Spot {
  readonly directory: SimDirectoryNode;
  readonly inode: number;
  readonly name: string;
}

/** The inodes of a disk and the names that lead to them. Knows nothing of crashes but what is durable. */
export class NodeTable {
  readonly nodes: Map<number, SimNode>;
  #next: number;
  readonly #open = new Map<number, number>();

  private constructor(nodes: Map<number, SimNode>, next: number) {
    this.nodes = nodes;
    this.#next = next;
  }

  static empty(): NodeTable {
    return new NodeTable(new Map([[root, directoryNode()]]), root + 1);
  }

  /** With other nodes in it, whose inodes are not given away again. */
  with(nodes: Map<number, SimNode>): NodeTable {
    return new NodeTable(nodes, this.#next);
  }

  get root(): number {
    return root;
  }

  find(path: string): number | undefined {
    let inode: number | undefined = root;
    for (const name of path.split('/')) {
      if (name === '' || name === '.') continue;
      const node: SimNode | undefined = inode === undefined ? undefined : this.nodes.get(inode);
      if (node?.type !== 'directory') return undefined;
      inode = node.entries.get(name);
    }
    return inode;
  }

  existing(path: string): { readonly inode: number; readonly node: SimNode } {
    const inode = this.find(path);
    const node = inode === undefined ? undefined : this.nodes.get(inode);
    if (inode === undefined || node === undefined) throw failed('ENOENT', path);
    return { inode, node };
  }

  directory(path: string): { readonly inode: number; readonly node: SimDirectoryNode } {
    const { inode, node } = this.existing(path);
    if (node.type !== 'directory') throw failed('ENOTDIR', path);
    return { inode, node };
  }

  file(inode: number): SimFileNode {
    const node = this.nodes.get(inode);
    if (node?.type !== 'file') throw new Error('no file');
    return node;
  }

  parent(path: string): Spot {
    const cut = path.lastIndexOf('/');
    const { inode, node } = this.directory(path.slice(0, cut));
    return { directory: node, inode, name: path.slice(cut + 1) };
  }

  /** The name leads to that inode from now on, or nowhere. */
  name(path: string, inode: number | undefined): void {
    const spot = this.parent(path);
    const before = spot.directory.entries.get(spot.name);
    this.nodes.set(spot.inode, { ...spot.directory, entries: withEntry(spot.directory.entries, spot.name, inode) });
    if (inode !== undefined) this.#addLinks(inode, 1);
    if (before !== undefined) this.#addLinks(before, -1);
  }

  /** Refuses a name that is there. */
  create(path: string, node: SimNode): number {
    const { directory, name } = this.parent(path);
    if (directory.entries.has(name)) throw failed('EEXIST', path);
    const inode = this.#next++;
    this.nodes.set(inode, node);
    this.name(path, inode);
    return inode;
  }

  /** The names in a directory are durable. What no name leads to any more, also after a crash, is gone. */
  settle(inode: number, node: SimDirectoryNode): void {
    const before = node.durable;
    this.nodes.set(inode, { ...node, durable: node.entries });
    if (before !== node.entries) for (const child of before.values()) this.#dropIfUnreachable(child);
  }

  /** What is open stays, also without a name. */
  opened(inode: number): void {
    this.#open.set(inode, (this.#open.get(inode) ?? 0) + 1);
  }

  closed(inode: number): void {
    this.#open.set(inode, (this.#open.get(inode) ?? 1) - 1);
    this.#dropIfUnreachable(inode);
  }

  /** Whole blocks, and one for what is empty, as most disks have it. */
  usedBytes(except?: number): number {
    let blocks = 0;
    for (const [inode, node] of this.nodes)
      if (inode !== except) blocks += blocksOf(node.type === 'file' ? node.content.size : 0);
    return blocks * blockBytes;
  }

  #addLinks(inode: number, by: number): void {
    const node = this.nodes.get(inode);
    if (node === undefined) return;
    this.nodes.set(inode, { ...node, links: node.links + by });
    this.#dropIfUnreachable(inode);
  }

  /** A name that may come back after a crash still leads here. */
  #dropIfUnreachable(inode: number): void {
    const node = this.nodes.get(inode);
    if (node?.links !== 0 || (this.#open.get(inode) ?? 0) > 0) return;
    for (const other of this.nodes.values()) {
      if (other.type === 'directory' && other.entries !== other.durable && [...other.durable.values()].includes(inode)) return;
    }
    this.nodes.delete(inode);
  }
}

export const directoryNode = (): SimDirectoryNode => ({
  type: 'directory',
  mode: 0o700,
  modifyNs: 0n,
  links: 0,
  entries: noEntries,
  durable: noEntries,
});

export const blocksOf = (sizeBytes: number): number => Math.max(1, Math.ceil(sizeBytes / blockBytes));
export const bytesOfBlocks = (sizeBytes: number): number => blocksOf(sizeBytes) * blockBytes;
