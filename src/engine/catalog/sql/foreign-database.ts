import Database from 'better-sqlite3';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import { withLog } from './write-ahead-log.ts';

/** What another program's database is made of. */
export interface ForeignFiles {
  /** For people. */
  readonly path: string;
  readonly file: Uint8Array;
  /** Its log (`-wal`), where there is one. */
  readonly log: Uint8Array | undefined;
}

/** Another program's database, of which nothing is believed. */
export interface ForeignDatabase {
  /** Tables that hold rows of their own: what a view or a module answers is not asked. */
  readonly tables: ReadonlySet<string>;
  rows<Row extends readonly unknown[]>(sql: string, ...values: readonly number[]): Row[];
  close(): void;
}

/** More is no address book, and would be in memory whole. */
const mostBytes = 256 * 1024 * 1024;

/**
 * Opens a copy in memory: no file is opened, locked, or made beside it, so that the program that it belongs to is never in anybody's way.
 * Whatever is wrong with it is `folder.unreadable`.
 */
export function openForeignDatabase({ path, file, log }: ForeignFiles, nativeBinding: string | undefined): ForeignDatabase {
  const guarded = <T>(action: () => T): T => {
    try {
      return action();
    } catch (error) {
      if (!(error instanceof Database.SqliteError)) throw error;
      throw new StrataError('folder.unreadable', 'later', { folder: path, reason: error.code }, { cause: error });
    }
  };
  const whole = log === undefined ? Buffer.from(file) : withLog(Buffer.from(file), Buffer.from(log), mostBytes);
  if (whole === undefined || whole.length > mostBytes)
    throw new StrataError('folder.unreadable', 'later', { folder: path, reason: 'EFBIG' });
  // Says that there is a log, which a copy in memory cannot have any more.
  for (const at of [18, 19]) if (whole[at] === 2) whole[at] = 1;
  const binding = nativeBinding === undefined ? {} : { nativeBinding };
  const database = guarded(() => new Database(whole, { timeout: 0, readonly: true, ...binding }));
  const rows: ForeignDatabase['rows'] = <Row>(sql: string, ...values: readonly number[]) =>
    guarded(
      () =>
        database
          .prepare(sql)
          .raw()
          .all(...values) as Row[],
    );
  try {
    guarded(() => database.pragma('trusted_schema = OFF', { simple: true }));
    guarded(() => database.pragma('cell_size_check = ON', { simple: true }));
    const found = rows<[name: string]>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0`);
    return { tables: new Set(found.map(([name]) => name)), rows, close: () => void database.close() };
  } catch (error) {
    database.close();
    throw error;
  }
}
