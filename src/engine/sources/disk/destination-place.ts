import path from 'node:path';
import type { Manifest } from '../../../shared/domain/item.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import type { FileSystem } from '../../kernel/file-system.ts';
import type { RestoreItem } from '../destination.ts';
import { nameBeside } from '../destination-beside.ts';
import type { Tree } from '../destination-tree.ts';
import { type FileProperties, propertiesFromMetadata } from '../file-properties.ts';
import { ExactNames, type LookAtName } from './exact-names.ts';
import { messageFileName } from './message-file-name.ts';
import { absolutePathNames, exactName, NameKeeper } from './safe-name.ts';

export interface DiskPlace {
  readonly files: FileSystem;
  /** Everything goes below it, under the whole path that it had: `/home/a/x` to `<path>/home/a/x`. */
  readonly path: string;
  /** Back to the very paths: `path` is then the root of the file system, and links on the way to a named path are followed. */
  readonly original?: boolean;
  /** A folder below `path` for everything; then nothing goes back to where it was. */
  readonly restoreRoot?: string | null;
  /** Whether owners, setuid bits and trusted attributes may be given back; as a rule: whether this is the administrator. */
  readonly isPrivileged?: boolean;
}

/** Where something goes: names from the base down, each safe, and what the directories on the way were. */
export interface Spot {
  readonly folders: readonly string[];
  /** For each of `folders`, what it was; undefined for those that are only part of a path. */
  readonly manifests: readonly (Manifest | undefined)[];
  readonly name: string;
}

interface Way {
  readonly folders: readonly string[];
  readonly manifests: readonly (Manifest | undefined)[];
}

/** Turns an item's folders and name into names on this disk. Throws `restore.name-unsafe` where one could lead elsewhere. */
export class Placement {
  readonly #place: DiskPlace;
  readonly #names = new NameKeeper();
  readonly #exactNames: ExactNames;
  /** Items come folder by folder. */
  #last: { readonly folderPath: readonly string[]; readonly way: Way } | undefined;

  constructor(place: DiskPlace, look: LookAtName) {
    this.#place = place;
    this.#exactNames = new ExactNames(look);
  }

  ofFolder(item: RestoreItem): Spot {
    const { folders, manifests } = this.#way([...item.folderPath, item.manifest.name], [...item.folders, item.manifest], item);
    return { folders: folders.slice(0, -1), manifests: manifests.slice(0, -1), name: folders.at(-1) ?? '' };
  }

  ofMessage(item: RestoreItem): Spot {
    return { ...this.#wayOf(item), name: itsName(messageFileName(item.manifest), item) };
  }

  ofFile(item: RestoreItem): Spot {
    const named = item.folderPath.length === 0 ? absolutePathNames(item.manifest.name) : undefined;
    if (named === undefined) {
      const way = this.#wayOf(item);
      return { ...way, name: this.#exactNames.file(way.folders, this.#safe(itsName(item.manifest.name, item), item)) };
    }
    const way = this.#way([item.manifest.name], [], item);
    return {
      folders: way.folders.slice(0, -1),
      manifests: way.manifests.slice(0, -1),
      name: itsName(way.folders.at(-1) ?? '', item),
    };
  }

  #wayOf(item: RestoreItem): Way {
    const { folderPath } = item;
    const last = this.#last;
    if (last?.folderPath === folderPath) return last.way;
    const isSame = last !== undefined && last.folderPath.join('\0') === folderPath.join('\0');
    const way = isSame ? last.way : this.#way(folderPath, item.folders, item);
    this.#last = { folderPath, way };
    return way;
  }

  #way(names: readonly string[], known: readonly Manifest[], item: RestoreItem): Way {
    const folders: string[] = [];
    const manifests: (Manifest | undefined)[] = [];
    for (const [index, name] of names.entries()) {
      // What is known of folders is told from the item upwards.
      const manifest = known[index - (names.length - known.length)];
      const below = this.#namesOf(name, index, manifest, folders, item);
      folders.push(...below);
      manifests.push(...below.slice(1).map(() => undefined), manifest);
    }
    return { folders, manifests };
  }

  #namesOf(
    name: string,
    index: number,
    manifest: Manifest | undefined,
    above: readonly string[],
    item: RestoreItem,
  ): readonly string[] {
    const absolute = index === 0 ? absolutePathNames(name) : undefined;
    if (absolute !== undefined) return this.#resolved(name, absolute).map((one) => this.#safe(one, item));
    const isDirectory = manifest === undefined ? item.manifest.kind === 'file' : propertiesOfFolder(manifest) !== undefined;
    // Directories come back under their own names; mail folders are called by what servers and people like.
    return [isDirectory ? this.#exactNames.folder(above, this.#safe(name, item)) : this.#names.nameFor(above.join('/'), name)];
  }

  /** A named path may be reached through a link (`/tmp` on a Mac); then what it leads to is meant, as when it was backed up. */
  #resolved(named: string, names: readonly string[]): readonly string[] {
    if (!isOriginal(this.#place) || !path.isAbsolute(named)) return names;
    let existing = named;
    while (this.#place.files.stat(existing) === undefined && path.dirname(existing) !== existing)
      existing = path.dirname(existing);
    const rest = named.slice(existing.length);
    return absolutePathNames(path.join(this.#place.files.realPath(existing), rest)) ?? names;
  }

  #safe(name: string, item: RestoreItem): string {
    const safe = exactName(name, process.platform);
    if (safe === undefined) throw new StrataError('restore.name-unsafe', 'never', { item: item.manifest.name });
    return safe;
  }
}

const itsName = (name: string, { beside }: RestoreItem): string => (beside === undefined ? name : nameBeside(name, beside));

export const basePath = ({ path: given, restoreRoot }: DiskPlace): string =>
  restoreRoot ? path.join(given, restoreRoot) : given;

export const isOriginal = ({ original, restoreRoot }: DiskPlace): boolean => original === true && !restoreRoot;

export function propertiesOfFolder(manifest: Manifest): FileProperties | undefined {
  const properties = propertiesFromMetadata(manifest.metadata);
  return properties?.type === 'directory' ? properties : undefined;
}

/** Disks that take names for the same show the one that was given first. */
export function lookAtName(tree: Tree, folders: readonly string[], name: string, files: FileSystem): ReturnType<LookAtName> {
  const directory = tree.find(folders);
  if (directory === undefined || files.lstat(directory.at(name)) === undefined) return 'absent';
  return files.list(directory.at()).some((entry) => entry.name === name) ? 'there' : 'under-another-name';
}
