import type { FileStat } from '../../../src/engine/kernel/file-system.ts';
import type { SimContent } from './content.ts';

/** What a disk holds under an inode. Never changed: a change is another one in its place, so that a copy of a disk costs nothing. */
export type SimNode = SimFileNode | SimDirectoryNode | SimLinkNode;

interface Common {
  readonly mode: number;
  readonly modifyNs: bigint;
  /** How many names lead here. */
  readonly links: number;
}

export interface SimFileNode extends Common {
  readonly type: 'file';
  readonly content: SimContent;
}

export interface SimDirectoryNode extends Common {
  readonly type: 'directory';
  readonly entries: Entries;
  /** As a crash finds them at least. The same object: every name is durable. */
  readonly durable: Entries;
}

export interface SimLinkNode extends Common {
  readonly type: 'symlink';
  readonly target: string;
}

/** Name to inode. */
export type Entries = ReadonlyMap<string, number>;

export const noEntries: Entries = new Map();

export function withEntry(entries: Entries, name: string, inode: number | undefined): Entries {
  const changed = new Map(entries);
  if (inode === undefined) changed.delete(name);
  else changed.set(name, inode);
  return changed;
}

export function statOf(node: SimNode, inode: number): FileStat {
  const sizeBytes = node.type === 'file' ? node.content.size : 0;
  return {
    type: node.type,
    sizeBytes,
    mode: node.mode,
    links: node.links,
    inode: BigInt(inode),
    modifyNs: node.modifyNs,
    uid: 0,
    gid: 0,
    accessNs: 0n,
    changeNs: node.modifyNs,
    birthNs: 0n,
    device: 1n,
    allocatedBytes: sizeBytes,
    deviceNumber: 0n,
  };
}
