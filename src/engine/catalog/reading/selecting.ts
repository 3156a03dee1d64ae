import type { ItemId } from '../../../shared/domain/ids.ts';
import type { Manifest } from '../../../shared/domain/item.ts';
import type { SelectedItem, Selection, TwoPasses } from '../catalog.ts';
import { folderKind, type Gone } from '../rows/layout.ts';
import type { Connection, Statement } from '../sql/connection.ts';
import type { FolderContents } from './folder-contents.ts';
import { comparePaths } from './folder-tree.ts';
import { FoldersAt, type FolderState, type FolderStatements, isBelowRoot } from './folders-at.ts';
import type { At } from './moment.ts';
import type { Versions } from './versions.ts';

/** What is taken of one folder: all of it, or single versions by row number. */
interface Share {
  whole: boolean;
  readonly single: Set<number>;
}

/** The versions of one folder that were selected, as row numbers. */
interface Portion {
  readonly folder: FolderState;
  /** The folder's own version, where it is part of what was selected. A source's root never is: it stands for the source. */
  readonly own: number | undefined;
  readonly ids: Float64Array;
}

/** Versions that are read at once. */
const step = 256;

export class Selecting {
  readonly #statements: FolderStatements;
  readonly #contents: FolderContents;
  readonly #versions: Versions;
  readonly #place: Statement<{
    readonly item: number;
    readonly folder: number | null;
    readonly kind: number;
    readonly gone: Gone;
  }>;
  readonly #sourceNumber: Statement<number>;
  readonly #size: Statement<number>;
  readonly #tally: Statement<number>;
  readonly #ofSource: Statement<{ readonly items: number; readonly bytes: number }>;

  constructor(connection: Connection, statements: FolderStatements, contents: FolderContents, versions: Versions) {
    this.#statements = statements;
    this.#contents = contents;
    this.#versions = versions;
    this.#place = connection.rows('SELECT item, folder, kind, gone FROM versions WHERE id = ?');
    this.#tally = connection.column('SELECT value FROM state WHERE name = ?');
    this.#ofSource = connection.rows(`
      SELECT coalesce(sum(items), 0) AS items, coalesce(sum(bytes), 0) AS bytes FROM sizes
      WHERE source = (SELECT id FROM sources WHERE uid = ?)`);
    this.#sourceNumber = connection.column('SELECT id FROM sources WHERE uid = ?');
    this.#size = connection.column('SELECT c.size_bytes FROM versions v JOIN contents c ON c.id = v.content WHERE v.id = ?');
  }

  /** What was selected is fixed, as row numbers, when the first is taken: what is applied meanwhile changes nothing, in both passes. */
  *select(selection: Selection, at: At, passes?: TwoPasses): Iterable<SelectedItem> {
    const folders = new FoldersAt(this.#statements, at);
    const portions = this.#shares(selection, at, folders).map(([folder, share]) => this.#portion(folder, share, at));
    const manifests = new Map<number, Manifest>();
    const read = (version: number): Manifest => {
      const manifest = manifests.get(version) ?? this.#versions.manifest(version);
      manifests.set(version, manifest);
      return manifest;
    };
    const left: { readonly ids: Float64Array; readonly chain: readonly Manifest[] }[] = [];
    for (const { folder, own, ids } of portions) {
      const chain = folders
        .chain(folder.number)
        .filter(isBelowRoot)
        .map((state) => named(read(state.version), state.name));
      if (own !== undefined) yield { manifest: read(own), folders: chain.slice(0, -1) };
      const later = yield* this.#inPortion(ids, chain, passes);
      if (later.length > 0) left.push({ ids: Float64Array.from(later), chain });
    }
    if (passes === undefined) return;
    passes.goesOn();
    for (const { ids, chain } of left) yield* this.#inPortion(ids, chain);
  }

  /** Returns those that are left for the second pass. */
  *#inPortion(ids: Float64Array, folders: readonly Manifest[], passes?: TwoPasses): Generator<SelectedItem, number[]> {
    const later: number[] = [];
    for (let at = 0; at < ids.length; at += step) {
      const some = ids.subarray(at, at + step);
      for (const [index, manifest] of this.#versions.manifests([...some]).entries()) {
        if (passes === undefined || passes.isFirst(manifest)) yield { manifest, folders };
        else later.push(some[index] ?? 0);
      }
    }
    return later;
  }

  /** Folders are not counted. */
  measure(selection: Selection, at: At): { readonly items: number; readonly bytes: number } {
    if (at === null && isEverything(selection))
      return { items: this.#tally.get('items') ?? 0, bytes: this.#tally.get('itemBytes') ?? 0 };
    let items = 0;
    let bytes = 0;
    if (at === null && selection.items.length === 0) {
      for (const source of new Set(selection.sources)) {
        const size = this.#ofSource.get(source);
        items += size?.items ?? 0;
        bytes += size?.bytes ?? 0;
      }
      return { items, bytes };
    }
    for (const [{ number }, { whole, single }] of this.#shares(selection, at, new FoldersAt(this.#statements, at))) {
      items += whole ? this.#contents.count(number, at) : single.size;
      if (whole) bytes += this.#contents.bytes(number, at);
      else for (const id of single) bytes += this.#size.get(id) ?? 0;
    }
    return { items, bytes };
  }

  /** Parents before children. */
  #shares(selection: Selection, at: At, folders: FoldersAt): [FolderState, Share][] {
    const shares = new Map<number, Share>();
    const share = (folder: number): Share => {
      const known = shares.get(folder) ?? { whole: false, single: new Set() };
      shares.set(folder, known);
      return known;
    };
    const roots = this.#takeItems(selection, at, folders, share);
    const takeAll = isEverything(selection);
    const wanted = new Set(selection.sources.map((source) => this.#sourceNumber.get(source)));
    if (takeAll || wanted.size > 0 || roots.size > 0) {
      for (const folder of folders.all()) {
        const isBelow = (): boolean => folders.chain(folder.number).some(({ number }) => roots.has(number));
        if (takeAll || wanted.has(folder.source) || isBelow()) share(folder.number).whole = true;
      }
    }
    return inOrder(shares, folders);
  }

  /** Returns the folders that stand for all that is below them. */
  #takeItems(selection: Selection, at: At, folders: FoldersAt, share: (folder: number) => Share): Set<number> {
    const roots = new Set<number>();
    for (const item of selection.items) {
      const id = this.#versions.idAt(item, at) ?? this.#folderShown(item, folders);
      const place = id === undefined ? undefined : this.#place.get(id);
      if (id === undefined || place === undefined || place.gone !== 0) continue;
      if (place.kind !== folderKind) {
        if (place.folder !== null) share(place.folder).single.add(id);
      } else if (selection.recursive) roots.add(place.item);
      else share(place.item).whole = true;
    }
    return roots;
  }

  /** The state in which a folder is shown, whose own at the moment is hidden: what is in it can be selected all the same. */
  #folderShown(item: ItemId, folders: FoldersAt): number | undefined {
    const number = this.#versions.itemNumber(item);
    const state = number === undefined ? undefined : folders.state(number);
    return state?.presence === 'there' && this.#place.get(state.version)?.kind === folderKind ? state.version : undefined;
  }

  #portion(folder: FolderState, { whole, single }: Share, at: At): Portion {
    const ids = whole ? this.#contents.ids(folder.number, at) : [...single].sort((a, b) => a - b);
    const own = whole && folder.presence === 'there' && isBelowRoot(folder) ? folder.version : undefined;
    return { folder, own, ids: Float64Array.from(ids) };
  }
}

/** A folder of which nothing is left goes by another name than its own. */
const named = (manifest: Manifest, name: string): Manifest => (manifest.name === name ? manifest : { ...manifest, name });

const isEverything = ({ items, sources }: Selection): boolean => items.length === 0 && sources.length === 0;

function inOrder(shares: ReadonlyMap<number, Share>, folders: FoldersAt): [FolderState, Share][] {
  return [...shares]
    .flatMap(([number, share]) => {
      const folder = folders.state(number);
      return folder === undefined ? [] : [{ folder, share, path: folders.path(number) }];
    })
    .sort((a, b) => a.folder.source - b.folder.source || comparePaths(a.path, b.path) || a.folder.number - b.folder.number)
    .map(({ folder, share }) => [folder, share]);
}
