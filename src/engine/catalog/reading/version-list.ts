import type { ItemVersions } from '../../../shared/domain/commit.ts';
import type { ItemId, SourceId } from '../../../shared/domain/ids.ts';
import { itemKinds } from '../../../shared/domain/item.ts';
import type { DescribedVersion } from '../catalog.ts';
import { folderKind } from '../rows/layout.ts';
import type { Connection, Statement } from '../sql/connection.ts';
import { FoldersAt, type FolderStatements } from './folders-at.ts';
import { nth } from './versions.ts';

type Sized = readonly [id: number, version: number, bytes: number];

interface Row {
  readonly item: string;
  readonly version: number;
  readonly versions: number;
  readonly kind: number;
  readonly source: string;
  readonly folder: number | null;
  readonly name: string;
  readonly title: string;
  readonly validFromMs: number;
  readonly validToMs: number | null;
  readonly gone: number;
}

/** Measures and describes versions that somebody is about to hide; what is hidden already does not count. */
export class VersionList {
  readonly #folders: FolderStatements;
  readonly #sizes: Statement<Sized>;
  readonly #row: Statement<Row>;

  constructor(connection: Connection, folders: FolderStatements) {
    this.#folders = folders;
    this.#sizes = connection.tuples(`
      SELECT v.id, v.n, CASE WHEN v.gone = 1 OR v.kind = ${folderKind} THEN 0 ELSE c.size_bytes END
      FROM items i CROSS JOIN versions v INDEXED BY versions_by_item ON v.item = i.id CROSS JOIN contents c ON c.id = v.content
      WHERE i.uid = ? AND v.gone < 2`);
    this.#row = connection.rows(`
      SELECT i.uid AS item, v.n AS version, l.n AS versions, v.kind, so.uid AS source, v.folder, coalesce(c.name, c.key) AS name,
        coalesce(c.title, c.name, c.key) AS title, v.valid_from AS validFromMs, v.valid_to AS validToMs, v.gone
      FROM versions v JOIN items i ON i.id = v.item JOIN versions l ON l.id = i.newest JOIN sources so ON so.id = v.source
        JOIN contents c ON c.id = v.content WHERE v.id = ?`);
  }

  measure(refs: Iterable<ItemVersions>): { readonly versions: number; readonly bytes: number } {
    let versions = 0;
    let bytes = 0;
    for (const [, , size] of this.#wanted(refs)) {
      versions += 1;
      bytes += size;
    }
    return { versions, bytes };
  }

  /** The largest first; equal ones as they were given. */
  describe(refs: Iterable<ItemVersions>, limit: number): DescribedVersion[] {
    let largest: Sized[] = [];
    const cut = (): Sized[] => largest.sort(([, , a], [, , b]) => b - a).slice(0, limit);
    for (const sized of this.#wanted(refs)) {
      largest.push(sized);
      if (largest.length > limit + 1000) largest = cut();
    }
    return cut().map(([id, , bytes]) => this.#describe(id, bytes));
  }

  *#wanted(refs: Iterable<ItemVersions>): Iterable<Sized> {
    for (const { item, versions } of refs) {
      const wanted = new Set(versions);
      yield* this.#sizes.all(item).filter(([, version]) => wanted.has(version));
    }
  }

  #describe(id: number, sizeBytes: number): DescribedVersion {
    const row = this.#row.get(id);
    if (row === undefined) throw new Error(`no version row ${id}`);
    const { item, version, versions, kind, source, folder, name, title, validFromMs, validToMs, gone } = row;
    return {
      item: item as ItemId,
      version,
      versions,
      kind: nth(itemKinds, kind),
      source: source as SourceId,
      folderPath: new FoldersAt(this.#folders, validFromMs).pathText(folder),
      name,
      title,
      validFromMs,
      validToMs,
      sizeBytes,
      isDeletion: gone === 1,
    };
  }
}
