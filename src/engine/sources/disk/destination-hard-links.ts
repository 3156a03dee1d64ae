import type { Manifest } from '../../../shared/domain/item.ts';
import { errnoOf } from '../../kernel/file-failure.ts';
import type { FileStat, FileSystem } from '../../kernel/file-system.ts';
import { giveName, takeBack, unfinishedName } from '../destination-naming.ts';
import type { Directory } from '../destination-tree.ts';
import type { FileProperties } from '../file-properties.ts';

/** Names of one file become names of one file again: only among what this restore has written itself. */
export class HardLinks {
  readonly #files: FileSystem;
  readonly #written = new Map<string, { readonly path: string; readonly stat: FileStat }>();

  constructor(files: FileSystem) {
    this.#files = files;
  }

  remember(directory: Directory, name: string, manifest: Manifest, { hardLink }: FileProperties): void {
    const stat = hardLink === undefined ? undefined : this.#files.lstat(directory.at(name));
    if (stat !== undefined) this.#written.set(keyOf(manifest, hardLink), { path: `${directory.path}/${name}`, stat });
  }

  /** False: there is no other name yet, or it cannot be linked to; the file is then written in full. */
  tryLink(
    directory: Directory,
    name: string,
    manifest: Manifest,
    { hardLink }: FileProperties,
    how: 'create' | 'replace',
  ): boolean {
    const other = hardLink === undefined ? undefined : this.#written.get(keyOf(manifest, hardLink));
    if (other === undefined) return false;
    const aside = directory.at(unfinishedName(manifest));
    directory.confirm();
    takeBack(aside, this.#files);
    try {
      this.#files.link(other.path, aside);
    } catch (error) {
      // Another disk, too many names, the other name is gone: a copy has the same bytes.
      if (errnoOf(error) === undefined) throw error;
      return false;
    }
    const isOurs = isSameFile(this.#files.lstat(aside), other.stat);
    if (!isOurs) {
      takeBack(aside, this.#files);
      return false;
    }
    try {
      giveName(aside, directory.at(name), how, this.#files);
    } catch (error) {
      takeBack(aside, this.#files);
      throw error;
    }
    directory.confirm();
    return true;
  }
}

/** Somebody may have put another file in that place since, and a free inode number is given out again at once. */
const isSameFile = (one: FileStat | undefined, other: FileStat): boolean =>
  one?.type === other.type &&
  one.device === other.device &&
  one.inode === other.inode &&
  one.birthNs === other.birthNs &&
  one.modifyNs === other.modifyNs &&
  one.sizeBytes === other.sizeBytes;

/** The same file had the same bytes under all its names, unless it changed while it was backed up. */
const keyOf = (manifest: Manifest, hardLink: string | undefined): string =>
  [manifest.source, hardLink, manifest.contents[0]?.digest ?? ''].join(' ');
