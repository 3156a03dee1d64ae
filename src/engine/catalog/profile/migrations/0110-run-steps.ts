import type { Migration } from '../migrating.ts';

/** Of runs from before nobody wrote down why they began, what followed from them, and who was told. */
export const runSteps: Migration = {
  number: 110,
  sql: `
    UPDATE runs SET body = json_insert(body, '$.cause', json('null'), '$.steps', json('[]'));
    CREATE TABLE job_actions (id TEXT PRIMARY KEY, body TEXT NOT NULL);
    CREATE TABLE alert_told (
      delivery INTEGER PRIMARY KEY, run TEXT NOT NULL, channel TEXT NOT NULL, state TEXT NOT NULL, at_ms INTEGER NOT NULL);
    CREATE INDEX alert_told_by_run ON alert_told (run);
  `,
};
