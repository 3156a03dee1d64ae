import type { Migration } from '../migrating.ts';

/** Runs from before there were alerts are not told afterwards. */
export const alerts: Migration = {
  number: 100,
  sql: `
    CREATE TABLE alert_channels (id TEXT PRIMARY KEY, body TEXT NOT NULL);
    CREATE TABLE alert_inbox (
      id TEXT PRIMARY KEY, last_at_ms INTEGER NOT NULL, times INTEGER NOT NULL, is_read INTEGER NOT NULL, body TEXT NOT NULL);
    CREATE INDEX alert_inbox_by_time ON alert_inbox (last_at_ms);
    CREATE TABLE alert_causes (cause TEXT PRIMARY KEY, last_at_ms INTEGER NOT NULL, body TEXT NOT NULL);
    CREATE TABLE alert_outbox (
      id INTEGER PRIMARY KEY AUTOINCREMENT, channel TEXT NOT NULL, how TEXT NOT NULL, due_at_ms INTEGER NOT NULL,
      tries INTEGER NOT NULL DEFAULT 0, failing_since_ms INTEGER, alert TEXT NOT NULL);
    CREATE INDEX alert_outbox_by_channel ON alert_outbox (channel, due_at_ms);
    CREATE TABLE alert_runs (run TEXT PRIMARY KEY);
    INSERT INTO alert_runs SELECT id FROM runs WHERE body ->> '$.status' <> 'running';
  `,
};
