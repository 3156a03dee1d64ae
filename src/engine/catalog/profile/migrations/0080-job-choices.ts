import type { Migration } from '../migrating.ts';

/** Jobs from before there were choices take everything of each source. */
export const jobChoices: Migration = {
  number: 80,
  sql: `UPDATE jobs SET body = json_insert(body, '$.choices', json('[]'))`,
};
