import Database, { type Statement as Prepared } from 'better-sqlite3';
import type { StrataErrorCode } from '../../../shared/domain/error-codes.ts';
import { sqlFailure } from './sql-failure.ts';

export type SqlValue = string | number | null | Uint8Array;
/** Values for the question marks in their order, or one object for all `@names`. */
export type SqlValues = SqlValue[] | [Readonly<Record<string, SqlValue>>];

/** A prepared statement. Whatever SQLite complains about is told as a failure, see {@link sqlFailure}. */
export interface Statement<Row> {
  get(...values: SqlValues): Row | undefined;
  all(...values: SqlValues): Row[];
}
export interface Change {
  run(...values: SqlValues): { readonly changes: number; readonly lastInsertRowid: number | bigint };
}

export interface ConnectionOptions {
  readonly path: string;
  /** 64 hex digits; undefined: not encrypted. */
  readonly key?: string;
  /** The SQLite build to load; undefined: the one inside the package. */
  readonly nativeBinding?: string | undefined;
  /** `normal` may lose the last transactions with the power, never more. */
  readonly synchronous: 'normal' | 'full';
  readonly cacheKiB: number;
  /** What it means that the file is no database, has another key, or holds a damaged page. */
  readonly unusable: StrataErrorCode;
}

/** How long to wait for another connection of the same file (a second process that is just closing). */
const busyMs = 5000;

/**
 * One open SQLite file. Statements are never left half-read: while one is being stepped SQLite refuses to write,
 * and a reader that waits for a slow consumer would stop a backup. So there is no cursor here, on purpose.
 */
export class Connection {
  readonly path: string;
  readonly #unusable: StrataErrorCode;
  readonly #database: Database;

  constructor(options: ConnectionOptions) {
    this.path = options.path;
    this.#unusable = options.unusable;
    const { path, nativeBinding } = options;
    this.#database = this.#guarded(
      () => new Database(path, { timeout: busyMs, ...(nativeBinding === undefined ? {} : { nativeBinding }) }),
    );
    try {
      if (options.key !== undefined) this.#unlock(options.key);
      // Only a new file takes it. 8 KB: wide rows and an encrypted page costs the same per byte whatever its size.
      this.pragma('page_size = 8192');
      this.pragma('journal_mode = WAL');
      this.pragma(`synchronous = ${options.synchronous}`);
      this.pragma(`cache_size = -${options.cacheKiB}`);
      // The package spills sorts to files otherwise: plain rows beside an encrypted catalog.
      this.pragma('temp_store = MEMORY');
      // A large commit's log is cut down again once it is in the file.
      this.pragma('journal_size_limit = 67108864');
      this.pragma('foreign_keys = ON');
      this.pragma('cell_size_check = ON');
      this.pragma('trusted_schema = OFF');
      // Of effect on macOS only, where fsync does not reach the disk.
      this.pragma('fullfsync = ON');
      this.pragma('checkpoint_fullfsync = ON');
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  /** Must come before anything that reads the file. The key is raw: SQLite derives nothing from it. */
  #unlock(key: string): void {
    if (!/^[0-9a-f]{64}$/.test(key)) throw new Error('a catalog key is 64 hex digits');
    this.pragma("cipher = 'aegis'");
    this.pragma(`key = 'raw:${key}'`);
  }

  /** Rows as objects, a property for each column. */
  rows<Row extends object>(sql: string): Statement<Row> {
    return this.#statement<Row>(sql, (statement) => statement);
  }

  /** Rows as arrays: for narrow rows in large numbers. */
  tuples<Row extends readonly unknown[]>(sql: string): Statement<Row> {
    return this.#statement<Row>(sql, (statement) => statement.raw());
  }

  /** The first column alone. */
  column<Value extends SqlValue>(sql: string): Statement<Value> {
    return this.#statement<Value>(sql, (statement) => statement.pluck());
  }

  #statement<Row>(sql: string, shape: (statement: Prepared) => Prepared): Statement<Row> {
    const statement = this.#guarded(() => shape(this.#database.prepare(sql)));
    return {
      get: (...values) => this.#guarded(() => statement.get(...values) as Row | undefined),
      all: (...values) => this.#guarded(() => statement.all(...values) as Row[]),
    };
  }

  change(sql: string): Change {
    const statement = this.#guarded(() => this.#database.prepare(sql));
    return { run: (...values) => this.#guarded(() => statement.run(...values)) };
  }

  execute(sql: string): void {
    this.#guarded(() => this.#database.exec(sql));
  }

  pragma(text: string): unknown {
    return this.#guarded(() => this.#database.pragma(text, { simple: true }));
  }

  /** All of it or nothing of it. */
  transaction<T>(action: () => T): T {
    return this.#guarded(() => this.#database.transaction(action).immediate());
  }

  /** For what is done in steps, while nobody else uses the connection. Without {@link commit} nothing of it stays. */
  begin(): void {
    this.execute('BEGIN IMMEDIATE');
  }

  commit(): void {
    this.execute('COMMIT');
  }

  /** Takes back what was done since {@link begin}, if there was one. */
  undo(): void {
    if (this.#database.inTransaction) this.execute('ROLLBACK');
  }

  close(): void {
    this.#guarded(() => this.#database.close());
  }

  #guarded<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw sqlFailure(error, this.path, this.#unusable);
    }
  }
}
