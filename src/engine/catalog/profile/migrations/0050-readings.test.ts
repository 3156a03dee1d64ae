import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Connection } from '../../sql/connection.ts';
import { testDirectory } from '../../testing/open-test-catalog.ts';
import { migrate } from '../migrating.ts';
import { firstTables } from './0010-first-tables.ts';
import { readings } from './0050-readings.ts';

it('lets every storage be read again within 30 days, and says of earlier checks what they read', () => {
  const file = path.join(testDirectory(), 'state.sqlite');
  const connection = new Connection({ path: file, synchronous: 'full', cacheKiB: 100, unusable: 'profile.unusable' });
  onTestFinished(() => connection.close());
  migrate(connection, [firstTables], () => undefined);
  connection.execute(`
    INSERT INTO storages (id, body) VALUES
      ('a', '{"id":"a","settings":{"graceDays":9,"itemsPerSecond":5},"lastCheck":null}'),
      ('b', '{"id":"b","settings":{},"lastCheck":{"atMs":1,"report":{"level":"all","packs":7}}}');
    INSERT INTO runs (id, kind, started_at_ms, body) VALUES
      ('r', 'check', 1, '{"id":"r","check":{"level":"structure","packs":7}}'), ('s', 'backup', 1, '{"id":"s","check":null}');`);
  migrate(connection, [firstTables, readings], () => undefined);

  const bodies = (table: string): unknown[] =>
    connection
      .column<string>(`SELECT body FROM ${table} ORDER BY id`)
      .all()
      .map((body) => JSON.parse(body) as unknown);
  const scrub = { roundSinceMs: null, lastRoundAtMs: null };
  const nothing = { percent: null, restored: 0, flickers: [] };
  expect(bodies('storages')).toEqual([
    { id: 'a', settings: { graceDays: 9, itemsPerSecond: 5, scrubDays: 30, writeBytesPerSecond: null }, lastCheck: null, scrub },
    {
      id: 'b',
      settings: { scrubDays: 30, writeBytesPerSecond: null, itemsPerSecond: null },
      lastCheck: { atMs: 1, report: { level: 'all', packs: 7, packsRead: 7, ...nothing } },
      scrub,
    },
  ]);
  expect(bodies('runs')).toEqual([
    { id: 'r', check: { level: 'structure', packs: 7, packsRead: 0, ...nothing } },
    { id: 's', check: null },
  ]);
});
