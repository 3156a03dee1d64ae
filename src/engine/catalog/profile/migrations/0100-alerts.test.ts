import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Connection } from '../../sql/connection.ts';
import { testDirectory } from '../../testing/open-test-catalog.ts';
import { migrate } from '../migrating.ts';
import { firstTables } from './0010-first-tables.ts';
import { alerts } from './0100-alerts.ts';

it('counts every run that ended before as told, and none that goes on', () => {
  const file = path.join(testDirectory(), 'state.sqlite');
  const connection = new Connection({ path: file, synchronous: 'full', cacheKiB: 100, unusable: 'profile.unusable' });
  onTestFinished(() => connection.close());
  migrate(connection, [firstTables], () => undefined);
  for (const status of ['running', 'failed', 'success']) {
    connection.execute(
      `INSERT INTO runs (id, kind, started_at_ms, body) VALUES ('${status}', 'backup', 1, '{"status":"${status}"}')`,
    );
  }
  migrate(connection, [firstTables, alerts], () => undefined);
  expect(connection.column<string>('SELECT run FROM alert_runs ORDER BY run').all()).toEqual(['failed', 'success']);
});
