import type { JobId, RunId, StorageId } from '../../../shared/domain/ids.ts';
import type { Run } from '../../../shared/domain/run.ts';
import type { DaySpan, DaySum, RunFilter } from '../profile-store.ts';
import type { Change, Connection, Statement } from '../sql/connection.ts';
import { parsed } from './parsed.ts';

/** @param job Asked for apart: only then an index that begins with it is of use. */
const newest = (job: 'any' | 'one'): string => `
  SELECT body FROM runs
  WHERE ${job === 'one' ? 'job = @job AND' : ''} (@storage IS NULL OR storage = @storage) AND (@kind IS NULL OR kind = @kind)
    AND started_at_ms >= @sinceMs AND (@statuses IS NULL OR status IN (SELECT value FROM json_each(@statuses)))
  ORDER BY started_at_ms DESC, rowid DESC LIMIT @limit`;

/** From an index alone: no run is read for it. */
const daySums = (job: 'any' | 'one'): string => `
  SELECT days.key AS day, runs.status, sum(runs.changes) AS changes
  FROM json_each(@days) days CROSS JOIN runs
  WHERE runs.kind = 'backup' ${job === 'one' ? 'AND runs.job = @job' : ''}
    AND runs.started_at_ms >= days.value ->> 0 AND runs.started_at_ms < days.value ->> 1
  GROUP BY days.key, runs.status`;

/** The newest runs. */
export class RunList {
  readonly #limit: number;
  readonly #connection: Connection;
  readonly #one: Statement<string>;
  readonly #newest: Statement<string>;
  readonly #newestOfJob: Statement<string>;
  readonly #daySums: Statement<DaySum>;
  readonly #daySumsOfJob: Statement<DaySum>;
  readonly #lastPurge: Statement<string>;
  readonly #lastRepair: Statement<string>;
  readonly #ids: Statement<RunId>;
  readonly #put: Change;
  readonly #drop: Change;

  constructor(connection: Connection, limit: number) {
    this.#limit = limit;
    this.#connection = connection;
    this.#one = connection.column('SELECT body FROM runs WHERE id = ?');
    this.#newest = connection.column(newest('any'));
    this.#newestOfJob = connection.column(newest('one'));
    this.#daySums = connection.rows(daySums('any'));
    this.#daySumsOfJob = connection.rows(daySums('one'));
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
      INSERT INTO runs (id, kind, job, storage, started_at_ms, body, status, changes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET body = excluded.body, status = excluded.status, changes = excluded.changes`);
    this.#drop = connection.change(`
      DELETE FROM runs WHERE id IN (SELECT id FROM runs ORDER BY started_at_ms DESC, rowid DESC LIMIT -1 OFFSET ?)`);
  }

  one(id: RunId): Run | undefined {
    const body = this.#one.get(id);
    return body === undefined ? undefined : parsed<Run>(body, this.#connection);
  }

  newest({ job, statuses, sinceMs = 0, ...rest }: RunFilter): Run[] {
    const filter = { ...rest, sinceMs, statuses: statuses === undefined ? null : JSON.stringify(statuses) };
    const bodies = job === null ? this.#newest.all(filter) : this.#newestOfJob.all({ ...filter, job });
    return bodies.map((body) => parsed<Run>(body, this.#connection));
  }

  daySums(job: JobId | null, spans: readonly DaySpan[]): DaySum[] {
    const days = JSON.stringify(spans.map(({ fromMs, untilMs }) => [fromMs, untilMs]));
    return job === null ? this.#daySums.all({ days }) : this.#daySumsOfJob.all({ days, job });
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
    const { id, kind, job, storage, startedAtMs, status, counts } = run;
    const changes = counts.new + counts.changed + counts.metadataOnly + counts.moved + counts.vanished;
    this.#put.run(id, kind, job, storage, startedAtMs, JSON.stringify(run), status, changes);
    if (isNew) this.#drop.run(this.#limit);
  }
}
