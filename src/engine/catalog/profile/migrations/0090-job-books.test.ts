import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { usualTiming } from '../../../../shared/domain/schedule.ts';
import { Connection } from '../../sql/connection.ts';
import { testDirectory } from '../../testing/open-test-catalog.ts';
import { migrate } from '../migrating.ts';
import { firstTables } from './0010-first-tables.ts';
import { jobBooks } from './0090-job-books.ts';

it('lets every job from before run at any time, as it did', () => {
  const file = path.join(testDirectory(), 'state.sqlite');
  const connection = new Connection({ path: file, synchronous: 'full', cacheKiB: 100, unusable: 'profile.unusable' });
  onTestFinished(() => connection.close());
  migrate(connection, [firstTables], () => undefined);
  connection.execute(`INSERT INTO jobs (id, body) VALUES ('j', '{"id":"j","schedule":{"mode":"manual"}}')`);
  migrate(connection, [firstTables, jobBooks], () => undefined);
  expect(JSON.parse(connection.column<string>('SELECT body FROM jobs').get() ?? '')).toEqual({
    id: 'j',
    schedule: { mode: 'manual' },
    timing: usualTiming,
  });
});
