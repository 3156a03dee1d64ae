import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Connection } from '../../sql/connection.ts';
import { testDirectory } from '../../testing/open-test-catalog.ts';
import { migrate } from '../migrating.ts';
import { firstTables } from './0010-first-tables.ts';
import { retentionMembers } from './0020-retention.ts';

it('lets everything that was set up before there were rules keep everything, and say so', () => {
  const file = path.join(testDirectory(), 'state.sqlite');
  const connection = new Connection({ path: file, synchronous: 'full', cacheKiB: 100, unusable: 'profile.unusable' });
  onTestFinished(() => connection.close());
  migrate(connection, [firstTables], () => undefined);
  connection.execute(`
    INSERT INTO jobs (id, body) VALUES ('j', '{"id":"j","name":"Mail"}');
    INSERT INTO storages (id, body) VALUES ('s', '{"id":"s","name":"NAS"}');
    INSERT INTO runs (id, kind, started_at_ms, body) VALUES ('r', 'check', 1, '{"id":"r","check":{"packs":1}}');`);

  let copies = 0;
  migrate(connection, [firstTables, retentionMembers], () => void (copies += 1));

  const body = (table: string): unknown => JSON.parse(connection.column<string>(`SELECT body FROM ${table}`).get() ?? '');
  expect(copies).toBe(1);
  expect(body('jobs')).toEqual({ id: 'j', name: 'Mail', retention: null, retentionSetAtMs: null, zone: null });
  expect(body('storages')).toEqual({
    id: 's',
    name: 'NAS',
    settings: { graceDays: 30, minFreeBytes: 0, automatic: true, defaultRetention: null },
    acceptsEmpty: [],
    quietFreezes: [],
    clock: null,
    tallies: [],
  });
  expect(body('runs')).toEqual({ id: 'r', check: { packs: 1 }, retention: null, purge: null, repair: null });
});
