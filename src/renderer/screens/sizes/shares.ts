import type { ItemId, SourceId } from '../../../shared/domain/ids.ts';
import type { ItemKind } from '../../../shared/domain/item.ts';
import { type FolderSize, noSize, type Size, sizesBy, sumOf } from '../../../shared/domain/size.ts';
import type { SizesSearch, SizesWay } from '../../search-params.ts';
import type { FolderRow } from '../../state/index.ts';

/** What somebody looks at. Null: all of them. */
export interface SizesPlace {
  readonly source: SourceId | null;
  readonly folder: ItemId | null;
  /** The folder without those below it. */
  readonly alone: boolean;
  readonly kind: ItemKind | null;
}

/** A part of what is looked at. */
export interface Share {
  readonly key: string;
  readonly what:
    | { readonly is: 'source' | 'folder' | 'alone'; readonly folder: FolderRow }
    | { readonly is: 'kind'; readonly kind: ItemKind }
    | { readonly is: 'sender'; readonly address: string; readonly name: string }
    | { readonly is: 'others'; readonly senders: number };
  readonly size: Size;
  /** Where it leads; null: no further. */
  readonly to: SizesSearch | null;
}

/** All folders of a storage and what is in each. */
export class Shares {
  readonly #folders: ReadonlyMap<ItemId, FolderRow>;
  readonly #below: ReadonlyMap<ItemId, readonly FolderRow[]>;
  readonly #roots: ReadonlyMap<SourceId, FolderRow>;
  readonly #sizes: readonly FolderSize[];

  constructor(tree: readonly FolderRow[], sizes: readonly FolderSize[]) {
    const below = new Map<ItemId, FolderRow[]>();
    for (const folder of tree)
      if (folder.parent !== null) below.set(folder.parent, [...(below.get(folder.parent) ?? []), folder]);
    this.#folders = new Map(tree.map((folder) => [folder.item, folder]));
    this.#below = below;
    this.#roots = new Map(tree.filter(({ parent }) => parent === null).map((folder) => [folder.source, folder]));
    this.#sizes = sizes;
  }

  /** The source's root where no folder is looked at. */
  folderOf({ source, folder }: SizesPlace): FolderRow | undefined {
    if (folder !== null) return this.#folders.get(folder);
    return source === null ? undefined : this.#roots.get(source);
  }

  /** From the source's root down to the folder that is looked at. */
  path(place: SizesPlace): FolderRow[] {
    const path: FolderRow[] = [];
    for (let at = this.folderOf(place); at; at = at.parent === null ? undefined : this.#folders.get(at.parent)) path.unshift(at);
    return path;
  }

  /** How a place can be divided; the first is what most want to see. */
  ways(place: SizesPlace): SizesWay[] {
    const folder = this.folderOf(place);
    const isDivided = folder !== undefined && !place.alone && (this.#below.get(folder.item) ?? []).length > 0;
    return [
      ...(place.source === null ? (['source'] as const) : []),
      ...(isDivided ? (['folder'] as const) : []),
      ...(place.kind === null ? (['kind'] as const) : []),
      'sender',
    ];
  }

  /** What is looked at, as ids. */
  foldersIn(place: SizesPlace): ItemId[] {
    const folder = this.folderOf(place);
    if (folder === undefined) return [...this.#folders.keys()];
    return place.alone ? [folder.item] : this.#withBelow(folder).map(({ item }) => item);
  }

  whole(place: SizesPlace): Size {
    return sumOf(this.#in(place));
  }

  bySource(place: SizesPlace): Share[] {
    const sums = sizesBy(this.#in(place), ({ source }) => source);
    return [...this.#roots.values()].map((folder) => ({
      key: folder.source,
      what: { is: 'source', folder },
      size: sums.get(folder.source) ?? noSize,
      to: address({ ...place, source: folder.source }),
    }));
  }

  /** Folders directly below with all that is in them, and what lies beside them. */
  byFolder(place: SizesPlace): Share[] {
    const folder = this.folderOf(place);
    if (folder === undefined) return [];
    const below = (this.#below.get(folder.item) ?? []).map((child): Share => {
      const there = { ...place, folder: child.item };
      return { key: child.item, what: { is: 'folder', folder: child }, size: this.whole(there), to: address(there) };
    });
    const beside = { ...place, folder: folder.item, alone: true };
    const own = this.whole(beside);
    if (own.versions === 0) return below;
    return [...below, { key: 'alone', what: { is: 'alone', folder }, size: own, to: address(beside) }];
  }

  byKind(place: SizesPlace): Share[] {
    return [...sizesBy(this.#in(place), ({ kind }) => kind)].map(([kind, size]) => ({
      key: kind,
      what: { is: 'kind', kind },
      size,
      to: address({ ...place, kind }, 'sender'),
    }));
  }

  #in(place: SizesPlace): FolderSize[] {
    const folder = this.folderOf(place);
    const wanted = new Set<ItemId | null>(this.foldersIn(place));
    // What lies in no folder belongs to the source itself.
    const takesLoose = folder === undefined || folder.parent === null;
    return this.#sizes.filter(
      (size) =>
        (folder === undefined || size.source === folder.source) &&
        (place.kind === null || size.kind === place.kind) &&
        (size.folder === null ? takesLoose : wanted.has(size.folder)),
    );
  }

  #withBelow(folder: FolderRow): FolderRow[] {
    return [folder, ...(this.#below.get(folder.item) ?? []).flatMap((child) => this.#withBelow(child))];
  }
}

/** Without what says nothing, so that addresses stay short. */
export const address = ({ source, folder, alone, kind }: SizesPlace, by?: SizesWay): SizesSearch => ({
  ...(source === null ? {} : { source }),
  ...(folder === null ? {} : { folder }),
  ...(alone ? { alone: true } : {}),
  ...(kind === null ? {} : { kind }),
  ...(by === undefined ? {} : { by }),
});

/** Where Backspace leads; null: nowhere. */
export function above(place: SizesPlace, path: readonly FolderRow[]): SizesPlace | null {
  if (place.kind !== null) return { ...place, kind: null };
  if (place.alone) return { ...place, alone: false };
  const parent = path.at(-2);
  if (place.folder !== null && parent !== undefined) return { ...place, folder: parent.parent === null ? null : parent.item };
  return place.source === null ? null : { ...place, source: null, folder: null };
}
