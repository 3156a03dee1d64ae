import type { CallOutput } from '../../../shared/contract/calls.ts';
import type { SourceKind } from '../../../shared/domain/source-settings.ts';

export type RemoteFolder = CallOutput<'source.tree'>[number];

/** Keys of folders that are left out with everything below them. */
export type LeftOut = ReadonlySet<string>;

export interface FolderNode {
  readonly folder: RemoteFolder;
  /** Names from the top, joined by `/`. */
  readonly path: string;
  readonly above: FolderNode | null;
  readonly below: readonly FolderNode[];
}

/** Folders as a tree; one whose parent is not listed stands at the top. */
export function treeOf(folders: readonly RemoteFolder[]): readonly FolderNode[] {
  const keys = new Set(folders.map(({ key }) => key));
  const byParent = new Map<string, RemoteFolder[]>();
  for (const folder of folders) {
    const parent = folder.parentKey !== null && keys.has(folder.parentKey) ? folder.parentKey : '';
    byParent.set(parent, [...(byParent.get(parent) ?? []), folder]);
  }
  const grow = (parentKey: string, above: FolderNode | null): FolderNode[] =>
    (byParent.get(parentKey) ?? [])
      .filter(({ key }) => key !== parentKey)
      .map((folder) => {
        const node = {
          folder,
          path: above === null ? folder.name : `${above.path}/${folder.name}`,
          above,
          below: [] as FolderNode[],
        };
        if (folder.key !== '') node.below = grow(folder.key, node);
        return node;
      });
  return grow('', null);
}

const everyNode = (nodes: readonly FolderNode[]): FolderNode[] => nodes.flatMap((node) => [node, ...everyNode(node.below)]);

export const isLeftOut = (node: FolderNode, leftOut: LeftOut): boolean =>
  leftOut.has(node.folder.key) || (node.above !== null && isLeftOut(node.above, leftOut));

/** `some`: it is kept, but something below it is not. */
export function stateOf(node: FolderNode, leftOut: LeftOut): 'all' | 'some' | 'none' {
  if (isLeftOut(node, leftOut)) return 'none';
  return everyNode(node.below).some(({ folder }) => leftOut.has(folder.key)) ? 'some' : 'all';
}

/** Leaves out the folder with all below it, or takes it in with all below it and the folders that lead to it. */
export function toggled(node: FolderNode, leftOut: LeftOut): LeftOut {
  const next = new Set(leftOut);
  for (const { folder } of everyNode(node.below)) next.delete(folder.key);
  if (stateOf(node, leftOut) !== 'none') return next.add(node.folder.key);
  next.delete(node.folder.key);
  for (let step = node; step.above !== null; step = step.above) {
    if (!isLeftOut(step.above, leftOut)) break;
    next.delete(step.above.folder.key);
    // What stands beside the way was left out with the folder above and stays so.
    for (const { folder } of step.above.below) if (folder.key !== step.folder.key) next.add(folder.key);
  }
  return next;
}

/** Junk is no loss, and what is in the trash was thrown away on purpose. */
const notWanted: ReadonlySet<string> = new Set(['\\junk', '\\trash']);

export const leftOutAtFirst = (folders: readonly RemoteFolder[]): LeftOut =>
  new Set(
    folders.filter(({ specialUse }) => specialUse !== null && notWanted.has(specialUse.toLowerCase())).map(({ key }) => key),
  );

/** Patterns of the engine. A `*` of a name becomes `?`, which fits exactly one character where `*` would fit any text. */
export const patternsOf = (
  kind: Exclude<SourceKind, 'files'>,
  folders: readonly RemoteFolder[],
  leftOut: LeftOut,
): readonly string[] =>
  everyNode(treeOf(folders))
    .filter(({ folder }) => leftOut.has(folder.key))
    .map(({ folder, path }) => (kind === 'imap' ? folder.key : path).replaceAll('*', '?'));

export const itemsWithout = (folders: readonly RemoteFolder[], leftOut: LeftOut): number =>
  everyNode(treeOf(folders))
    .filter((node) => !isLeftOut(node, leftOut))
    .reduce((sum, { folder }) => sum + (folder.items ?? 0), 0);
