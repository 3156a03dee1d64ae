import type { Migration } from '../migrating.ts';

/** What was set up before there were rules keeps everything, and its documents say so. */
export const retentionMembers: Migration = {
  number: 20,
  sql: `
    UPDATE jobs SET body = json_insert(body, '$.retention', json('null'), '$.retentionSetAtMs', json('null'), '$.zone', json('null'));
    UPDATE storages SET body = json_insert(
      body,
      '$.settings', json('{"graceDays":30,"minFreeBytes":0,"automatic":true,"defaultRetention":null}'),
      '$.acceptsEmpty', json('[]'), '$.quietFreezes', json('[]'), '$.clock', json('null'), '$.tallies', json('[]')
    );
    UPDATE runs SET body = json_insert(body, '$.retention', json('null'), '$.purge', json('null'), '$.repair', json('null'));
  `,
};
