import type { SourceId } from '../../../shared/domain/ids.ts';
import type { FolderRow } from '../shown.ts';
import type { Connection, Statement } from '../sql/connection.ts';
import type { FolderContents } from './folder-contents.ts';
import { FoldersAt, type FolderState, type FolderStatements } from './folders-at.ts';
import { MetadataShapes } from './metadata-shapes.ts';
import type { At } from './moment.ts';

/** All folders at a moment, parents before children, roots included; what was deleted until then is marked and kept. */
export class FolderTree {
  readonly #statements: FolderStatements;
  readonly #contents: FolderContents;
  readonly #shapes: MetadataShapes;
  readonly #details: Statement<{
    readonly source: string;
    readonly parent: string | null;
    readonly shape: number;
    readonly metadata: string;
    readonly unchosenSinceMs: number | null;
  }>;

  constructor(connection: Connection, statements: FolderStatements, contents: FolderContents) {
    this.#statements = statements;
    this.#contents = contents;
    this.#shapes = new MetadataShapes(connection);
    this.#details = connection.rows(`
      SELECT so.uid AS source, f.uid AS parent, v.shape, v.metadata,
        (SELECT since_ms FROM unchosen WHERE item = v.item) AS unchosenSinceMs
      FROM versions v JOIN sources so ON so.id = v.source
        LEFT JOIN items f ON f.id = v.folder WHERE v.id = ?`);
  }

  tree(at: At): FolderRow[] {
    const folders = new FoldersAt(this.#statements, at);
    return folders
      .all()
      .filter((folder) => folder.presence !== 'not-shown')
      .map((folder) => ({ folder, path: folders.path(folder.number) }))
      .sort((a, b) => a.folder.source - b.folder.source || comparePaths(a.path, b.path) || a.folder.number - b.folder.number)
      .map(({ folder, path }) => this.#row(folder, path, at));
  }

  #row(folder: FolderState, path: readonly string[], at: At): FolderRow {
    const details = this.#details.get(folder.version);
    if (details === undefined) throw new Error(`no version row ${folder.version}`);
    return {
      item: folder.item,
      source: details.source as SourceId,
      parent: details.parent as FolderRow['parent'],
      name: folder.name,
      path: path.join('/'),
      metadata: this.#shapes.metadata(details.shape, details.metadata),
      items: this.#contents.count(folder.number, at),
      deleted: folder.presence === 'gone',
      unchosenSinceMs: folder.presence === 'gone' ? null : details.unchosenSinceMs,
    };
  }
}

/** Name by name, so that all that is below a folder follows it directly. */
export function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const [nameA = '', nameB = ''] = [a[at], b[at]];
    if (nameA !== nameB) return nameA < nameB ? -1 : 1;
  }
  return a.length - b.length;
}
