import type { Migration } from '../migrating.ts';

/** The record of who did what. What was written stays as it was: only how it ended is added, once. */
export const acts: Migration = {
  number: 170,
  sql: `
    CREATE TABLE acts (
      number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at_ms INTEGER NOT NULL, kind TEXT NOT NULL,
      origin TEXT NOT NULL, storage TEXT, item TEXT, body TEXT NOT NULL,
      run TEXT, outcome TEXT, ended_at_ms INTEGER, code TEXT);
    CREATE INDEX acts_by_time ON acts (at_ms);
    CREATE INDEX acts_alike ON acts (kind, storage, item, origin, at_ms);
    CREATE INDEX acts_going ON acts (run) WHERE outcome IS NULL;
    CREATE TRIGGER acts_stay BEFORE UPDATE OF number, id, at_ms, kind, origin, storage, item, body ON acts
      BEGIN SELECT raise(ABORT, 'a line of the record stays as it was written'); END;
    CREATE TRIGGER acts_end_once BEFORE UPDATE OF outcome, ended_at_ms, code ON acts WHEN old.outcome IS NOT NULL
      BEGIN SELECT raise(ABORT, 'a line of the record ends once'); END;`,
};
