import type { Migration } from '../migrating.ts';

/** What a job from before leaves out is kept, as it was then, and says so. */
export const leftOut: Migration = {
  number: 150,
  sql: `
    UPDATE jobs SET body = json_set(body, '$.choices', (
      SELECT json_group_array(json(json_set(one.value, '$.choice.leftOut', 'keep'))) FROM json_each(body, '$.choices') one
    ))`,
};
