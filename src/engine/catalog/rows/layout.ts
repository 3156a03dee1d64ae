import { changes, itemKinds } from '../../../shared/domain/item.ts';
import type { Connection } from '../sql/connection.ts';

/** Kinds and changes are stored as their place in the domain's lists. */
export const folderKind = itemKinds.indexOf('folder');
const deletedChange = changes.indexOf('deleted');

/**
 * Ids of the outside (20 characters, 32 bytes) are stored once and become row numbers, in order of their first appearance.
 * A hash is a blob. A column that is mostly empty comes last, where it costs a byte.
 */
const tables = `
  CREATE TABLE state (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
  CREATE TABLE runs (id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE);
  CREATE TABLE sources (id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, name TEXT, settings TEXT, complete_at_ms INTEGER);
  CREATE TABLE commits (sequence INTEGER PRIMARY KEY, run INTEGER NOT NULL, is_moment INTEGER NOT NULL, body TEXT NOT NULL);
  CREATE TABLE cursors (source INTEGER NOT NULL, folder_key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (source, folder_key)) WITHOUT ROWID;

  CREATE TABLE packs (id INTEGER PRIMARY KEY, uid BLOB NOT NULL UNIQUE, size_bytes INTEGER);
  CREATE TABLE chunks (
    id BLOB PRIMARY KEY, pack INTEGER NOT NULL, record INTEGER NOT NULL, record_offset INTEGER NOT NULL,
    record_length INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL
  ) WITHOUT ROWID;
  -- Only where the content is not a single chunk, whose id is the digest itself.
  CREATE TABLE chunk_lists (digest BLOB PRIMARY KEY, chunks BLOB NOT NULL) WITHOUT ROWID;

  CREATE TABLE items (id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, newest INTEGER);
  -- What a change of metadata leaves alone, shared by the versions of an item until it changes. A text that is NULL is the one before
  -- it: a file's title is its name, and its name its key. The content of a deletion is not looked at.
  CREATE TABLE contents (
    id INTEGER PRIMARY KEY, item INTEGER NOT NULL, key TEXT NOT NULL, name TEXT, title TEXT, sender TEXT, recipient TEXT, attachment INTEGER,
    content_revision TEXT NOT NULL, identity TEXT, size_bytes INTEGER NOT NULL, digest BLOB, parts TEXT
  );
  -- The names of a metadata object, because nearly all items of a source have the same.
  CREATE TABLE shapes (id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE);
  CREATE TABLE versions (
    id INTEGER PRIMARY KEY, item INTEGER NOT NULL, n INTEGER NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER,
    change INTEGER NOT NULL, kind INTEGER NOT NULL, source INTEGER NOT NULL, run INTEGER NOT NULL, folder INTEGER, time_ms INTEGER,
    content INTEGER NOT NULL, metadata_revision TEXT NOT NULL, shape INTEGER NOT NULL, metadata TEXT NOT NULL,
    gone INTEGER AS (change = ${deletedChange}) VIRTUAL
  );
  -- Changes of items in each quarter of an hour: days of every time zone are whole numbers of these.
  CREATE TABLE activity (quarter INTEGER PRIMARY KEY, saved INTEGER NOT NULL, vanished INTEGER NOT NULL);

  -- Holds no text of its own. Prefixes of two and three letters are indexed, because people search while they type.
  CREATE VIRTUAL TABLE words USING fts5 (
    title, sender, recipient, content = '', columnsize = 0, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
  );
  -- Fewer and larger flushes: a commit's words are written at once. A leaf fills one of our pages; of the default size,
  -- 4050 bytes, two do not quite fit into one.
  INSERT INTO words (words, rank) VALUES ('hashsize', 16777216), ('pgsz', 8000);
`;

/** What reading needs and applying does not: a rebuild makes them last. */
const indexes = {
  versions_by_item: 'versions (item)',
  // Answers "what was in this folder at that moment, by time" without looking at a row.
  items_by_folder: `versions (folder, gone, valid_to, time_ms, valid_from) WHERE kind <> ${folderKind}`,
  folders_by_source: `versions (source, valid_to, item) WHERE kind = ${folderKind}`,
};

/** To be raised when rows come to mean something else and the tables stay as they are. */
const meaning = 1;

/** Everything that decides how stored bytes are read. A catalog of another layout is not converted: it is made again. */
const layout = JSON.stringify([meaning, tables, indexes, itemKinds, changes]);

export function createTables(connection: Connection): void {
  connection.transaction(() => {
    connection.execute(tables);
    createIndexes(connection);
    writeState(connection, 'layout', layout);
  });
}

export function isLayoutCurrent(connection: Connection): boolean {
  return readState(connection, 'layout') === layout && readState(connection, 'rebuilding') !== 1;
}

export function createIndexes(connection: Connection): void {
  for (const [name, definition] of Object.entries(indexes)) connection.execute(`CREATE INDEX ${name} ON ${definition}`);
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
