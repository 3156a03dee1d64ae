import type { ItemId } from '../../../shared/domain/ids.ts';
import type { Manifest } from '../../../shared/domain/item.ts';
import type { SelectedItem, Selection } from '../catalog.ts';
import { folderKind } from '../rows/layout.ts';
import type { Connection, Statement } from '../sql/connection.ts';
import { shownBefore } from './moment.ts';
import type { Versions } from './versions.ts';

interface Gone {
  /** The state before. */
  readonly id: number;
  readonly goneMs: number;
}

export interface Period {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Versions that are read at once. */
const step = 256;

/** What vanished in a period and is still gone, as it was before. Folders are there only as the places of what was in them. */
export class Vanishing {
  readonly #versions: Versions;
  readonly #all: Statement<Gone>;

  constructor(connection: Connection, versions: Versions) {
    this.#versions = versions;
    this.#all = connection.rows(`
      SELECT before.id, d.valid_from AS goneMs
      FROM versions d JOIN versions before ON before.id = (SELECT ${shownBefore('d.item', 'd.id')})
      WHERE d.gone = 1 AND d.valid_to IS NULL AND d.kind <> ${folderKind} AND d.valid_from BETWEEN @fromMs AND @toMs
      ORDER BY before.folder, before.id`);
  }

  /** Folder by folder. */
  *select(selection: Selection, { fromMs, toMs }: Period): Iterable<SelectedItem> {
    const gone = this.#all.all({ fromMs, toMs });
    const isWanted = wanted(selection);
    let way: { readonly key: string; readonly folders: readonly Manifest[]; readonly ids: readonly ItemId[] } | undefined;
    for (let at = 0; at < gone.length; at += step) {
      const some = gone.slice(at, at + step);
      const manifests = this.#versions.manifests(some.map(({ id }) => id));
      for (const [index, manifest] of manifests.entries()) {
        const untilMs = (some[index]?.goneMs ?? 0) - 1;
        const key = `${manifest.folder} ${untilMs}`;
        if (way?.key !== key) way = { key, ...this.#wayTo(manifest, untilMs) };
        if (isWanted(manifest, way.ids)) yield { manifest, folders: way.folders };
      }
    }
  }

  /** As it was then, or was known last: a folder of which nothing is left is made again as far as it is known. */
  #wayTo({ folder }: Manifest, atMs: number): { readonly folders: readonly Manifest[]; readonly ids: readonly ItemId[] } {
    const folders: Manifest[] = [];
    const ids: ItemId[] = [];
    for (let id = folder; id !== null; ) {
      const known: Manifest | undefined = this.#versions.versionAt(id, atMs) ?? this.#lastOf(id);
      ids.push(id);
      if (known === undefined) break;
      if (known.folder !== null) folders.unshift(known);
      id = known.folder;
    }
    return { folders, ids };
  }

  #lastOf(folder: ItemId): Manifest | undefined {
    const newest = this.#versions.newestId(folder);
    const before = newest === undefined ? undefined : this.#versions.idBefore(newest);
    return before === undefined ? this.#versions.newest(folder) : this.#versions.manifest(before);
  }
}

/** `above`: the folder it lay in, then the one above that. */
function wanted({ items, sources, recursive }: Selection): (manifest: Manifest, above: readonly ItemId[]) => boolean {
  if (items.length === 0 && sources.length === 0) return () => true;
  const [named, whole] = [new Set(items), new Set(sources)];
  return ({ item, source }, above) =>
    named.has(item) || whole.has(source) || (recursive ? above : above.slice(0, 1)).some((folder) => named.has(folder));
}
