import type { RunId } from '../../shared/domain/ids.ts';
import { isStrataError } from '../../shared/domain/strata-error.ts';
import { withFileFailure } from '../kernel/file-failure.ts';
import type { FileSystem } from '../kernel/file-system.ts';
import { Connection } from './sql/connection.ts';
import { createPrivateFile, removeDatabase } from './sql/database-file.ts';

/** What runs said of a storage's items, by name: encrypted like its catalog, because subjects and file names are as private as the mail. */
export interface RunDetails {
  put(run: RunId, details: string): void;
  get(run: RunId): string | undefined;
  /** Everything, the oldest first, for a file under another key. */
  all(): { readonly run: RunId; readonly details: string }[];
  close(): void;
}

export interface RunDetailsOptions {
  readonly path: string;
  /** 64 hex digits. May be the catalog's: every page of either file is written under a random nonce of its own. */
  readonly key: string;
  readonly files: FileSystem;
  readonly nativeBinding?: string;
}

/** As many as the profile keeps runs. */
const keptRuns = 10_000;

/** Begins anew where the file cannot be read: the outcome of every run is in the profile, only the names were here. */
export function openRunDetails(options: RunDetailsOptions): RunDetails {
  try {
    return open(options);
  } catch (error) {
    if (!isStrataError(error) || error.code !== 'catalog.unusable') throw error;
    withFileFailure(options.path, () => removeDatabase(options.files, options.path));
    return open(options);
  }
}

function open({ path, key, files, nativeBinding }: RunDetailsOptions): RunDetails {
  withFileFailure(path, () => createPrivateFile(files, path));
  const connection = new Connection({
    path,
    key,
    nativeBinding,
    synchronous: 'normal',
    cacheKiB: 1024,
    unusable: 'catalog.unusable',
  });
  try {
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
  } catch (error) {
    connection.close();
    throw error;
  }
}
