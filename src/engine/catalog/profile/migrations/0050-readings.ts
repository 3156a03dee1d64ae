import type { Migration } from '../migrating.ts';

/** When each pack of a storage was last read whole, and what came of it; and the checks that were made before anybody asked how much of it. */
export const readings: Migration = {
  number: 50,
  sql: `
    CREATE TABLE readings (
      storage TEXT NOT NULL, pack TEXT NOT NULL, at_ms INTEGER NOT NULL, outcome TEXT NOT NULL, failure TEXT, PRIMARY KEY (storage, pack)
    ) WITHOUT ROWID;
    UPDATE storages SET body = json_insert(
      body,
      '$.settings.scrubDays', 30, '$.settings.writeBytesPerSecond', json('null'), '$.settings.itemsPerSecond', json('null'),
      '$.scrub', json('{"roundSinceMs":null,"lastRoundAtMs":null}')
    );
    UPDATE storages SET body = json_insert(
      body,
      '$.lastCheck.report.percent', json('null'),
      '$.lastCheck.report.packsRead', iif(body ->> '$.lastCheck.report.level' = 'all', body ->> '$.lastCheck.report.packs', 0),
      '$.lastCheck.report.restored', 0, '$.lastCheck.report.flickers', json('[]')
    ) WHERE json_type(body, '$.lastCheck') = 'object';
    UPDATE runs SET body = json_insert(
      body, '$.check.percent', json('null'), '$.check.packsRead', iif(body ->> '$.check.level' = 'all', body ->> '$.check.packs', 0),
      '$.check.restored', 0, '$.check.flickers', json('[]')
    ) WHERE json_type(body, '$.check') = 'object';
  `,
};
