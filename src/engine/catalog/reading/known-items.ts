import type { ContentDigest, ItemId, SourceId } from '../../../shared/domain/ids.ts';
import { itemKinds } from '../../../shared/domain/item.ts';
import type { JsonValue } from '../../../shared/domain/json.ts';
import type { KnownItem, LetGo } from '../catalog.ts';
import { folderKind, namedContent } from '../rows/layout.ts';
import type { Connection, Statement } from '../sql/connection.ts';
import type { LostContents } from './lost-contents.ts';
import { nth } from './versions.ts';

export type KnownTuple = readonly [
  item: string,
  version: number,
  kind: number,
  key: string,
  name: string | null,
  contentRevision: string,
  metadataRevision: string,
  identity: string | null,
  sizeBytes: number,
  digest: string,
  parts: string | null,
];
type KnownFolderTuple = readonly [...KnownTuple, folder: string | null];

/** Without metadata: nothing here is parsed, because a scan of a whole source asks for all of it. */
export const columns = `
  i.uid, v.n, v.kind, c.key, c.name, c.content_revision, v.metadata_revision, c.identity, c.size_bytes, lower(hex(c.digest)),
  c.parts
`;
export const joins = 'JOIN contents c ON c.id = v.content JOIN items i ON i.id = v.item';

/** What the comparing phase holds against what it finds at a source. */
export class KnownItems {
  readonly #lost: LostContents;
  readonly #numberOf: Statement<number>;
  readonly #inFolder: Statement<KnownTuple>;
  readonly #folders: Statement<KnownFolderTuple>;
  readonly #deletedItems: Statement<KnownTuple>;
  readonly #deletedFolders: Statement<KnownTuple>;
  readonly #named: Statement<readonly [item: ItemId, digest: string, parts: string | null]>;
  readonly #cursor: Statement<string>;
  readonly #cursorKeys: Statement<string>;
  readonly #unchosen: Statement<readonly [item: ItemId, sinceMs: number]>;
  readonly #letGo: Statement<readonly [item: ItemId, sinceMs: number, letGoMs: number]>;

  constructor(connection: Connection, lost: LostContents) {
    this.#lost = lost;
    this.#numberOf = connection.column('SELECT id FROM items WHERE uid = ?');
    this.#inFolder = connection.tuples(`
      SELECT ${columns} FROM versions v INDEXED BY items_by_folder ${joins}
      WHERE v.kind <> ${folderKind} AND v.folder = (SELECT id FROM items WHERE uid = ?) AND v.gone = 0 AND v.valid_to IS NULL`);
    this.#folders = connection.tuples(`
      SELECT ${columns}, f.uid FROM versions v INDEXED BY folders_by_source ${joins} LEFT JOIN items f ON f.id = v.folder
      WHERE v.kind = ${folderKind} AND v.source = (SELECT id FROM sources WHERE uid = ?) AND v.valid_to IS NULL AND v.gone = 0`);
    // A deletion keeps place and name; the state is the one before it. The latest deletion of a key comes last, and stays in the map.
    // Where it is hidden nobody goes on from an older one, which may have been called otherwise.
    const before = `JOIN versions v ON v.id = (
      SELECT max(b.id) FROM versions b INDEXED BY versions_by_item WHERE b.item = d.item AND b.id < d.id) AND v.gone = 0`;
    this.#deletedItems = connection.tuples(`
      SELECT ${columns} FROM versions d INDEXED BY items_by_folder ${before} ${joins}
      WHERE d.kind <> ${folderKind} AND d.folder = ? AND d.gone = 1 AND d.valid_to IS NULL ORDER BY d.id`);
    this.#deletedFolders = connection.tuples(`
      SELECT ${columns} FROM versions d INDEXED BY folders_by_source ${before} ${joins}
      WHERE d.kind = ${folderKind} AND d.source = (SELECT id FROM sources WHERE uid = ?) AND d.valid_to IS NULL AND d.gone = 1
        AND d.folder IS ? ORDER BY d.id`);
    this.#named = connection.tuples(`
      SELECT i.uid, lower(hex(c.digest)), c.parts
      FROM contents c INDEXED BY contents_by_identity JOIN items i ON i.id = c.item JOIN versions v ON v.id = i.newest
      WHERE c.identity = ? AND ${namedContent} AND c.content_revision = ? AND c.digest IS NOT NULL
        AND v.content = c.id AND v.gone = 0 AND v.source = (SELECT id FROM sources WHERE uid = ?)`);
    this.#cursorKeys = connection.column(
      'SELECT folder_key FROM cursors WHERE source = (SELECT id FROM sources WHERE uid = ?) ORDER BY folder_key',
    );
    this.#unchosen = connection.tuples(`
      SELECT i.uid, u.since_ms FROM unchosen u JOIN items i ON i.id = u.item JOIN versions v ON v.id = i.newest
      WHERE v.gone = 0 AND v.source = (SELECT id FROM sources WHERE uid = ?)`);
    this.#letGo = connection.tuples(`
      SELECT i.uid, u.since_ms, u.let_go_ms FROM unchosen u JOIN items i ON i.id = u.item JOIN versions v ON v.id = i.newest
      WHERE u.let_go_ms IS NOT NULL AND v.gone = 0 AND v.source = (SELECT id FROM sources WHERE uid = ?)`);
    this.#cursor = connection.column(
      'SELECT value FROM cursors WHERE source = (SELECT id FROM sources WHERE uid = ?) AND folder_key = ?',
    );
  }

  items(folder: ItemId): Map<string, KnownItem> {
    return this.#byKey(this.#inFolder.all(folder), folder);
  }

  folders(source: SourceId): KnownItem[] {
    return parentsFirst(this.#folders.all(source).map((row) => this.known(row, row[11] as ItemId | null)));
  }

  deleted(source: SourceId, folder: ItemId | null, which: 'folders' | 'items'): Map<string, KnownItem> {
    const number = folder === null ? null : this.#numberOf.get(folder);
    if (number === undefined) return new Map();
    return this.#byKey(which === 'folders' ? this.#deletedFolders.all(source, number) : this.#deletedItems.all(number), folder);
  }

  named(source: SourceId, identity: string, contentRevision: string): ItemId | undefined {
    return this.#named.all(identity, contentRevision, source).find(([, digest, parts]) => !this.#lost.has(digest, parts))?.[0];
  }

  cursor(source: SourceId, folderKey: string): JsonValue | undefined {
    const value = this.#cursor.get(source, folderKey);
    return value === undefined ? undefined : (JSON.parse(value) as JsonValue);
  }

  cursorKeys(source: SourceId): string[] {
    return this.#cursorKeys.all(source);
  }

  unchosen(source: SourceId): ReadonlyMap<ItemId, number> {
    return new Map(this.#unchosen.all(source));
  }

  letGo(source: SourceId): ReadonlyMap<ItemId, LetGo> {
    return new Map(this.#letGo.all(source).map(([item, sinceMs, letGoMs]) => [item, { sinceMs, letGoMs }]));
  }

  #byKey(rows: readonly KnownTuple[], folder: ItemId | null): Map<string, KnownItem> {
    const known = new Map<string, KnownItem>();
    for (const row of rows) known.set(row[3], this.known(row, folder));
    return known;
  }

  known(row: KnownTuple | KnownFolderTuple, folder: ItemId | null): KnownItem {
    const [item, version, kind, key, name, contentRevision, metadataRevision, identity, sizeBytes, digest, parts] = row;
    return {
      item: item as ItemId,
      version,
      kind: nth(itemKinds, kind),
      key,
      name: name ?? key,
      folder,
      contentRevision,
      metadataRevision,
      identity: identity ?? undefined,
      sizeBytes,
      digest: digest === '' ? undefined : (digest as ContentDigest),
      isLost: this.#lost.has(digest, parts),
    };
  }
}

/** A folder whose parent is not among them counts as a root; folders that are their own ancestors come last. */
function parentsFirst(folders: readonly KnownItem[]): KnownItem[] {
  const known = new Set<ItemId | null>(folders.map((folder) => folder.item));
  const children = new Map<ItemId | null, KnownItem[]>();
  for (const folder of folders) {
    const siblings = children.get(folder.folder);
    if (siblings === undefined) children.set(folder.folder, [folder]);
    else siblings.push(folder);
  }
  const ordered: KnownItem[] = [];
  const takeBelow = (parent: ItemId | null): void => {
    const below = children.get(parent) ?? [];
    children.delete(parent);
    ordered.push(...below);
    for (const folder of below) takeBelow(folder.item);
  };
  for (const parent of children.keys()) if (!known.has(parent)) takeBelow(parent);
  for (const parent of children.keys()) takeBelow(parent);
  return ordered;
}
