import type { ItemId, RunId } from '../../shared/domain/ids.ts';
import type { Connection } from './sql/connection.ts';
import { openPrivateDatabase, type PrivateDatabase } from './sql/private-database.ts';

/** What a restore was asked for. */
export interface StoredRestore {
  readonly run: RunId;
  readonly atMs: number;
  /** JSON: enough to begin it again. No secret. */
  readonly request: string;
  readonly undoneBy: RunId | null;
}

/**
 * One thing that a restore does at a destination. `begun`: about to be done; if it stays so, nobody knows whether it was, but for what has
 * no name of its own there, of which the place tells. `made`: done. `undone`: taken back.
 */
export interface RestoreStep {
  readonly id: number;
  readonly run: RunId;
  /**
   * `file`: a thing at a place that does not name what is made there. `folder`: was made because something had to lie in it. `removed`: lay
   * in a folder that was emptied first; it stays begun, because the place itself tells whether it is gone.
   */
  readonly what: 'item' | 'file' | 'folder' | 'removed';
  /** Empty for a folder that stood for nothing in the storage. */
  readonly item: ItemId | '';
  readonly version: number;
  /** Which destination: a source's id, or a path. */
  readonly place: string;
  readonly how: 'create' | 'replace' | 'remove';
  readonly state: 'begun' | 'made' | 'undone';
  /** Where it lies: as the source names it, or JSON of the names that lead to it where it has no key. */
  readonly folder: string;
  /** Of a folder: the source whose items it was made for. */
  readonly key: string;
  readonly revision: string;
  /**
   * JSON. Of a replacement: which version of which item stood there before; null: it is not kept. Of what was created: by what name it
   * went beside what stood there; null: nothing did. Of what was removed: the names of the folders that it lay in.
   */
  readonly replaced: string | null;
}

export type NewStep = Omit<RestoreStep, 'id'>;

/**
 * What restores from one storage do, each step written down before and after it: encrypted like the catalog. By it a second restore
 * makes nothing twice, one that was killed goes on, and any can be undone. What lasts of it goes into the storage's commits.
 */
export interface RestoreJournal {
  begin(restore: Omit<StoredRestore, 'undoneBy'>): void;
  restore(run: RunId): StoredRestore | undefined;
  undone(run: RunId, by: RunId): void;
  add(step: NewStep): number;
  /** In one go; their ids in the same order. */
  addAll(steps: readonly NewStep[]): number[];
  made(id: number, step: Pick<RestoreStep, 'folder' | 'key' | 'revision'>): void;
  /** It is known that nothing was done. */
  drop(id: number): void;
  takenBack(id: number): void;
  /** Forgets the files that restores before a time made or removed: the only steps of which there are millions, and the storage says nothing of them. */
  forgetFiles(beforeMs: number): void;
  /** All steps of all restores for an item at a destination, newest first; what was undone is not among them. */
  of(item: ItemId, place: string): RestoreStep[];
  /** What is not undone of one restore, newest first, so many older than a step. */
  steps(run: RunId, before: number, limit: number): RestoreStep[];
  count(run: RunId): number;
  /** Items that were made and are in no commit yet, oldest first. */
  unsaid(limit: number): RestoreStep[];
  said(upTo: number): void;
  all(): { readonly restores: StoredRestore[]; readonly steps: (RestoreStep & { readonly isSaid: number })[] };
  adopt(other: ReturnType<RestoreJournal['all']>): void;
  close(): void;
}

const tables = `
  CREATE TABLE IF NOT EXISTS restores (run TEXT PRIMARY KEY, at_ms INTEGER NOT NULL, request TEXT NOT NULL, undone_by TEXT);
  CREATE TABLE IF NOT EXISTS steps (
    id INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, what TEXT NOT NULL, item TEXT NOT NULL, version INTEGER NOT NULL,
    place TEXT NOT NULL, how TEXT NOT NULL, state TEXT NOT NULL, folder TEXT NOT NULL, key TEXT NOT NULL, revision TEXT NOT NULL,
    replaced TEXT, is_said INTEGER NOT NULL DEFAULT 0
  );
  -- Not of files: nobody asks for them by item, and there may be millions, in no order.
  CREATE INDEX IF NOT EXISTS named_steps_by_item ON steps (item, place) WHERE what = 'item';
  DROP INDEX IF EXISTS steps_by_item;
  CREATE INDEX IF NOT EXISTS steps_by_run ON steps (run);
  CREATE INDEX IF NOT EXISTS unsaid_steps ON steps (id) WHERE is_said = 0 AND state = 'made' AND key <> '';
`;
const columns = 'id, run, what, item, version, place, how, state, folder, key, revision, replaced';

/** Begins anew where the file cannot be read: the storage's commits still say what was made where. */
export const openRestoreJournal = (options: PrivateDatabase): RestoreJournal =>
  openPrivateDatabase(options, (connection) => {
    connection.execute(tables);
    return journalOn(connection);
  });

function journalOn(connection: Connection): RestoreJournal {
  const begin = connection.change('INSERT INTO restores (run, at_ms, request) VALUES (@run, @atMs, @request)');
  const restores = 'SELECT run, at_ms AS atMs, request, undone_by AS undoneBy FROM restores';
  const restore = connection.rows<StoredRestore>(`${restores} WHERE run = ?`);
  const undone = connection.change('UPDATE restores SET undone_by = ? WHERE run = ?');
  const insert = connection.change(`
    INSERT INTO steps (run, what, item, version, place, how, state, folder, key, revision, replaced)
    VALUES (@run, @what, @item, @version, @place, @how, @state, @folder, @key, @revision, @replaced)`);
  const made = connection.change(`
    UPDATE steps SET state = 'made', folder = @folder, key = @key, revision = @revision WHERE id = @id`);
  const drop = connection.change('DELETE FROM steps WHERE id = ?');
  const takenBack = connection.change("UPDATE steps SET state = 'undone' WHERE id = ?");
  const of = connection.rows<RestoreStep>(
    `SELECT ${columns} FROM steps WHERE item = ? AND place = ? AND what = 'item' AND state <> 'undone' ORDER BY id DESC`,
  );
  const steps = connection.rows<RestoreStep>(
    `SELECT ${columns} FROM steps WHERE run = ? AND id < ? AND state <> 'undone' ORDER BY id DESC LIMIT ?`,
  );
  const count = connection.rows<{ count: number }>("SELECT count(*) AS count FROM steps WHERE run = ? AND state <> 'undone'");
  const forgetFiles = connection.change(`
    DELETE FROM steps WHERE (what = 'file' OR (what = 'removed' AND key = '')) AND run IN (SELECT run FROM restores WHERE at_ms < ?)`);
  const unsaid = connection.rows<RestoreStep>(
    `SELECT ${columns} FROM steps WHERE is_said = 0 AND state = 'made' AND key <> '' AND what = 'item' ORDER BY id LIMIT ?`,
  );
  const said = connection.change("UPDATE steps SET is_said = 1 WHERE id <= ? AND is_said = 0 AND state = 'made' AND key <> ''");
  const allSteps = connection.rows<RestoreStep & { isSaid: number }>(
    `SELECT ${columns}, is_said AS isSaid FROM steps ORDER BY id`,
  );
  const adoptStep = connection.change(`
    INSERT INTO steps (${columns}, is_said)
    VALUES (@id, @run, @what, @item, @version, @place, @how, @state, @folder, @key, @revision, @replaced, @isSaid)`);
  const add = (step: NewStep): number => Number(insert.run({ ...step }).lastInsertRowid);
  return {
    begin: (one) => void begin.run({ ...one }),
    restore: (run) => restore.get(run),
    undone: (run, by) => void undone.run(by, run),
    add,
    addAll: (many) => connection.transaction(() => many.map(add)),
    made: (id, step) => void made.run({ id, ...step }),
    drop: (id) => void drop.run(id),
    takenBack: (id) => void takenBack.run(id),
    forgetFiles: (beforeMs) => void forgetFiles.run(beforeMs),
    of: (item, place) => of.all(item, place),
    steps: (run, before, limit) => steps.all(run, before, limit),
    count: (run) => count.get(run)?.count ?? 0,
    unsaid: (limit) => unsaid.all(limit),
    said: (upTo) => void said.run(upTo),
    all: () => ({ restores: connection.rows<StoredRestore>(restores).all(), steps: allSteps.all() }),
    adopt: (other) =>
      connection.transaction(() => {
        for (const { undoneBy, ...one } of other.restores) {
          begin.run({ ...one });
          undone.run(undoneBy, one.run);
        }
        for (const step of other.steps) adoptStep.run({ ...step });
      }),
    close: () => connection.close(),
  };
}
