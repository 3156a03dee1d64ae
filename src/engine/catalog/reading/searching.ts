import { itemKinds } from '../../../shared/domain/item.ts';
import type { FindQuery, ItemRow } from '../catalog.ts';
import { folderKind } from '../rows/layout.ts';
import type { Connection, SqlValue } from '../sql/connection.ts';
import { FoldersAt, type FolderStatements } from './folders-at.ts';
import type { ItemRows } from './item-rows.ts';
import { folded } from './pages.ts';
import { parseSearch, type SearchQuery, type SearchTerm } from './search-query.ts';

/**
 * Where there are more hits, the ones that were captured last are the ones that are sorted. Sorting all hits of a common
 * word in a million items would take seconds, and nobody reads them.
 */
const sortedHits = 5000;

/** Part of a WHERE clause with its values. */
interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}
const condition = (sql: string, ...values: SqlValue[]): Condition => ({ sql, values });

/** Finds items by their words and properties, as they were at a moment; the newest items come first. */
export class Searching {
  readonly #connection: Connection;
  readonly #folders: FolderStatements;
  readonly #rows: ItemRows;

  constructor(connection: Connection, folders: FolderStatements, rows: ItemRows) {
    this.#connection = connection;
    this.#folders = folders;
    this.#rows = rows;
  }

  find(find: FindQuery): ItemRow[] {
    const query = parseSearch(find.text);
    const conditions = this.#conditions(find, query);
    const hits = query.terms.length === 0 ? this.#byProperties(conditions) : this.#byWords(query.terms, conditions);
    const newestFirst = hits.sort(([idA, timeA], [idB, timeB]) => (timeB ?? -Infinity) - (timeA ?? -Infinity) || idB - idA);
    const shown = newestFirst.slice(0, find.limit).map(([id]) => id);
    return this.#rows.rows(shown, find.atMs, !find.deleted && !query.isVanished);
  }

  /** `c` is the version that is valid at the moment, `v` the one that is shown: the same, or the last before the deletion. */
  #byWords(terms: readonly SearchTerm[], conditions: readonly Condition[]): Hit[] {
    const sql = `
      SELECT v.id, v.time_ms FROM words w JOIN summaries s ON s.id = w.rowid
        JOIN versions c INDEXED BY versions_by_item ON c.item = s.item JOIN versions v ON ${shownFor('c')}
      WHERE words MATCH ? AND v.summary = s.id AND ${joined(conditions)}
      ORDER BY w.rowid DESC LIMIT ${sortedHits}`;
    return this.#connection.tuples<Hit>(sql).all(terms.map(asMatch).join(' '), ...valuesOf(conditions));
  }

  #byProperties(conditions: readonly Condition[]): Hit[] {
    const sql = `
      SELECT v.id, v.time_ms FROM versions c INDEXED BY items_by_folder JOIN versions v ON ${shownFor('c')}
      WHERE c.kind <> ${folderKind} AND ${joined(conditions)}
      ORDER BY v.time_ms DESC LIMIT ${sortedHits}`;
    return this.#connection.tuples<Hit>(sql).all(...valuesOf(conditions));
  }

  #conditions(find: FindQuery, query: SearchQuery): Condition[] {
    const { beforeMs, fromMs, largerThanBytes } = query;
    const time = 'coalesce(v.time_ms, v.valid_from)';
    const conditions = [
      find.atMs === null
        ? condition('c.valid_to IS NULL')
        : condition('c.valid_from <= ? AND (c.valid_to IS NULL OR c.valid_to > ?)', find.atMs, find.atMs),
      // A source's root is the source itself.
      condition('v.folder IS NOT NULL'),
    ];
    if (query.isVanished) conditions.push(condition('c.gone = 1'));
    else if (!find.deleted) conditions.push(condition('c.gone = 0'));
    for (const kind of [find.kind, query.kind])
      if (kind !== null) conditions.push(condition('v.kind = ?', itemKinds.indexOf(kind)));
    if (beforeMs !== null) conditions.push(condition(`${time} < ?`, beforeMs));
    if (fromMs !== null) conditions.push(condition(`${time} >= ?`, fromMs));
    if (largerThanBytes !== null) conditions.push(condition('v.size_bytes > ?', largerThanBytes));
    if (query.hasAttachment) conditions.push(condition('v.attachment = 1'));
    if (query.folders.length > 0) {
      const numbers = JSON.stringify(this.#foldersNamed(query.folders, find));
      conditions.push(condition('v.folder IN (SELECT value FROM json_each(?))', numbers));
    }
    return conditions;
  }

  /** All folders that are, or lie below, a folder of that name, for each of the names. */
  #foldersNamed(names: readonly string[], find: FindQuery): number[] {
    const folders = new FoldersAt(this.#folders, find.atMs);
    const wanted = names.map((name) => `/${folded(name).replace(/^\/+|\/+$/g, '')}/`);
    return folders
      .all()
      .map(({ number }) => ({ number, path: `/${folded(folders.pathText(number))}/` }))
      .filter(({ path }) => wanted.every((name) => path.includes(name)))
      .map(({ number }) => number);
  }
}

type Hit = readonly [id: number, timeMs: number | null];

const shownFor = (current: string): string => `v.id = CASE ${current}.gone WHEN 0 THEN ${current}.id ELSE (
  SELECT max(p.id) FROM versions p INDEXED BY versions_by_item WHERE p.item = ${current}.item AND p.id < ${current}.id) END`;

const joined = (conditions: readonly Condition[]): string => conditions.map(({ sql }) => sql).join(' AND ');
const valuesOf = (conditions: readonly Condition[]): SqlValue[] => conditions.flatMap(({ values }) => values);

/** One letter alone is a word: as a beginning it would fit nearly everything. */
function asMatch({ text, column, exact }: SearchTerm): string {
  const isBeginning = !exact && !/^[\x20-\x7e]$/.test(text);
  return `${column === null ? '' : `${column} : `}"${text.replaceAll('"', '""')}"${isBeginning ? ' *' : ''}`;
}
