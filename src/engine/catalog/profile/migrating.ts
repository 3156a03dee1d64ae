import { StrataError } from '../../../shared/domain/strata-error.ts';
import type { Connection } from '../sql/connection.ts';

/** One step of the tables' shape. Never edited once it was released; the next one gets a number ten higher, and a file of its own. */
export interface Migration {
  readonly number: number;
  readonly sql: string;
}

/**
 * Brings a file to the newest shape, or leaves it as it is: it is never found between two shapes, so that what is kept beside it is
 * what the older Strata wrote. `keepCopy` is called before a file that holds something is changed. A file that a newer Strata has changed is refused: it may mean what this one does not understand.
 */
export function migrate(connection: Connection, migrations: readonly Migration[], keepCopy: (to: number) => void): void {
  const current = Number(connection.pragma('user_version'));
  const newest = migrations.at(-1)?.number ?? 0;
  if (current > newest) throw new StrataError('profile.newer', 'after-user-action', { path: connection.path });
  const missing = migrations.filter(({ number }) => number > current);
  if (current > 0 && missing.length > 0) keepCopy(newest);
  if (missing.length === 0) return;
  connection.transaction(() => {
    for (const { sql } of missing) connection.execute(sql);
    connection.pragma(`user_version = ${newest}`);
  });
}
