import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Connection } from '../../sql/connection.ts';
import { testDirectory } from '../../testing/open-test-catalog.ts';
import { migrate } from '../migrating.ts';
import { firstTables } from './0010-first-tables.ts';
import { mirrors } from './0040-mirrors.ts';
import { mirrorRules } from './0060-mirror-rules.ts';

it('lets every mirror from before keep everything, and say so', () => {
  const file = path.join(testDirectory(), 'state.sqlite');
  const connection = new Connection({ path: file, synchronous: 'full', cacheKiB: 100, unusable: 'profile.unusable' });
  onTestFinished(() => connection.close());
  migrate(connection, [firstTables, mirrors], () => undefined);
  connection.execute(`INSERT INTO mirrors (id, body) VALUES ('m', '{"id":"m","origin":"o","enabled":true,"addedAtMs":1}')`);
  migrate(connection, [firstTables, mirrors, mirrorRules], () => undefined);
  expect(JSON.parse(connection.column<string>('SELECT body FROM mirrors').get() ?? '')).toEqual({
    id: 'm',
    origin: 'o',
    enabled: true,
    addedAtMs: 1,
    retention: null,
    retentionSetAtMs: null,
    zone: null,
    isElsewhere: false,
    isSameDisk: false,
  });
});
