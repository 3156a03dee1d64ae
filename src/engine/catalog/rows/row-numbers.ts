import type { ItemId, PackId, RunId, SourceId } from '../../../shared/domain/ids.ts';
import type { Change, Connection, Statement } from '../sql/connection.ts';

/** Row numbers of ids: looked up, or given at the first mention. */
export class RowNumbers {
  readonly #runs: NumberOf;
  readonly #sources: NumberOf;
  readonly #packs: NumberOf;
  readonly #folders: NumberOf;
  readonly #shapes: NumberOf;
  readonly #sizePack: Change;

  constructor(connection: Connection) {
    this.#runs = new NumberOf(connection, 'runs', '?');
    this.#sources = new NumberOf(connection, 'sources', '?');
    this.#packs = new NumberOf(connection, 'packs', 'unhex(?)');
    this.#folders = new NumberOf(connection, 'items', '?');
    this.#shapes = new NumberOf(connection, 'shapes', '?');
    this.#sizePack = connection.change('UPDATE packs SET size_bytes = ? WHERE id = ?');
  }

  run(id: RunId): number {
    return this.#runs.of(id);
  }

  source(id: SourceId): number {
    return this.#sources.of(id);
  }

  pack(id: PackId, sizeBytes?: number): number {
    const number = this.#packs.of(id);
    if (sizeBytes !== undefined) this.#sizePack.run(sizeBytes, number);
    return number;
  }

  /** Remembered for the length of a commit: a folder is named by all that is in it. */
  folder(id: ItemId): number {
    return this.#folders.of(id);
  }

  /** Of the names of a metadata object. */
  shape(names: string): number {
    return this.#shapes.of(names);
  }

  /** What a transaction that was rolled back gave out is void. */
  forget(): void {
    for (const numbers of [this.#runs, this.#sources, this.#packs, this.#folders, this.#shapes]) numbers.forget();
  }
}

class NumberOf {
  readonly #known = new Map<string, number>();
  readonly #find: Statement<number>;
  readonly #insert: Change;

  constructor(connection: Connection, table: 'runs' | 'sources' | 'packs' | 'items' | 'shapes', value: '?' | 'unhex(?)') {
    this.#find = connection.column<number>(`SELECT id FROM ${table} WHERE uid = ${value}`);
    this.#insert = connection.change(`INSERT INTO ${table} (uid) VALUES (${value})`);
  }

  of(uid: string): number {
    const known = this.#known.get(uid);
    if (known !== undefined) return known;
    const number = this.#find.get(uid) ?? Number(this.#insert.run(uid).lastInsertRowid);
    this.#known.set(uid, number);
    return number;
  }

  forget(): void {
    this.#known.clear();
  }
}
