import type { Migration } from '../migrating.ts';

/** Of runs from before nobody wrote down why they began. */
export const runCauses: Migration = {
  number: 110,
  sql: `UPDATE runs SET body = json_insert(body, '$.cause', json('null'))`,
};
