import { changes, itemKinds } from '../../../shared/domain/item.ts';
import type { Connection } from '../sql/connection.ts';

/** Kinds and changes are stored as their place in the domain's lists. */
export const folderKind = itemKinds.indexOf('folder');
const deletedChange = changes.indexOf('deleted');
/** What stands for the content of a removed version that has none before it. */
export const noContent = 0;

/** Values of `versions.hidden`; a version that is seen has none. */
export const hiding = { hidden: 1, removed: 2 } as const;

/**
 * The column `gone`, which is in the indexes: 0, there; 1, a deletion; and 2 more where the version is hidden or removed. So a query for
 * what is there, or for deletions, has nothing else to ask.
 */
export type Gone = 0 | 1 | 2 | 3;

/**
 * Ids of the outside (20 characters, 32 bytes) are stored once and become row numbers, in order of their first appearance.
 * A hash is a blob. A column that is mostly empty comes last, where it costs a byte.
 */
const tables = `
  CREATE TABLE state (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
  CREATE TABLE runs (id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE);
  CREATE TABLE sources (id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, name TEXT, settings TEXT, complete_at_ms INTEGER, listed_at_ms INTEGER);
  -- What a commit did is in the other tables; its body tells the rest. Bytes of packs: those that came less those that went.
  CREATE TABLE commits (
    sequence INTEGER PRIMARY KEY, run INTEGER NOT NULL, at_ms INTEGER NOT NULL, is_moment INTEGER NOT NULL, is_forgotten INTEGER NOT NULL,
    pack_bytes INTEGER NOT NULL, body TEXT NOT NULL
  );
  CREATE TABLE cursors (source INTEGER NOT NULL, folder_key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (source, folder_key)) WITHOUT ROWID;

  CREATE TABLE holds (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE freezes (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
  -- What no job takes any more. A folder: with what is directly in it.
  -- With a time since when a person lets retention take it; null: it stays.
  CREATE TABLE unchosen (item INTEGER PRIMARY KEY, since_ms INTEGER NOT NULL, let_go_ms INTEGER);

  -- What restores made, by the names that its source has for it; the source may be one that the storage holds nothing of.
  CREATE TABLE given_back (
    source TEXT NOT NULL, folder_key TEXT NOT NULL, key TEXT NOT NULL, item INTEGER NOT NULL, version INTEGER NOT NULL,
    revision TEXT NOT NULL, PRIMARY KEY (source, folder_key, key)
  ) WITHOUT ROWID;
  CREATE INDEX given_back_by_item ON given_back (item, source);

  -- Without a size: was taken out of use.
  CREATE TABLE packs (id INTEGER PRIMARY KEY, uid BLOB NOT NULL UNIQUE, size_bytes INTEGER);
  -- A chunk may lie in several packs, while what is needed moves from one to another.
  CREATE TABLE chunks (
    id BLOB NOT NULL, pack INTEGER NOT NULL, record INTEGER NOT NULL, record_offset INTEGER NOT NULL,
    record_length INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL, PRIMARY KEY (id, pack, record, offset)
  ) WITHOUT ROWID;
  -- Were told to be nowhere. They are, unless they have a place again.
  CREATE TABLE lost_chunks (id BLOB PRIMARY KEY) WITHOUT ROWID;
  -- Only where the content is not a single chunk, whose id is the digest itself.
  CREATE TABLE chunk_lists (digest BLOB PRIMARY KEY, chunks BLOB NOT NULL) WITHOUT ROWID;

  CREATE TABLE items (id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, newest INTEGER);
  -- What a change of metadata leaves alone, shared by the versions of an item until it changes. A text that is NULL is the one before
  -- it: a file's title is its name, and its name its key. The content of a deletion is not looked at. Numbered like the version that
  -- brought it, so that what is removed of an item changes no number of another.
  CREATE TABLE contents (
    id INTEGER PRIMARY KEY, item INTEGER NOT NULL, key TEXT NOT NULL, name TEXT, title TEXT, sender TEXT, recipient TEXT, attachment INTEGER,
    content_revision TEXT NOT NULL, identity TEXT, size_bytes INTEGER NOT NULL, digest BLOB, parts TEXT
  );
  -- The names of a metadata object, because nearly all items of a source have the same. A number is never given twice.
  CREATE TABLE shapes (id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE);
  -- A hidden version is there and not seen. Of a removed one only the row is left: its content is the one before it, if any,
  -- which the next version is compared with, and is not its own.
  CREATE TABLE versions (
    id INTEGER PRIMARY KEY, item INTEGER NOT NULL, n INTEGER NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER,
    change INTEGER NOT NULL, kind INTEGER NOT NULL, source INTEGER NOT NULL, run INTEGER NOT NULL, folder INTEGER, time_ms INTEGER,
    content INTEGER NOT NULL, metadata_revision TEXT NOT NULL, shape INTEGER NOT NULL, metadata TEXT NOT NULL,
    hidden INTEGER, gone INTEGER AS ((change = ${deletedChange}) + 2 * (hidden IS NOT NULL)) VIRTUAL
  );
  INSERT INTO contents (id, item, key, content_revision, size_bytes) VALUES (${noContent}, 0, '', '', 0);
  -- Changes of items in each quarter of an hour: days of every time zone are whole numbers of these. They stay when versions go;
  -- the bytes of new contents are those of the versions that are there.
  CREATE TABLE activity (
    quarter INTEGER NOT NULL, source INTEGER NOT NULL, kind INTEGER NOT NULL, saved INTEGER NOT NULL, vanished INTEGER NOT NULL,
    bytes INTEGER NOT NULL, PRIMARY KEY (quarter, source, kind)
  ) WITHOUT ROWID;
  -- What is there now, folder by folder, sub-folders not counted.
  CREATE TABLE sizes (
    source INTEGER NOT NULL, folder INTEGER NOT NULL, kind INTEGER NOT NULL, items INTEGER NOT NULL, bytes INTEGER NOT NULL,
    PRIMARY KEY (source, folder, kind)
  ) WITHOUT ROWID;

  -- Holds no text of its own. Prefixes of two and three letters are indexed, because people search while they type.
  CREATE VIRTUAL TABLE words USING fts5 (
    title, sender, recipient, content = '', columnsize = 0, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
  );
  -- Fewer and larger flushes: a commit's words are written at once. A leaf fills one of our pages; of the default size,
  -- 4050 bytes, two do not quite fit into one.
  INSERT INTO words (words, rank) VALUES ('hashsize', 16777216), ('pgsz', 8000);
`;

/** What applying needs, too. */
const lasting = {
  versions_by_item: 'versions (item)',
  hidden_versions: `versions (item) WHERE hidden = ${hiding.hidden}`,
};

/** The identity is the content's own. A source says so by a content revision that begins with it. */
export const namedContent = 'substr(content_revision, 1, length(identity)) = identity';

/** What reading needs and applying does not: a rebuild makes them last. */
const indexes = {
  // Answers "what was in this folder at that moment, by time" without looking at a row.
  items_by_folder: `versions (folder, gone, valid_to, time_ms, valid_from) WHERE kind <> ${folderKind}`,
  folders_by_source: `versions (source, valid_to, item) WHERE kind = ${folderKind}`,
  contents_by_identity: `contents (identity) WHERE identity IS NOT NULL AND ${namedContent}`,
};

/** To be raised when rows come to mean something else and the tables stay as they are. */
const meaning = 2;

/** Everything that decides how stored bytes are read. A catalog of another layout is not converted: it is made again. */
const layout = JSON.stringify([meaning, tables, lasting, indexes, itemKinds, changes]);

export function createTables(connection: Connection): void {
  connection.transaction(() => {
    connection.execute(tables);
    for (const _ of createAll(connection, { ...lasting, ...indexes }));
    writeState(connection, 'layout', layout);
  });
}

export function isLayoutCurrent(connection: Connection): boolean {
  return readState(connection, 'layout') === layout && readState(connection, 'rebuilding') !== 1;
}

export const createIndexesInSteps = (connection: Connection): Iterable<void> => createAll(connection, indexes);

function* createAll(connection: Connection, wanted: Readonly<Record<string, string>>): Iterable<void> {
  for (const [name, definition] of Object.entries(wanted)) {
    connection.execute(`CREATE INDEX ${name} ON ${definition}`);
    yield;
  }
}

export function dropIndexes(connection: Connection): void {
  for (const name of Object.keys(indexes)) connection.execute(`DROP INDEX ${name}`);
}

export function isEmptyFile(connection: Connection): boolean {
  return connection.column<number>('SELECT count(*) FROM sqlite_schema').get() === 0;
}

export function readState(connection: Connection, name: string): string | number | null | undefined {
  return connection.column<string | number | null>('SELECT value FROM state WHERE name = ?').get(name);
}

export function writeState(connection: Connection, name: string, value: string | number): void {
  connection
    .change('INSERT INTO state (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value')
    .run(name, value);
}
