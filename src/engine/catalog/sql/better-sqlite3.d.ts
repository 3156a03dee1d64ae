/** The part of better-sqlite3 that is used here. The package's own declarations are out of reach of its `exports`. */
declare module 'better-sqlite3' {
  type Value = string | number | null | Uint8Array;
  type Values = Value[] | [Readonly<Record<string, Value>>];

  export default class Database {
    constructor(
      /** Bytes: a copy of them in memory. */
      path: string | Buffer,
      options: {
        readonly timeout: number;
        readonly nativeBinding?: string;
        readonly fileMustExist?: boolean;
        readonly readonly?: boolean;
      },
    );
    prepare(sql: string): Statement;
    exec(sql: string): unknown;
    pragma(text: string, options: { readonly simple: true }): unknown;
    transaction<T>(action: () => T): { immediate(): T };
    readonly inTransaction: boolean;
    close(): unknown;
    static readonly SqliteError: typeof SqliteError;
  }

  export class Statement {
    get(...values: Values): unknown;
    all(...values: Values): unknown[];
    run(...values: Values): { readonly changes: number; readonly lastInsertRowid: number | bigint };
    raw(): this;
    pluck(): this;
  }

  export class SqliteError extends Error {
    readonly code: string;
  }
}
