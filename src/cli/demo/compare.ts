import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** A tree as it stands on the disk: everything that a restore has to bring back. Relative path → what is there. */
export type Tree = ReadonlyMap<string, Entry>;

interface Entry {
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  readonly mode: number;
  readonly modifyNs: bigint;
  readonly bytes: Buffer;
}

export function readTree(root: string): Tree {
  const tree = new Map<string, Entry>();
  const visit = (relative: string): void => {
    const path = join(root, relative);
    const stat = lstatSync(path, { bigint: true });
    const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : stat.isSymbolicLink() ? 'link' : 'other';
    const bytes = kind === 'file' ? readFileSync(path) : kind === 'link' ? Buffer.from(readlinkSync(path)) : Buffer.alloc(0);
    tree.set(relative, { kind, bytes, mode: Number(stat.mode & 0o7777n), modifyNs: stat.mtimeNs });
    if (kind === 'directory') for (const name of readdirSync(path)) visit(join(relative, name));
  };
  visit('.');
  return tree;
}

/** What differs, in plain words; empty when the trees are equal. The two roots' own times and modes do not count. */
export function compareTrees(expected: Tree, found: Tree): string[] {
  const differences: string[] = [];
  for (const [path, entry] of expected) {
    const other = found.get(path);
    if (other === undefined) differences.push(`${path} is missing`);
    else if (path !== '.') differences.push(...compareEntries(path, entry, other));
  }
  for (const path of found.keys()) if (!expected.has(path)) differences.push(`${path} should not be there`);
  return differences;
}

function compareEntries(path: string, expected: Entry, found: Entry): string[] {
  if (expected.kind !== found.kind) return [`${path} is a ${found.kind} instead of a ${expected.kind}`];
  const differences: string[] = [];
  if (!expected.bytes.equals(found.bytes)) differences.push(`${path} has other bytes`);
  if (expected.mode !== found.mode) differences.push(`${path} has other permissions`);
  if (expected.modifyNs !== found.modifyNs) differences.push(`${path} has another time`);
  return differences;
}

/** All messages below a directory, whatever their names, in an order of their own. */
export function readMessages(root: string, isMessage: (path: string) => boolean): Buffer[] {
  return [...readTree(root)]
    .filter(([path, { kind }]) => kind === 'file' && isMessage(path))
    .map(([, { bytes }]) => bytes)
    .sort(Buffer.compare);
}

export function compareMessages(expected: readonly Buffer[], found: readonly Buffer[]): string[] {
  if (expected.length !== found.length) return [`${found.length} messages instead of ${expected.length}`];
  const different = expected.filter((bytes, index) => found[index]?.equals(bytes) !== true).length;
  return different === 0 ? [] : [`${different} messages differ`];
}

/** Files below these directories that hold one of the texts as it is. */
export function filesThatShow(texts: readonly string[], directories: readonly string[]): string[] {
  const needles = texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')]);
  return directories.flatMap((directory) =>
    [...readTree(directory)]
      .filter(([, { bytes }]) => needles.some((needle) => bytes.includes(needle)))
      .map(([path]) => join(directory, path)),
  );
}

export const sizeOf = (tree: Tree): number =>
  [...tree.values()].reduce((sum, { kind, bytes }) => sum + (kind === 'file' ? bytes.length : 0), 0);
