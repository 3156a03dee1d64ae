import Database from 'better-sqlite3';
import type { StrataErrorCode } from '../../../shared/domain/error-codes.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';

/**
 * What SQLite complains about, as a failure; its own text stays in the cause, because it can quote rows.
 * Anything else comes back as it is: what is not SQLite's is a failure already, and a wrong statement is a bug.
 */
export function sqlFailure(error: unknown, path: string, unusable: StrataErrorCode): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const facts = { path, errno: error.code };
  const [primary] = /^SQLITE_[A-Z]+/.exec(error.code) ?? [''];
  switch (primary) {
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return new StrataError(unusable, 'after-user-action', facts, { cause: error });
    case 'SQLITE_FULL':
      return new StrataError('disk.full', 'after-user-action', facts, { cause: error });
    case 'SQLITE_READONLY':
      return new StrataError('path.read-only', 'after-user-action', facts, { cause: error });
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_PERM':
    case 'SQLITE_AUTH':
      return new StrataError('path.denied', 'after-user-action', facts, { cause: error });
    case 'SQLITE_IOERR':
      return new StrataError('path.io', 'later', facts, { cause: error });
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return new StrataError('engine.busy', 'later', facts, { cause: error });
    default:
      return error;
  }
}
