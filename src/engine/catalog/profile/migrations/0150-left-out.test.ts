import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Connection } from '../../sql/connection.ts';
import { testDirectory } from '../../testing/open-test-catalog.ts';
import { migrate } from '../migrating.ts';
import { firstTables } from './0010-first-tables.ts';
import { leftOut } from './0150-left-out.ts';

it('keeps what every job from before leaves out, and nothing else of it changes', () => {
  const file = path.join(testDirectory(), 'state.sqlite');
  const connection = new Connection({ path: file, synchronous: 'full', cacheKiB: 100, unusable: 'profile.unusable' });
  onTestFinished(() => connection.close());
  migrate(connection, [firstTables], () => undefined);
  const two = [
    { source: 'b', choice: { skip: [{ path: 'Spam', subfolders: true }], priority: 2 } },
    { source: 'a', choice: { oneFileSystem: false, kinds: null } },
  ];
  for (const [id, choices] of Object.entries({ none: [], two }))
    connection.change('INSERT INTO jobs (id, body) VALUES (@id, @body)').run({ id, body: JSON.stringify({ id, choices }) });
  migrate(connection, [firstTables, leftOut], () => undefined);
  expect(
    connection
      .column<string>('SELECT body FROM jobs ORDER BY id')
      .all()
      .map((body) => JSON.parse(body) as unknown),
  ).toEqual([
    { id: 'none', choices: [] },
    { id: 'two', choices: two.map(({ source, choice }) => ({ source, choice: { ...choice, leftOut: 'keep' } })) },
  ]);
});
