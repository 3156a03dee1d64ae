import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Connection } from '../../sql/connection.ts';
import { testDirectory } from '../../testing/open-test-catalog.ts';
import { migrate } from '../migrating.ts';
import { acts } from './0170-acts.ts';

it('lets nobody write over a line of the record, and nothing end twice', () => {
  const file = path.join(testDirectory(), 'state.sqlite');
  const connection = new Connection({ path: file, synchronous: 'full', cacheKiB: 100, unusable: 'profile.unusable' });
  onTestFinished(() => connection.close());
  migrate(connection, [acts], () => undefined);
  connection.change("INSERT INTO acts (id, at_ms, kind, origin, body) VALUES ('a', 5, 'look', 'window', '{}')").run();
  expect(() => connection.change("UPDATE acts SET kind = 'browse'").run()).toThrow('stays as it was written');
  expect(() => connection.change('UPDATE acts SET at_ms = 6').run()).toThrow('stays as it was written');
  connection.change("UPDATE acts SET outcome = 'failed', code = 'disk.full'").run();
  expect(() => connection.change("UPDATE acts SET outcome = 'done'").run()).toThrow('ends once');
});
