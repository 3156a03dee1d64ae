import type { RunId, StorageId } from '../../../shared/domain/ids.ts';
import type { Run } from '../../../shared/domain/run.ts';
import type { ProfileStore } from '../profile-store.ts';
import type { Change, Connection, Statement } from '../sql/connection.ts';
import { parsed } from './parsed.ts';

/** The newest runs. */
export class RunList {
  readonly #limit: number;
  readonly #connection: Connection;
  readonly #one: Statement<string>;
  readonly #newest: Statement<string>;
  readonly #lastPurge: Statement<string>;
  readonly #lastRepair: Statement<string>;
  readonly #ids: Statement<RunId>;
  readonly #put: Change;
  readonly #drop: Change;

  constructor(connection: Connection, limit: number) {
    this.#limit = limit;
    this.#connection = connection;
    this.#one = connection.column('SELECT body FROM runs WHERE id = ?');
    this.#newest = connection.column(`
      SELECT body FROM runs
      WHERE (@job IS NULL OR job = @job) AND (@storage IS NULL OR storage = @storage) AND (@kind IS NULL OR kind = @kind)
      ORDER BY started_at_ms DESC, rowid DESC LIMIT @limit`);
    this.#lastPurge = connection.column(`
      SELECT body FROM runs
      WHERE storage = @storage AND kind = 'purge'
        AND (body ->> '$.purge.dryRun' = 0 OR (@counting = 'tried' AND body ->> '$.trigger' = 'schedule'))
      ORDER BY started_at_ms DESC, rowid DESC LIMIT 1`);
    this.#lastRepair = connection.column(`
      SELECT body FROM runs WHERE storage = ? AND kind = 'repair' AND body ->> '$.repair.dryRun' = 0
      ORDER BY started_at_ms DESC, rowid DESC LIMIT 1`);
    this.#ids = connection.column("SELECT id FROM runs WHERE id >= @prefix AND id < @prefix || '~' ORDER BY id");
    this.#put = connection.change(`
      INSERT INTO runs (id, kind, job, storage, started_at_ms, body) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET body = excluded.body`);
    this.#drop = connection.change(`
      DELETE FROM runs WHERE id IN (SELECT id FROM runs ORDER BY started_at_ms DESC, rowid DESC LIMIT -1 OFFSET ?)`);
  }

  one(id: RunId): Run | undefined {
    const body = this.#one.get(id);
    return body === undefined ? undefined : parsed<Run>(body, this.#connection);
  }

  newest(filter: Parameters<ProfileStore['runs']>[0]): Run[] {
    return this.#newest.all({ ...filter }).map((body) => parsed<Run>(body, this.#connection));
  }

  lastPurge(storage: StorageId, counting: 'done' | 'tried'): Run | undefined {
    const body = this.#lastPurge.get({ storage, counting });
    return body === undefined ? undefined : parsed<Run>(body, this.#connection);
  }

  lastRepair(storage: StorageId): Run | undefined {
    const body = this.#lastRepair.get(storage);
    return body === undefined ? undefined : parsed<Run>(body, this.#connection);
  }

  ids(prefix: string): RunId[] {
    return this.#ids.all({ prefix });
  }

  put(run: Run): void {
    const isNew = this.#one.get(run.id) === undefined;
    this.#put.run(run.id, run.kind, run.job, run.storage, run.startedAtMs, JSON.stringify(run));
    if (isNew) this.#drop.run(this.#limit);
  }
}
