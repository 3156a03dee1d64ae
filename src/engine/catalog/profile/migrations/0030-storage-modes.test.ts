import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Connection } from '../../sql/connection.ts';
import { testDirectory } from '../../testing/open-test-catalog.ts';
import { migrate } from '../migrating.ts';
import { firstTables } from './0010-first-tables.ts';
import { storageModes } from './0030-storage-modes.ts';

it('lets every storage that was attached before be written to, as it was', () => {
  const file = path.join(testDirectory(), 'state.sqlite');
  const connection = new Connection({ path: file, synchronous: 'full', cacheKiB: 100, unusable: 'profile.unusable' });
  onTestFinished(() => connection.close());
  migrate(connection, [firstTables], () => undefined);
  connection.execute(`INSERT INTO storages (id, body) VALUES ('s', '{"id":"s"}')`);
  migrate(connection, [firstTables, storageModes], () => undefined);
  const body = connection.column<string>('SELECT body FROM storages').get() ?? '';
  expect(JSON.parse(body)).toEqual({ id: 's', mode: 'own' });
});
