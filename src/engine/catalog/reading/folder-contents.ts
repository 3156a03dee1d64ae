import type { PageQuery } from '../shown.ts';
import { folderKind } from '../rows/layout.ts';
import type { Connection, Statement } from '../sql/connection.ts';
import { type At, shownBefore } from './moment.ts';

/** Row number of a version and the value to sort it by. */
export type Sortable = readonly [id: number, by: string | number | null];

const items = `versions v INDEXED BY items_by_folder WHERE v.kind <> ${folderKind} AND v.folder = @folder`;

/**
 * Queries that yield `id` and `time_ms` of the versions that a view of a folder shows; sub-folders are not among them.
 */
const views = {
  /** Both are answered by the index alone; the second reads only what ended after the moment. */
  now: `SELECT v.id, v.time_ms FROM ${items} AND v.gone = 0 AND v.valid_to IS NULL`,
  then: `
    SELECT v.id, v.time_ms FROM ${items} AND v.gone = 0 AND v.valid_to IS NULL AND v.valid_from <= @at
    UNION ALL SELECT v.id, v.time_ms FROM ${items} AND v.gone = 0 AND v.valid_to > @at AND v.valid_from <= @at`,
  /** An item's last version here. */
  all: `SELECT max(v.id) AS id, v.time_ms FROM ${items} AND v.gone = 0 AND v.valid_from <= @at GROUP BY v.item`,
  /** What was there before the deletion, if there was something until the moment. */
  vanished: `
    SELECT b.id, b.time_ms FROM (SELECT v.id, v.item FROM ${items} AND v.gone = 1 AND v.valid_to IS NULL) d
    JOIN versions b ON b.id = ${shownBefore('d.item', 'd.id')}
    WHERE EXISTS (SELECT 1 FROM versions p INDEXED BY versions_by_item WHERE p.item = d.item AND p.gone = 0 AND p.valid_from <= @at)`,
} as const;
type View = keyof typeof views;

const viewOf = (mode: PageQuery['mode'], at: At): View => (mode === 'as-of' ? (at === null ? 'now' : 'then') : mode);

const contentOf = (column: string): string =>
  `(SELECT ${column} FROM versions v JOIN contents c ON c.id = v.content WHERE v.id = l.id)`;

const valueOf = {
  time: 'l.time_ms',
  size: contentOf('c.size_bytes'),
  name: contentOf('coalesce(c.title, c.name, c.key)'),
  from: contentOf('c.sender'),
} as const;

/** What is in a folder. */
export class FolderContents {
  readonly #connection: Connection;
  readonly #lists = new Map<string, Statement<Sortable>>();
  readonly #ids: Record<'now' | 'then', Statement<number>>;
  readonly #counts: Record<'now' | 'then', Statement<number>>;
  readonly #bytes: Record<'now' | 'then', Statement<number>>;

  constructor(connection: Connection) {
    this.#connection = connection;
    const each = <T>(query: (view: string) => T): Record<'now' | 'then', T> => ({
      now: query(views.now),
      then: query(views.then),
    });
    this.#ids = each((view) => connection.column<number>(`SELECT id FROM (${view}) ORDER BY id`));
    this.#counts = each((view) => connection.column<number>(`SELECT count(*) FROM (${view})`));
    this.#bytes = each((view) =>
      connection.column<number>(`SELECT coalesce(sum(${contentOf('c.size_bytes')}), 0) FROM (${view}) l`),
    );
  }

  /** In no order. */
  sortable(folder: number, query: Pick<PageQuery, 'mode' | 'atMs' | 'sort'>): Sortable[] {
    const sql = `SELECT l.id, ${valueOf[query.sort]} FROM (${views[viewOf(query.mode, query.atMs)]}) l`;
    const list = this.#lists.get(sql) ?? this.#connection.tuples<Sortable>(sql);
    this.#lists.set(sql, list);
    return list.all({ folder, at: query.atMs ?? Number.MAX_SAFE_INTEGER });
  }

  /** Row numbers of the versions that are there, in the order in which they came. */
  ids(folder: number, at: At): number[] {
    return at === null ? this.#ids.now.all({ folder }) : this.#ids.then.all({ folder, at });
  }

  count(folder: number, at: At): number {
    return (at === null ? this.#counts.now.get({ folder }) : this.#counts.then.get({ folder, at })) ?? 0;
  }

  bytes(folder: number, at: At): number {
    return (at === null ? this.#bytes.now.get({ folder }) : this.#bytes.then.get({ folder, at })) ?? 0;
  }
}
