import { itemKinds } from '../../../shared/domain/item.ts';
import type { FindQuery, FoundRow } from '../shown.ts';
import { folderKind } from '../rows/layout.ts';
import type { Connection, SqlValue } from '../sql/connection.ts';
import type { TextHits } from '../texts/text-index.ts';
import { extractor, isBeginning } from './extract.ts';
import { FoldersAt, type FolderStatements } from './folders-at.ts';
import type { ItemRows } from './item-rows.ts';
import { momentValues, shownBefore, validAt } from './moment.ts';
import { folded } from './pages.ts';
import { parseSearch, type SearchQuery, type SearchTerm } from './search-query.ts';

/**
 * Where there are more hits, the ones that were captured last are the ones that are sorted. Sorting all hits of a common
 * word in a million items would take seconds, and nobody reads them.
 */
const sortedHits = 2000;

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

  /** @param texts What items say, where that is indexed. */
  find(find: FindQuery, texts?: TextHits): FoundRow[] {
    const query = parseSearch(find.text);
    const conditions = this.#conditions(find, query);
    // Words without a letter or digit are in no index. That is no reason to show everything.
    if (find.text.trim() !== '' && conditions.length === 0 && query.terms.length === 0 && !query.isVanished) return [];
    const hits = this.#hits(find, query, conditions, texts);
    const newestFirst = hits.sort(([idA, timeA], [idB, timeB]) => (timeB ?? -Infinity) - (timeA ?? -Infinity) || idB - idA);
    const shown = newestFirst.slice(0, find.limit);
    const rows = this.#rows.rows(
      shown.map(([id]) => id),
      find.atMs,
      !find.deleted && !query.isVanished,
    );
    const extractOf = extractor(query.terms);
    return rows.map((row, index) => {
      const [id = 0, , content = 0] = shown[index] ?? [];
      return { ...row, firstSeenMs: this.#rows.firstSeenMs(id), extract: extractOf(texts?.text(content) ?? '') };
    });
  }

  #hits(find: FindQuery, query: SearchQuery, conditions: readonly Condition[], texts: TextHits | undefined): Hit[] {
    const shape = { ...versionShown(find, query), conditions };
    if (query.terms.length === 0) return this.#byProperties(shape);
    const isOfTexts = query.terms.some(({ column }) => column === 'text');
    const byWords = isOfTexts ? [] : this.#byWords(shape, query.terms.map((term) => asMatch(term, !term.exact)).join(' '));
    const byTexts = texts === undefined ? [] : this.#byTexts(shape, query.terms, texts);
    return [...new Map([...byWords, ...byTexts].map((hit) => [hit[0], hit])).values()];
  }

  /** CROSS JOIN: in this order, whatever SQLite would guess about tables that it has no figures of. */
  #byProperties({ current, lastShown, validity, conditions }: Shape): Hit[] {
    const all = [validity, ...conditions];
    return this.#connection
      .tuples<Hit>(`
        SELECT v.id, v.time_ms, t.id FROM versions ${current} INDEXED BY items_by_folder ${lastShown} CROSS JOIN contents t ON t.id = v.content
        WHERE ${current}.kind <> ${folderKind} AND ${joined(all)}
        ORDER BY v.time_ms DESC LIMIT ${sortedHits}`)
      .all(...valuesOf(all));
  }

  #byWords({ current, lastShown, validity, conditions }: Shape, match: string): Hit[] {
    const all = [validity, ...conditions];
    return this.#connection
      .tuples<Hit>(`
        SELECT v.id, v.time_ms, t.id FROM words CROSS JOIN contents t ON t.id = words.rowid
          CROSS JOIN versions ${current} INDEXED BY versions_by_item ON ${current}.item = t.item ${lastShown}
        WHERE words MATCH ? AND v.content = t.id AND ${joined(all)}
        ORDER BY words.rowid DESC LIMIT ${sortedHits}`)
      .all(match, ...valuesOf(all));
  }

  /** The other index knows nothing of moments and places: it is asked for more until there are enough that are shown. */
  #byTexts({ current, lastShown, validity, conditions }: Shape, terms: readonly SearchTerm[], texts: TextHits): Hit[] {
    const all = [validity, ...conditions];
    const select = this.#connection.tuples<Hit>(`
      SELECT v.id, v.time_ms, t.id FROM json_each(?) found CROSS JOIN contents t ON t.id = found.value
        CROSS JOIN versions ${current} INDEXED BY versions_by_item ON ${current}.item = t.item ${lastShown}
      WHERE v.content = t.id AND ${joined(all)}`);
    const hits: Hit[] = [];
    for (const page of texts.pages(terms.map((term) => asMatch(term, !term.exact && isBeginning(term.text))).join(' '))) {
      hits.push(...select.all(JSON.stringify(page), ...valuesOf(all)));
      if (hits.length >= sortedHits) break;
    }
    return hits;
  }

  /** What the query asks of `v`, the version that is shown, and `t`, its content. */
  #conditions(find: FindQuery, query: SearchQuery): Condition[] {
    const { beforeMs, fromMs, largerThanBytes } = query;
    const time = 'coalesce(v.time_ms, v.valid_from)';
    const conditions: Condition[] = [];
    for (const kind of [find.kind, query.kind])
      if (kind !== null) conditions.push(condition('v.kind = ?', itemKinds.indexOf(kind)));
    if (beforeMs !== null) conditions.push(condition(`${time} < ?`, beforeMs));
    if (fromMs !== null) conditions.push(condition(`${time} >= ?`, fromMs));
    if (largerThanBytes !== null) conditions.push(condition('t.size_bytes > ?', largerThanBytes));
    if (query.hasAttachment) conditions.push(condition('t.attachment = 1'));
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

type Hit = readonly [id: number, timeMs: number | null, content: number];

/** Which versions are shown, and what is asked of them. */
interface Shape extends ReturnType<typeof versionShown> {
  readonly conditions: readonly Condition[];
}

/**
 * `v` is the version that is shown. Only where items are wanted that are gone at the moment is it another than the current one,
 * `c`: the last before the deletion.
 */
function versionShown(find: FindQuery, query: SearchQuery): { current: string; lastShown: string; validity: Condition } {
  const wantsGone = query.isVanished || find.deleted;
  const current = wantsGone ? 'c' : 'v';
  const lastShown = `CROSS JOIN versions v ON v.id = CASE c.gone WHEN 0 THEN c.id ELSE ${shownBefore('c.item', 'c.id')} END`;
  const presence = query.isVanished ? 'c.gone = 1' : wantsGone ? 'c.gone < 2' : 'v.gone = 0';
  return {
    current,
    lastShown: wantsGone ? lastShown : '',
    // A source's root is the source itself, and never a hit.
    validity: condition(
      `${presence} AND ${current}.folder IS NOT NULL AND ${validAt(find.atMs, current)}`,
      ...momentValues(find.atMs),
    ),
  };
}

const valuesOf = (conditions: readonly Condition[]): SqlValue[] => conditions.flatMap(({ values }) => values);
const joined = (conditions: readonly Condition[]): string => conditions.map(({ sql }) => sql).join(' AND ');

/**
 * A quoted string each, so that nothing in it is taken for the language of the index; a NUL would end the query.
 * One letter alone is a word: as a beginning it would fit nearly everything.
 */
function asMatch({ text, column }: SearchTerm, mayBegin: boolean): string {
  const begins = mayBegin && !/^[\x20-\x7e]$/.test(text);
  const quoted = `"${text.replaceAll('\0', ' ').replaceAll('"', '""')}"`;
  return `${column === null ? '' : `${column} : `}${quoted}${begins ? ' *' : ''}`;
}
