import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Connection } from '../../sql/connection.ts';
import { testDirectory } from '../../testing/open-test-catalog.ts';
import { migrate } from '../migrating.ts';
import { firstTables } from './0010-first-tables.ts';
import { jobChoices } from './0080-job-choices.ts';

it('lets every job from before take everything, and say so', () => {
  const file = path.join(testDirectory(), 'state.sqlite');
  const connection = new Connection({ path: file, synchronous: 'full', cacheKiB: 100, unusable: 'profile.unusable' });
  onTestFinished(() => connection.close());
  migrate(connection, [firstTables], () => undefined);
  connection.execute(`INSERT INTO jobs (id, body) VALUES ('j', '{"id":"j","sources":["s"]}')`);
  migrate(connection, [firstTables, jobChoices], () => undefined);
  expect(JSON.parse(connection.column<string>('SELECT body FROM jobs').get() ?? '')).toEqual({
    id: 'j',
    sources: ['s'],
    choices: [],
  });
});
