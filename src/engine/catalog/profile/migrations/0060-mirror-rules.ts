import type { Migration } from '../migrating.ts';

/** Mirrors that were added before they had rules keep everything, and nobody has said where they are. */
export const mirrorRules: Migration = {
  number: 60,
  sql: `
    UPDATE mirrors SET body = json_insert(
      body,
      '$.retention', json('null'), '$.retentionSetAtMs', json('null'), '$.zone', json('null'),
      '$.isElsewhere', json('false'), '$.isSameDisk', json('false')
    )
  `,
};
