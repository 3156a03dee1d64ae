import type { Migration } from '../migrating.ts';

/** What was attached before storages had owners is written to, as it was. */
export const storageModes: Migration = {
  number: 30,
  sql: `UPDATE storages SET body = json_insert(body, '$.mode', 'own')`,
};
