import type { ItemId, SourceId } from '../../../shared/domain/ids.ts';
import { itemKinds } from '../../../shared/domain/item.ts';
import type { ItemRow } from '../shown.ts';
import type { Connection, Statement } from '../sql/connection.ts';
import { FoldersAt, type FolderStatements } from './folders-at.ts';
import { folderKind, type Gone } from '../rows/layout.ts';
import { MetadataShapes } from './metadata-shapes.ts';
import type { At } from './moment.ts';
import { nth, type Versions } from './versions.ts';

interface StoredRow {
  readonly item: string;
  readonly version: number;
  readonly versions: number;
  readonly kind: number;
  readonly source: string;
  readonly folder: string | null;
  readonly folderNumber: number | null;
  readonly name: string;
  readonly title: string;
  readonly sender: string | null;
  readonly recipient: string | null;
  readonly sizeBytes: number;
  readonly timeMs: number | null;
  readonly validFromMs: number;
  readonly attachment: number | null;
  readonly shape: number;
  readonly metadata: string;
  readonly goneNow: Gone;
  readonly newestFromMs: number;
  readonly unchosenSinceMs: number | null;
}

/** Versions as lists show them. */
export class ItemRows {
  readonly #folders: FolderStatements;
  readonly #versions: Versions;
  readonly #shapes: MetadataShapes;
  readonly #row: Statement<StoredRow>;
  readonly #gone: Statement<Gone>;
  readonly #firstSeen: Statement<number>;

  constructor(connection: Connection, folders: FolderStatements, versions: Versions) {
    this.#folders = folders;
    this.#versions = versions;
    this.#shapes = new MetadataShapes(connection);
    this.#row = connection.rows(`
      SELECT i.uid AS item, v.n AS version, l.n AS versions, v.kind, so.uid AS source, f.uid AS folder, v.folder AS folderNumber,
        coalesce(c.name, c.key) AS name, coalesce(c.title, c.name, c.key) AS title, c.sender, c.recipient, c.size_bytes AS sizeBytes, v.time_ms AS timeMs,
        v.valid_from AS validFromMs, c.attachment, v.shape, v.metadata, l.gone AS goneNow, l.valid_from AS newestFromMs,
        (SELECT min(since_ms) FROM unchosen WHERE item IN (v.item, CASE WHEN v.kind <> ${folderKind} THEN l.folder END)) AS unchosenSinceMs
      FROM versions v JOIN items i ON i.id = v.item JOIN versions l ON l.id = i.newest JOIN sources so ON so.id = v.source
        JOIN contents c ON c.id = v.content LEFT JOIN items f ON f.id = v.folder
      WHERE v.id = ?`);
    this.#gone = connection.column('SELECT gone FROM versions WHERE id = ?');
    this.#firstSeen = connection.column(
      'SELECT min(f.valid_from) FROM versions v CROSS JOIN versions f INDEXED BY versions_by_item ON f.item = v.item WHERE v.id = ?',
    );
  }

  /**
   * `shown`: row numbers of versions, none of them a deletion. `areThere`: all of them are valid at the moment,
   * so that nobody needs to ask.
   */
  rows(shown: Iterable<number>, at: At, areThere: boolean): ItemRow[] {
    const folders = new FoldersAt(this.#folders, at);
    return [...shown].map((id) => this.#itemRow(id, at, folders, areThere));
  }

  /** A deletion is shown as what was there before it. */
  row(item: ItemId, version: number | null, at: At): ItemRow | undefined {
    const id = version === null ? this.#versions.idAt(item, at) : this.#versions.numberedId(item, version);
    if (id === undefined) return undefined;
    const shown = this.#gone.get(id) === 1 ? (this.#versions.idBefore(id) ?? id) : id;
    return this.#itemRow(shown, at, new FoldersAt(this.#folders, at), false);
  }

  /** When the first version of its item was saved, whatever was kept of it since. */
  firstSeenMs(id: number): number {
    return this.#firstSeen.get(id) ?? 0;
  }

  #itemRow(id: number, at: At, folders: FoldersAt, isThere: boolean): ItemRow {
    const row = this.#row.get(id);
    if (row === undefined) throw new Error(`no version row ${id}`);
    return {
      item: row.item as ItemId,
      version: row.version,
      versions: row.versions,
      kind: nth(itemKinds, row.kind),
      source: row.source as SourceId,
      folder: row.folder as ItemId | null,
      folderPath: folders.pathText(row.folderNumber),
      name: row.name,
      title: row.title,
      from: row.sender,
      to: row.recipient,
      sizeBytes: row.sizeBytes,
      timeMs: row.timeMs,
      validFromMs: row.validFromMs,
      hasAttachment: row.attachment === 1,
      flags: this.#flags(row),
      deleted: !isThere && this.#isAbsent(row, at),
      vanishedAtMs: row.goneNow === 1 ? row.newestFromMs : null,
      unchosenSinceMs: row.goneNow === 0 ? row.unchosenSinceMs : null,
    };
  }

  #isAbsent(row: StoredRow, at: At): boolean {
    if (at === null) return row.goneNow !== 0;
    const id = this.#versions.idAt(row.item as ItemId, at);
    return id === undefined || this.#gone.get(id) !== 0;
  }

  #flags({ shape, metadata }: StoredRow): string[] {
    if (!this.#shapes.names(shape).includes('flags')) return [];
    const { flags } = this.#shapes.metadata(shape, metadata) as { readonly flags?: unknown };
    return Array.isArray(flags) ? flags.filter((flag) => typeof flag === 'string') : [];
  }
}
