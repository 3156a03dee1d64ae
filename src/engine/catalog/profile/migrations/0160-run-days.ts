import type { Migration } from '../migrating.ts';

/**
 * What the strips of days are made of, in indexes that hold all of it; and the newest runs of a job without reading those of others.
 * Columns and not generated ones: an index with such is not taken for all that a question needs.
 */
export const runDays: Migration = {
  number: 160,
  sql: `
    ALTER TABLE runs ADD COLUMN status TEXT;
    ALTER TABLE runs ADD COLUMN changes INTEGER;
    UPDATE runs SET
      status = body ->> '$.status',
      changes = coalesce(body ->> '$.counts.new', 0) + coalesce(body ->> '$.counts.changed', 0) +
        coalesce(body ->> '$.counts.metadataOnly', 0) + coalesce(body ->> '$.counts.moved', 0) +
        coalesce(body ->> '$.counts.vanished', 0);
    CREATE INDEX runs_of_job ON runs (job, started_at_ms);
    CREATE INDEX run_days ON runs (kind, started_at_ms, status, changes);
    CREATE INDEX run_days_of_job ON runs (job, kind, started_at_ms, status, changes);`,
};
