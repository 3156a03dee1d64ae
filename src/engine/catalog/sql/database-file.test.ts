import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { testDirectory, testFiles } from '../testing/open-test-catalog.ts';
import { Connection } from './connection.ts';
import { copyDatabase } from './database-file.ts';

it('copies a file as it is at that moment, for its owner alone, in place of an earlier copy', () => {
  const directory = testDirectory();
  const open = (name: string): Connection => {
    const connection = new Connection({
      path: path.join(directory, name),
      synchronous: 'full',
      cacheKiB: 100,
      unusable: 'profile.unusable',
    });
    onTestFinished(() => connection.close());
    return connection;
  };
  const original = open('original');
  original.execute("CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('before')");
  const copy = path.join(directory, 'copy');
  writeFileSync(copy, 'an earlier copy', { mode: 0o644 });
  copyDatabase(original, testFiles, copy);
  original.execute("UPDATE notes SET text = 'after'");
  expect(open('copy').column<string>('SELECT text FROM notes').all()).toEqual(['before']);
  expect(statSync(copy).mode & 0o777).toBe(0o600);
});
