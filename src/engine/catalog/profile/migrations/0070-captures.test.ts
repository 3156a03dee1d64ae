import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Connection } from '../../sql/connection.ts';
import { testDirectory } from '../../testing/open-test-catalog.ts';
import { migrate } from '../migrating.ts';
import { firstTables } from './0010-first-tables.ts';
import { captures } from './0070-captures.ts';

it('lets jobs that ran by themselves scan and capture, and all others do no more than they did', () => {
  const file = path.join(testDirectory(), 'state.sqlite');
  const connection = new Connection({ path: file, synchronous: 'full', cacheKiB: 100, unusable: 'profile.unusable' });
  onTestFinished(() => connection.close());
  migrate(connection, [firstTables], () => undefined);
  connection.execute(`
    INSERT INTO storages (id, body) VALUES ('s', '{"id":"s","tallies":[]}');
    INSERT INTO jobs (id, body) VALUES
      ('a', '{"id":"a","schedule":{"mode":"continuous","idleMs":5},"enabled":true}'),
      ('b', '{"id":"b","schedule":{"mode":"continuous","idleMs":5},"enabled":false}'),
      ('c', '{"id":"c","schedule":{"mode":"manual"},"enabled":true}');`);
  migrate(connection, [firstTables, captures], () => undefined);
  const bodies = (table: string): unknown[] =>
    connection
      .column<string>(`SELECT body FROM ${table} ORDER BY id`)
      .all()
      .map((body) => JSON.parse(body) as unknown);
  const hourly = { mode: 'continuous', idleMs: 5 };
  expect(bodies('jobs')).toEqual([
    { id: 'a', schedule: hourly, scan: 'on', capture: 'on' },
    { id: 'b', schedule: hourly, scan: 'off', capture: 'off' },
    { id: 'c', schedule: { mode: 'manual' }, scan: 'on', capture: 'off' },
  ]);
  expect(bodies('storages')).toEqual([{ id: 's', tallies: [], captured: [] }]);
});
