import type { PackId, StorageId } from '../../../shared/domain/ids.ts';
import type { Failure } from '../../../shared/domain/strata-error.ts';
import type { StoredReading } from '../profile-store.ts';
import type { Change, Connection, Statement } from '../sql/connection.ts';

type Row = readonly [pack: string, atMs: number, outcome: StoredReading['outcome'], failure: string | null];

/** The last reading of each pack. A row for each, because one is put after every pack that was read. */
export class ReadingList {
  readonly #all: Statement<Row>;
  readonly #put: Change;
  readonly #keep: Change;

  constructor(connection: Connection) {
    this.#all = connection.tuples('SELECT pack, at_ms, outcome, failure FROM readings WHERE storage = ?');
    this.#put = connection.change(`
      INSERT INTO readings (storage, pack, at_ms, outcome, failure) VALUES (?, ?, ?, ?, ?) ON CONFLICT (storage, pack)
      DO UPDATE SET at_ms = excluded.at_ms, outcome = excluded.outcome, failure = excluded.failure`);
    this.#keep = connection.change('DELETE FROM readings WHERE storage = ? AND pack NOT IN (SELECT value FROM json_each(?))');
  }

  all(storage: StorageId): StoredReading[] {
    return this.#all.all(storage).map(([pack, atMs, outcome, failure]) => ({
      pack: pack as PackId,
      atMs,
      outcome,
      failure: failure === null ? null : (JSON.parse(failure) as Failure),
    }));
  }

  put(storage: StorageId, { pack, atMs, outcome, failure }: StoredReading): void {
    this.#put.run(storage, pack, atMs, outcome, failure === null ? null : JSON.stringify(failure));
  }

  keepOnly(storage: StorageId, packs: readonly PackId[]): void {
    this.#keep.run(storage, JSON.stringify(packs));
  }
}
