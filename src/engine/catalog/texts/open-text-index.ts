import type { CommitId } from '../../../shared/domain/ids.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import { withFileFailure } from '../../kernel/file-failure.ts';
import type { FileSystem } from '../../kernel/file-system.ts';
import type { Connection } from '../sql/connection.ts';
import { removeDatabase } from '../sql/database-file.ts';
import { openPrivateDatabase, type PrivateDatabase } from '../sql/private-database.ts';
import type { FoundText, TextIndex, TextMark } from './text-index.ts';

/** Values of `places.text` that are no text: there is none, and it could not be read. */
const noText = 0;
const unread = -1;

/**
 * The text is kept in the index itself: extracts show it, and words can be taken out again without the storage. Beginnings of three
 * letters are indexed; of two, nearly every text has one.
 */
const tables = `
  CREATE TABLE state (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
  CREATE TABLE texts (id INTEGER PRIMARY KEY, digest BLOB NOT NULL, about TEXT NOT NULL, UNIQUE (digest, about));
  CREATE TABLE places (content INTEGER PRIMARY KEY, text INTEGER NOT NULL);
  CREATE INDEX places_by_text ON places (text);
  CREATE VIRTUAL TABLE bodies USING fts5 (
    title, sender, recipient, text, prefix = '3', tokenize = 'unicode61 remove_diacritics 2'
  );
  INSERT INTO bodies (bodies, rank) VALUES ('hashsize', 16777216), ('pgsz', 8000);
`;
/** Raised when more of an item is read than before. */
const meaning = 2;
const layout = JSON.stringify([meaning, tables]);

const pageRows = 1000;
/** Pages of the index that one step of cleaning writes: some hundredths of a second. */
const cleanedAtOnce = 200;

/** Begins anew where the file cannot be read, has another key, or was made by another Strata: the storage has it all. */
export const openTextIndex = (options: PrivateDatabase): TextIndex => openPrivateDatabase(options, indexOn);

/** Gone is fine. */
export function removeTextIndex(files: FileSystem, path: string): void {
  withFileFailure(path, () => removeDatabase(files, path));
}

function indexOn(connection: Connection): TextIndex {
  // What goes is overwritten, not only given free.
  connection.pragma('secure_delete = ON');
  connection.pragma('cache_size = -16384');
  if (connection.column<number>('SELECT count(*) FROM sqlite_schema').get() === 0) {
    connection.transaction(() => createTables(connection));
  }
  const hasState = connection.column("SELECT 1 FROM sqlite_schema WHERE name = 'state'").get() === 1;
  if (!hasState || connection.column("SELECT value FROM state WHERE name = 'layout'").get() !== layout)
    throw new StrataError('catalog.unusable', 'after-user-action', { path: connection.path });
  return new OpenTextIndex(connection);
}

function createTables(connection: Connection): void {
  connection.execute(tables);
  connection.change("INSERT INTO state VALUES ('layout', ?)").run(layout);
}

class OpenTextIndex implements TextIndex {
  readonly #connection: Connection;
  readonly #sql: ReturnType<typeof statements>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#sql = statements(connection);
  }

  mark(): TextMark {
    const { state } = this.#sql;
    return {
      position: Number(state.get('position') ?? 0),
      sequence: Number(state.get('sequence') ?? 0),
      commit: (state.get('commit') ?? null) as CommitId | null,
    };
  }

  has(digest: string, about: string): boolean {
    return this.#sql.find.get(digest, about) !== undefined;
  }

  add(found: readonly FoundText[], position: number): void {
    this.#connection.transaction(() => {
      for (const one of found) this.#sql.place.run(one.content, this.#textOf(one));
      this.#sql.setState.run('position', position);
    });
  }

  /** Two of a batch may be the first of the same text. */
  #textOf({ digest, about, title, sender, recipient, text }: FoundText): number {
    if (text === null) return unread;
    if (text === '') return noText;
    const known = this.#sql.find.get(digest, about);
    if (known !== undefined || text === undefined) return known ?? unread;
    const id = Number(this.#sql.addText.run(digest, about).lastInsertRowid);
    this.#sql.addBody.run(id, title, sender, recipient, text);
    return id;
  }

  noted(after: number, limit: number): number[] {
    return this.#sql.noted.all(after, limit);
  }

  forget(contents: readonly number[]): void {
    if (contents.length === 0) return;
    this.#connection.transaction(() => {
      const list = JSON.stringify(contents);
      const texts = this.#sql.textsOf.all(list);
      this.#sql.dropPlaces.run(list);
      for (const text of texts) if (this.#sql.isNeeded.get(text) === undefined) this.#drop(text);
    });
  }

  #drop(text: number): void {
    this.#sql.dropBody.run(text);
    this.#sql.dropText.run(text);
    this.#sql.setState.run('unclean', 1);
  }

  forgetUnread(): void {
    this.#sql.dropUnread.run();
  }

  setMark({ position, sequence, commit }: TextMark): void {
    this.#connection.transaction(() => {
      this.#sql.setState.run('position', position);
      this.#sql.setState.run('sequence', sequence);
      this.#sql.setState.run('commit', commit);
    });
  }

  empty(): void {
    this.#connection.transaction(() => {
      this.#connection.execute('DROP TABLE bodies; DROP TABLE places; DROP TABLE texts; DROP TABLE state');
      createTables(this.#connection);
    });
  }

  isUnclean(): boolean {
    return this.#sql.state.get('unclean') === 1;
  }

  /** A deleted word stays in older parts of the index until all parts have become one. */
  clean(): boolean {
    if (!this.isUnclean()) return false;
    const before = this.#sql.changes.get() ?? 0;
    this.#sql.merge.run(-cleanedAtOnce);
    // One change is the command itself.
    if ((this.#sql.changes.get() ?? 0) - before >= 2) return true;
    this.#sql.setState.run('unclean', 0);
    this.#connection.pragma('wal_checkpoint(TRUNCATE)');
    return false;
  }

  *pages(match: string): Iterable<readonly number[]> {
    for (let before = Number.MAX_SAFE_INTEGER; ; ) {
      const texts = this.#sql.search.all(match, before, pageRows);
      const last = texts.at(-1);
      if (last === undefined) return;
      yield this.#sql.contentsOf.all(JSON.stringify(texts));
      if (texts.length < pageRows) return;
      before = last;
    }
  }

  text(content: number): string | undefined {
    return this.#sql.text.get(content);
  }

  counts(): { readonly texts: number; readonly unread: number } {
    return { texts: this.#sql.countTexts.get() ?? 0, unread: this.#sql.countUnread.get() ?? 0 };
  }

  close(): void {
    this.#connection.close();
  }
}

const statements = (connection: Connection) => ({
  state: connection.column<string | number | null>('SELECT value FROM state WHERE name = ?'),
  setState: connection.change('INSERT INTO state VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value'),
  find: connection.column<number>('SELECT id FROM texts WHERE digest = unhex(?) AND about = ?'),
  addText: connection.change('INSERT INTO texts (digest, about) VALUES (unhex(?), ?)'),
  addBody: connection.change('INSERT INTO bodies (rowid, title, sender, recipient, text) VALUES (?, ?, ?, ?, ?)'),
  place: connection.change('INSERT INTO places VALUES (?, ?) ON CONFLICT DO UPDATE SET text = excluded.text'),
  noted: connection.column<number>('SELECT content FROM places WHERE content > ? ORDER BY content LIMIT ?'),
  textsOf: connection.column<number>(
    'SELECT DISTINCT text FROM places WHERE content IN (SELECT value FROM json_each(?)) AND text > 0',
  ),
  dropPlaces: connection.change('DELETE FROM places WHERE content IN (SELECT value FROM json_each(?))'),
  isNeeded: connection.column<number>('SELECT 1 FROM places WHERE text = ? LIMIT 1'),
  dropBody: connection.change('DELETE FROM bodies WHERE rowid = ?'),
  dropText: connection.change('DELETE FROM texts WHERE id = ?'),
  dropUnread: connection.change(`DELETE FROM places WHERE text = ${unread}`),
  changes: connection.column<number>('SELECT total_changes()'),
  merge: connection.change("INSERT INTO bodies (bodies, rank) VALUES ('merge', ?)"),
  search: connection.column<number>('SELECT rowid FROM bodies WHERE bodies MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?'),
  contentsOf: connection.column<number>(
    'SELECT p.content FROM json_each(?) t CROSS JOIN places p INDEXED BY places_by_text ON p.text = t.value ORDER BY t.key',
  ),
  text: connection.column<string>(
    'SELECT b.text FROM places p CROSS JOIN bodies b ON b.rowid = p.text WHERE p.content = ? AND p.text > 0',
  ),
  countTexts: connection.column<number>('SELECT count(*) FROM texts'),
  countUnread: connection.column<number>(`SELECT count(*) FROM places WHERE text = ${unread}`),
});
