import { turn } from '../../kernel/turn.ts';
import type { DifferenceKind, DifferencePage, DifferenceQuery } from '../shown.ts';
import { folderKind } from '../rows/layout.ts';
import type { Connection, Statement } from '../sql/connection.ts';
import type { ItemRows } from './item-rows.ts';

interface State {
  readonly id: number;
  readonly item: number;
  readonly folder: number | null;
  readonly content: number;
  readonly digest: string | null;
  readonly name: string;
  readonly shape: number;
  readonly metadata: string;
}

/** Row numbers of versions; 0 where the item is not there. */
interface Found {
  readonly kind: DifferenceKind;
  readonly before: number;
  readonly after: number;
}

/** Items that are looked at before others get a turn: some milliseconds. */
const step = 500;

/**
 * What is not the same at two moments, folder by folder. An item that came and went between them, or changed and changed back, is none.
 * What was found is kept until something is applied, so that pages fit together.
 */
export class Differing {
  readonly #rows: ItemRows;
  readonly #touched: Statement<number>;
  readonly #touchedFolders: Statement<number>;
  readonly #states: Statement<State>;
  #kept: { readonly name: string; readonly found: Promise<readonly Found[]> } | undefined;

  constructor(connection: Connection, rows: ItemRows) {
    this.#rows = rows;
    const between =
      'v.valid_from > @fromMs AND v.valid_from <= @toMs AND (@all OR v.source IN (SELECT s.id FROM sources s JOIN json_each(@sources) w ON w.value = s.uid))';
    // The first index holds all that is asked for but the item, which only those are read for that are found.
    this.#touched = connection.column(`
      SELECT v.item FROM versions v INDEXED BY items_by_folder WHERE v.kind <> ${folderKind} AND ${between}`);
    this.#touchedFolders = connection.column(`
      SELECT v.item FROM versions v INDEXED BY folders_by_source WHERE v.kind = ${folderKind} AND v.folder IS NOT NULL AND ${between}`);
    this.#states = connection.rows(`
      SELECT v.id, v.item, v.folder, c.id AS content, coalesce(hex(c.digest), c.parts) AS digest,
        coalesce(c.name, c.key) AS name, v.shape, v.metadata
      FROM versions v INDEXED BY versions_by_item JOIN contents c ON c.id = v.content
      WHERE v.item IN (SELECT value FROM json_each(?)) AND v.valid_from <= ? AND (v.valid_to IS NULL OR v.valid_to > ?) AND v.gone = 0`);
  }

  async page(query: DifferenceQuery): Promise<DifferencePage> {
    const all = await this.#all(query);
    const counts = { added: 0, vanished: 0, content: 0, moved: 0, metadata: 0 };
    for (const { kind } of all) counts[kind] += 1;
    const wanted = query.kind === null ? all : all.filter(({ kind }) => kind === query.kind);
    const page = wanted.slice(query.offset, query.offset + query.limit);
    const [before, after] = [this.#rowsOf(page, 'before', query.fromMs), this.#rowsOf(page, 'after', query.toMs)];
    return {
      total: wanted.length,
      counts,
      rows: page.map((one) => ({ kind: one.kind, before: before.get(one.before) ?? null, after: after.get(one.after) ?? null })),
    };
  }

  /** Something was applied. */
  forget(): void {
    this.#kept = undefined;
  }

  #rowsOf(page: readonly Found[], side: 'before' | 'after', atMs: number): Map<number, ReturnType<ItemRows['rows']>[number]> {
    const ids = page.map((one) => one[side]).filter((id) => id !== 0);
    return new Map(this.#rows.rows(ids, atMs, true).map((row, at) => [ids[at] ?? 0, row]));
  }

  #all(query: DifferenceQuery): Promise<readonly Found[]> {
    const name = JSON.stringify([query.fromMs, query.toMs, query.sources]);
    if (this.#kept?.name === name) return this.#kept.found;
    const found = this.#find(query);
    const kept = { name, found };
    this.#kept = kept;
    // What failed is looked for anew by whoever asks again.
    found.catch(() => {
      if (this.#kept === kept) this.forget();
    });
    return found;
  }

  async #find({ fromMs, toMs, sources }: DifferenceQuery): Promise<readonly Found[]> {
    const values = { fromMs, toMs, all: sources.length === 0 ? 1 : 0, sources: JSON.stringify(sources) };
    const items = [...new Set([...this.#touchedFolders.all(values), ...this.#touched.all(values)])];
    const found: Found[] = [];
    for (let at = 0; at < items.length; at += step) {
      const some = JSON.stringify(items.slice(at, at + step));
      const [before, after] = [this.#statesAt(some, fromMs), this.#statesAt(some, toMs)];
      for (const item of items.slice(at, at + step)) {
        const kind = kindOf(before.get(item), after.get(item));
        if (kind !== undefined) found.push({ kind, before: before.get(item)?.id ?? 0, after: after.get(item)?.id ?? 0 });
      }
      await turn();
    }
    return found;
  }

  /** Only what is there. */
  #statesAt(items: string, atMs: number): Map<number, State> {
    return new Map(this.#states.all(items, atMs, atMs).map((state) => [state.item, state]));
  }
}

function kindOf(before: State | undefined, after: State | undefined): DifferenceKind | undefined {
  if (before === undefined || after === undefined) return after !== undefined ? 'added' : before && 'vanished';
  if (before.id === after.id) return undefined;
  if (before.content !== after.content && before.digest !== after.digest) return 'content';
  if (before.folder !== after.folder || before.name !== after.name) return 'moved';
  return before.shape === after.shape && before.metadata === after.metadata ? undefined : 'metadata';
}
