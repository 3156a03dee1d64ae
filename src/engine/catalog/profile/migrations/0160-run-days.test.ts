import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Connection } from '../../sql/connection.ts';
import { testDirectory } from '../../testing/open-test-catalog.ts';
import { migrate } from '../migrating.ts';
import { firstTables } from './0010-first-tables.ts';
import { runDays } from './0160-run-days.ts';

it('knows of every run from before how it ended and how much it changed, and reads days from indexes alone', () => {
  const file = path.join(testDirectory(), 'state.sqlite');
  const connection = new Connection({ path: file, synchronous: 'full', cacheKiB: 100, unusable: 'profile.unusable' });
  onTestFinished(() => connection.close());
  migrate(connection, [firstTables], () => undefined);
  const put = connection.change(
    "INSERT INTO runs (id, kind, job, storage, started_at_ms, body) VALUES (@id, 'backup', 'j', 's', 5, @body)",
  );
  const counts = { new: 1, changed: 20, metadataOnly: 300, moved: 4000, vanished: 50_000, failed: 7 };
  put.run({ id: 'whole', body: JSON.stringify({ status: 'warning', counts }) });
  // From a time at which moves were not counted apart.
  put.run({ id: 'older', body: JSON.stringify({ status: 'failed', counts: { new: 1, changed: 2, vanished: 3 } }) });
  const before = connection.rows('SELECT id, kind, job, storage, started_at_ms, body FROM runs ORDER BY id').all();
  migrate(connection, [firstTables, runDays], () => undefined);
  expect(connection.rows('SELECT id, status, changes FROM runs ORDER BY id').all()).toEqual([
    { id: 'older', status: 'failed', changes: 6 },
    { id: 'whole', status: 'warning', changes: 54_321 },
  ]);
  expect(connection.rows('SELECT id, kind, job, storage, started_at_ms, body FROM runs ORDER BY id').all()).toEqual(before);
  const plan = connection.rows<{ readonly detail: string }>(
    "EXPLAIN QUERY PLAN SELECT status, sum(changes) FROM runs WHERE job = 'j' AND kind = 'backup' AND started_at_ms > 1 GROUP BY status",
  );
  expect(plan.all()[0]?.detail).toContain('USING COVERING INDEX run_days_of_job');
});
