import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Connection } from '../../sql/connection.ts';
import { testDirectory } from '../../testing/open-test-catalog.ts';
import { migrate } from '../migrating.ts';
import { firstTables } from './0010-first-tables.ts';
import { jobMarks } from './0120-job-marks.ts';

it('lets jobs from before stand in no group, without a colour, and wait as they did', () => {
  const file = path.join(testDirectory(), 'state.sqlite');
  const connection = new Connection({ path: file, synchronous: 'full', cacheKiB: 100, unusable: 'profile.unusable' });
  onTestFinished(() => connection.close());
  migrate(connection, [firstTables], () => undefined);
  connection.execute(`INSERT INTO jobs (id, body) VALUES ('j', '{"id":"j"}')`);
  migrate(connection, [firstTables, jobMarks], () => undefined);
  const body = connection.column<string>('SELECT body FROM jobs').get() ?? '';
  expect(JSON.parse(body)).toEqual({ id: 'j', group: null, color: null, priority: 'normal' });
});
