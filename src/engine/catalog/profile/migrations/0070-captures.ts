import type { Migration } from '../migrating.ts';

/**
 * Jobs from before there were two ways of noticing changes: what ran by itself scans, and captures besides; what was switched off, or ran when
 * it was asked, does neither more than it did.
 */
export const captures: Migration = {
  number: 70,
  sql: `
    CREATE TABLE captures (id TEXT PRIMARY KEY, body TEXT NOT NULL);
    UPDATE jobs SET body = json_remove(json_insert(
      body,
      '$.scan', iif(body ->> '$.enabled', 'on', 'off'),
      '$.capture', iif(body ->> '$.enabled' AND body ->> '$.schedule.mode' = 'continuous', 'on', 'off')
    ), '$.enabled');
    UPDATE storages SET body = json_insert(body, '$.captured', json('[]'));
  `,
};
