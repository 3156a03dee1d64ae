import type { RunId } from '../../shared/domain/ids.ts';
import type { Connection } from './sql/connection.ts';
import { openPrivateDatabase, type PrivateDatabase } from './sql/private-database.ts';

/** What runs said of a storage's items, by name: encrypted like its catalog, because subjects and file names are as private as the mail. */
export interface RunDetails {
  put(run: RunId, details: string): void;
  get(run: RunId): string | undefined;
  /** Everything, the oldest first, for a file under another key. */
  all(): { readonly run: RunId; readonly details: string }[];
  close(): void;
}

/** As many as the profile keeps runs. */
const keptRuns = 10_000;

/** Begins anew where the file cannot be read: the outcome of every run is in the profile, only the names were here. */
export const openRunDetails = (options: PrivateDatabase): RunDetails => openPrivateDatabase(options, detailsOn);

function detailsOn(connection: Connection): RunDetails {
  connection.execute(
    'CREATE TABLE IF NOT EXISTS run_details (number INTEGER PRIMARY KEY, run TEXT NOT NULL UNIQUE, details TEXT NOT NULL)',
  );
  const put = connection.change(
    'INSERT INTO run_details (run, details) VALUES (?, ?) ON CONFLICT (run) DO UPDATE SET details = excluded.details',
  );
  const trim = connection.change('DELETE FROM run_details WHERE number <= (SELECT max(number) FROM run_details) - ?');
  const get = connection.column<string>('SELECT details FROM run_details WHERE run = ?');
  const all = connection.rows<{ run: RunId; details: string }>('SELECT run, details FROM run_details ORDER BY number');
  return {
    put: (run, details) => {
      put.run(run, details);
      trim.run(keptRuns);
    },
    get: (run) => get.get(run),
    all: () => all.all(),
    close: () => connection.close(),
  };
}
