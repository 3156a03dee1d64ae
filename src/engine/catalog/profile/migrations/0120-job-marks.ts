import type { Migration } from '../migrating.ts';

/** Jobs from before there were groups, colours and priorities have none, and wait as they did. */
export const jobMarks: Migration = {
  number: 120,
  sql: `UPDATE jobs SET body = json_insert(body, '$.group', json('null'), '$.color', json('null'), '$.priority', 'normal')`,
};
