import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Connection } from '../../sql/connection.ts';
import { testDirectory } from '../../testing/open-test-catalog.ts';
import { migrate } from '../migrating.ts';
import { firstTables } from './0010-first-tables.ts';

it('makes the tables of the first release from nothing', () => {
  const file = path.join(testDirectory(), 'state.sqlite');
  const connection = new Connection({ path: file, synchronous: 'full', cacheKiB: 100, unusable: 'profile.unusable' });
  onTestFinished(() => connection.close());
  migrate(connection, [firstTables], () => expect.unreachable('there was nothing to copy'));
  const columns = connection.column<string>(`
    SELECT t.name || '.' || c.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY t.rowid, c.cid`);
  expect(columns.all()).toEqual([
    'storages.id',
    'storages.body',
    'sources.id',
    'sources.body',
    'jobs.id',
    'jobs.body',
    'runs.id',
    'runs.kind',
    'runs.job',
    'runs.storage',
    'runs.started_at_ms',
    'runs.body',
    'log.number',
    'log.run',
    'log.line',
    'log.at_ms',
    'log.level',
    'log.event',
    'log.facts',
    'trusted.storage',
    'trusted.sequence',
    'trusted.commit_id',
    'preferences.name',
    'preferences.value',
  ]);
});
