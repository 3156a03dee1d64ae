import { errnoOf } from '../../kernel/file-failure.ts';
import type { DirectoryEntry, FileSystem } from '../../kernel/file-system.ts';
import type { LocalFolder } from './folder.ts';

/** Folders as they are found, each under a name that none beside it has. */
export class FolderList {
  readonly all: LocalFolder[] = [];
  readonly #taken = new Set<string>();

  add(parent: LocalFolder | undefined, wished: string, folder: Omit<LocalFolder, 'parentKey' | 'name' | 'path'>): LocalFolder {
    const parentKey = parent?.key ?? '';
    const name = this.#taken.has(`${parentKey}\0${wished}`) ? `${wished} (${folder.key})` : wished;
    this.#taken.add(`${parentKey}\0${name}`);
    const added = { ...folder, parentKey, name, path: [...(parent?.path ?? []), name] };
    this.all.push(added);
    return added;
  }
}

/** The entries in a fixed order, or why there are none. */
export function listed(directory: string, files: FileSystem): readonly DirectoryEntry[] | string {
  try {
    return files.list(directory).toSorted((one, other) => (one.name < other.name ? -1 : 1));
  } catch (error) {
    const reason = errnoOf(error);
    if (reason === undefined) throw error;
    return reason;
  }
}

/** Where the file system does not say what an entry is, the entry is asked. A link leads nowhere. */
export const isDirectory = ({ name, type }: DirectoryEntry, directory: string, files: FileSystem): boolean =>
  type === undefined ? files.lstat(`${directory}/${name}`)?.type === 'directory' : type === 'directory';

export const lastPart = (path: string): string => path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;

/** Without what stands at its end for nothing. */
export const withoutSlash = (path: string): string => path.replace(/(?<=.)[\\/]+$/, '');
