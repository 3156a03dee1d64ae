import { SimContent, type Write } from './content.ts';
import type { Chooser } from './crash-variant.ts';
import type { Entries, SimNode } from './nodes.ts';

export type Nodes = ReadonlyMap<number, SimNode>;

/** What a crash leaves of a disk, all of it durable. What is durable already is shared, not copied. */
export function surviving(nodes: Nodes, root: number, chooser: Chooser): Map<number, SimNode> {
  const found = new Map<number, SimNode>();
  const links = new Map<number, number>();
  const keep = (inode: number): void => {
    links.set(inode, (links.get(inode) ?? 0) + 1);
    const node = nodes.get(inode);
    if (node === undefined || found.has(inode)) return;
    const survivor = survivorOf(node, chooser);
    found.set(inode, survivor);
    if (survivor.type === 'directory') for (const child of survivor.entries.values()) keep(child);
  };
  keep(root);
  for (const [inode, node] of found) {
    const count = links.get(inode) ?? 1;
    if (node.links !== count) found.set(inode, { ...node, links: count });
  }
  return found;
}

function survivorOf(node: SimNode, chooser: Chooser): SimNode {
  if (node.type === 'file' && node.content.unsynced.length > 0)
    return { ...node, content: survivingContent(node.content, chooser) };
  if (node.type !== 'directory' || node.entries === node.durable) return node;
  const entries = survivingEntries(node.durable, node.entries, chooser);
  return { ...node, entries, durable: entries };
}

function survivingEntries(durable: Entries, now: Entries, chooser: Chooser): Entries {
  const entries = new Map<string, number>();
  for (const name of new Set([...durable.keys(), ...now.keys()])) {
    const before = durable.get(name);
    const after = now.get(name);
    const kept = before === after || chooser.isNewest(before, after) ? after : before;
    if (kept !== undefined) entries.set(name, kept);
  }
  return entries;
}

function survivingContent({ durable, unsynced }: SimContent, chooser: Chooser): SimContent {
  const writes = unsynced.flatMap((write, index): Write[] => {
    const kept = chooser.kept(write, index === unsynced.length - 1);
    if (kept === null) return [{ at: write.at, bytes: new Uint8Array(write.bytes.length) }];
    return kept > 0 ? [{ at: write.at, bytes: write.bytes.subarray(0, kept) }] : [];
  });
  return SimContent.surviving(durable, writes);
}
