import type { Migration } from '../migrating.ts';

/** Storages that receive what another one holds. */
export const mirrors: Migration = {
  number: 40,
  sql: 'CREATE TABLE mirrors (id TEXT PRIMARY KEY, body TEXT NOT NULL)',
};
