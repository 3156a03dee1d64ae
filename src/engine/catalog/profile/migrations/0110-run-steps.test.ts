import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Connection } from '../../sql/connection.ts';
import { testDirectory } from '../../testing/open-test-catalog.ts';
import { migrate } from '../migrating.ts';
import { firstTables } from './0010-first-tables.ts';
import { runSteps } from './0110-run-steps.ts';

it('claims of runs from before neither why they began nor what followed', () => {
  const file = path.join(testDirectory(), 'state.sqlite');
  const connection = new Connection({ path: file, synchronous: 'full', cacheKiB: 100, unusable: 'profile.unusable' });
  onTestFinished(() => connection.close());
  migrate(connection, [firstTables], () => undefined);
  connection.execute(`INSERT INTO runs (id, kind, started_at_ms, body) VALUES ('r', 'backup', 1, '{"id":"r"}')`);
  migrate(connection, [firstTables, runSteps], () => undefined);
  const body = connection.column<string>('SELECT body FROM runs').get() ?? '';
  expect(JSON.parse(body)).toEqual({ id: 'r', cause: null, steps: [] });
});
