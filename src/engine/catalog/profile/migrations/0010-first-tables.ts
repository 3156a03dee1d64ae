import type { Migration } from '../migrating.ts';

/**
 * What belongs to one thing is one JSON document, because it is always read and written whole;
 * columns beside it are only what is looked for.
 */
export const firstTables: Migration = {
  number: 10,
  sql: `
    CREATE TABLE storages (id TEXT PRIMARY KEY, body TEXT NOT NULL);
    CREATE TABLE sources (id TEXT PRIMARY KEY, body TEXT NOT NULL);
    CREATE TABLE jobs (id TEXT PRIMARY KEY, body TEXT NOT NULL);
    CREATE TABLE runs (
      id TEXT PRIMARY KEY, kind TEXT NOT NULL, job TEXT, storage TEXT, started_at_ms INTEGER NOT NULL, body TEXT NOT NULL
    );
    CREATE INDEX runs_by_start ON runs (started_at_ms);
    CREATE TABLE log (
      number INTEGER PRIMARY KEY, run TEXT NOT NULL, line INTEGER NOT NULL, at_ms INTEGER NOT NULL, level TEXT NOT NULL,
      event TEXT NOT NULL, facts TEXT NOT NULL
    );
    CREATE UNIQUE INDEX log_by_run ON log (run, line);
    CREATE TABLE trusted (storage TEXT PRIMARY KEY, sequence INTEGER NOT NULL, commit_id TEXT NOT NULL);
    CREATE TABLE preferences (name TEXT PRIMARY KEY, value TEXT NOT NULL);
  `,
};
