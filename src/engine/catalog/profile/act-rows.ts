import type { ActKind, ActOrigin, ActOutcome, RecordedAct } from '../../../shared/domain/act.ts';
import type { ActId, ItemId, RunId, StorageId } from '../../../shared/domain/ids.ts';
import type { Connection } from '../sql/connection.ts';
import { parsed } from './parsed.ts';

/** What does not change any more once it is written. Names of items are not in it: they lie where only the storage's key reads them. */
export type ActBody = Pick<
  RecordedAct,
  'user' | 'storageName' | 'sourceNames' | 'jobName' | 'name' | 'to' | 'settings' | 'items'
>;

export interface NewAct {
  readonly id: ActId;
  readonly atMs: number;
  readonly kind: ActKind;
  readonly origin: ActOrigin;
  readonly storage: StorageId | null;
  /** The item, where it is one. */
  readonly item: ItemId | null;
  readonly body: ActBody;
}
export interface ActEnd {
  readonly outcome: ActOutcome;
  readonly endedAtMs: number;
  readonly code: string | null;
}
export interface ActFilter {
  readonly sinceMs: number;
  readonly untilMs: number;
  /** None: all. */
  readonly kinds: readonly ActKind[];
  readonly storage: StorageId | null;
  /** Older than this one; null: from the newest on. */
  readonly before: ActId | null;
  readonly limit: number;
}

type Row = Omit<RecordedAct, keyof ActBody | 'itemNames'> & { readonly body: string };
const columns = 'id, at_ms AS atMs, kind, origin, storage, run, outcome, ended_at_ms AS endedAtMs, code, body';

/** The record of who did what: lines are added and end once; only whole stretches of the past are forgotten. */
export class ActRows {
  readonly #connection: Connection;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#statements = prepare(connection);
  }

  /** On the disk when this returns. */
  begin({ body, ...act }: NewAct): void {
    this.#statements.begin.run({ ...act, body: JSON.stringify(body) });
  }

  /** The run that does it ends it. */
  isRun(id: ActId, run: RunId): void {
    this.#statements.isRun.run(run, id);
  }

  end(id: ActId, { outcome, endedAtMs, code }: ActEnd): void {
    this.#statements.end.run({ id, outcome, endedAtMs, code });
  }

  endRun(run: RunId, { outcome, endedAtMs, code }: ActEnd): void {
    this.#statements.endRun.run({ run, outcome, endedAtMs, code });
  }

  /** What has not ended, as far as is known. */
  going(): { readonly id: ActId; readonly run: RunId | null }[] {
    return this.#statements.going.all();
  }

  /** Whether the same was done, to its end, since then. */
  wasDone(act: Pick<NewAct, 'kind' | 'origin' | 'storage' | 'item'>, sinceMs: number): boolean {
    const { kind, origin, storage, item } = act;
    return this.#statements.wasDone.get({ kind, origin, storage, item, sinceMs }) !== undefined;
  }

  /** Newest first, without names of items. */
  page({ kinds, ...filter }: ActFilter): RecordedAct[] {
    const rows = this.#statements.page.all({ ...filter, kinds: kinds.length === 0 ? null : JSON.stringify(kinds) });
    return rows.map(({ body, ...row }) => ({ ...row, ...parsed<ActBody>(body, this.#connection), itemNames: null }));
  }

  forgetBefore(ms: number): void {
    this.#statements.forget.run(ms);
  }
}

function prepare(connection: Connection) {
  return {
    begin: connection.change(`
      INSERT INTO acts (id, at_ms, kind, origin, storage, item, body) VALUES (@id, @atMs, @kind, @origin, @storage, @item, @body)`),
    isRun: connection.change('UPDATE acts SET run = ? WHERE id = ?'),
    end: connection.change(
      'UPDATE acts SET outcome = @outcome, ended_at_ms = @endedAtMs, code = @code WHERE id = @id AND outcome IS NULL',
    ),
    endRun: connection.change(
      'UPDATE acts SET outcome = @outcome, ended_at_ms = @endedAtMs, code = @code WHERE run = @run AND outcome IS NULL',
    ),
    going: connection.rows<{ id: ActId; run: RunId | null }>('SELECT id, run FROM acts WHERE outcome IS NULL ORDER BY number'),
    wasDone: connection.column<number>(`
      SELECT 1 FROM acts
      WHERE kind = @kind AND storage IS @storage AND item IS @item AND origin = @origin AND at_ms > @sinceMs AND outcome = 'done'
      LIMIT 1`),
    page: connection.rows<Row>(`
      SELECT ${columns} FROM acts
      WHERE at_ms >= @sinceMs AND at_ms <= @untilMs AND (@storage IS NULL OR storage = @storage)
        AND (@kinds IS NULL OR kind IN (SELECT value FROM json_each(@kinds)))
        AND (@before IS NULL OR number < (SELECT number FROM acts WHERE id = @before))
      ORDER BY number DESC LIMIT @limit`),
    forget: connection.change('DELETE FROM acts WHERE at_ms < ?'),
  };
}
