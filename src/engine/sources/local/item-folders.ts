import type { FileSystem } from '../../kernel/file-system.ts';
import type { LocalFolder } from './folder.ts';
import { FolderList, isDirectory, lastPart, listed } from './folder-list.ts';
import { formatOf, identityOf, ItemStore } from './item-store.ts';

/** A tree of EML, ICS and VCF files: directories are folders as they are. What lies at the top is in a folder of the top's name. */
export function itemFolders(root: string, files: FileSystem): readonly LocalFolder[] {
  const list = new FolderList();
  const entries = files.list(root);
  if (entries.some(({ name, type }) => type !== 'directory' && formatOf(name) !== undefined))
    list.add(undefined, lastPart(root), { ...itemsIn(root, files), key: '.' });
  addBelow(list, undefined, '', root, files);
  return list.all;
}

const itemsIn = (directory: string, files: FileSystem): Pick<LocalFolder, 'specialUse' | 'store' | 'identity'> => {
  const stat = files.lstat(directory);
  return {
    specialUse: null,
    store: new ItemStore(directory, files, formatOf),
    ...(stat === undefined ? {} : { identity: identityOf(stat) }),
  };
};

function addBelow(list: FolderList, parent: LocalFolder | undefined, prefix: string, directory: string, files: FileSystem): void {
  const entries = listed(directory, files);
  if (typeof entries === 'string') return;
  for (const entry of entries) {
    if (!isDirectory(entry, directory, files)) continue;
    const { name } = entry;
    const path = `${directory}/${name}`;
    const inside = listed(path, files);
    const unreadable = typeof inside === 'string' ? { unreadable: inside } : {};
    const folder = list.add(parent, name, { key: `${prefix}${name}`, ...itemsIn(path, files), ...unreadable });
    if (typeof inside !== 'string') addBelow(list, folder, `${prefix}${name}/`, path, files);
  }
}
