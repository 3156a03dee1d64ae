import type { ActId, RunId } from '../../shared/domain/ids.ts';
import type { Connection } from './sql/connection.ts';
import { openPrivateDatabase, type PrivateDatabase } from './sql/private-database.ts';

/**
 * What runs and the record of acts say of a storage's items, by name: encrypted like its catalog, because subjects and file names are as
 * private as the mail.
 */
export interface RunDetails {
  put(run: RunId, details: string): void;
  get(run: RunId): string | undefined;
  /** On the disk when it returns: it is written before what it names is given out. */
  putNames(names: NamesOfAct): void;
  names(act: ActId): readonly string[] | undefined;
  forgetNamesBefore(ms: number): void;
  /** Everything, the oldest first, for a file under another key. */
  all(): { readonly runs: { readonly run: RunId; readonly details: string }[]; readonly names: NamesOfAct[] };
  adopt(other: ReturnType<RunDetails['all']>): void;
  close(): void;
}

export interface NamesOfAct {
  readonly act: ActId;
  readonly atMs: number;
  readonly names: readonly string[];
}
type NameRow = Omit<NamesOfAct, 'names'> & { readonly names: string };

/** As many as the profile keeps runs. */
const keptRuns = 10_000;

/** Begins anew where the file cannot be read: the outcome of every run is in the profile, only the names were here. */
export const openRunDetails = (options: PrivateDatabase): RunDetails => openPrivateDatabase(options, detailsOn);

function detailsOn(connection: Connection): RunDetails {
  connection.execute(`
    CREATE TABLE IF NOT EXISTS run_details (number INTEGER PRIMARY KEY, run TEXT NOT NULL UNIQUE, details TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS act_names (act TEXT PRIMARY KEY, at_ms INTEGER NOT NULL, names TEXT NOT NULL);`);
  const put = connection.change(
    'INSERT INTO run_details (run, details) VALUES (?, ?) ON CONFLICT (run) DO UPDATE SET details = excluded.details',
  );
  const trim = connection.change('DELETE FROM run_details WHERE number <= (SELECT max(number) FROM run_details) - ?');
  const get = connection.column<string>('SELECT details FROM run_details WHERE run = ?');
  const putNames = connection.change('INSERT INTO act_names (act, at_ms, names) VALUES (@act, @atMs, @names)');
  const names = connection.column<string>('SELECT names FROM act_names WHERE act = ?');
  const allNames = connection.rows<NameRow>('SELECT act, at_ms AS atMs, names FROM act_names ORDER BY at_ms');
  const forgetNames = connection.change('DELETE FROM act_names WHERE at_ms < ?');
  const all = connection.rows<{ run: RunId; details: string }>('SELECT run, details FROM run_details ORDER BY number');
  const add = (of: NamesOfAct): void => void putNames.run({ ...of, names: JSON.stringify(of.names) });
  return {
    put: (run, details) => {
      put.run(run, details);
      trim.run(keptRuns);
    },
    get: (run) => get.get(run),
    putNames(of) {
      connection.pragma('synchronous = FULL');
      try {
        add(of);
      } finally {
        connection.pragma('synchronous = NORMAL');
      }
    },
    names(act) {
      const text = names.get(act);
      return text === undefined ? undefined : (JSON.parse(text) as string[]);
    },
    forgetNamesBefore: (ms) => void forgetNames.run(ms),
    all: () => ({
      runs: all.all(),
      names: allNames.all().map((row) => ({ ...row, names: JSON.parse(row.names) as string[] })),
    }),
    adopt: (other) =>
      connection.transaction(() => {
        for (const { run, details } of other.runs) put.run(run, details);
        for (const names of other.names) add(names);
      }),
    close: () => connection.close(),
  };
}
