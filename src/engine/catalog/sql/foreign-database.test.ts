import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { mutants } from '../../../../test/kit/mutator.ts';
import { seededRandom } from '../../../../test/kit/seeded-random.ts';
import { temporaryFolder } from '../../../../test/kit/temporary-folder.ts';
import { isStrataError } from '../../../shared/domain/strata-error.ts';
import { Connection } from './connection.ts';
import { openForeignDatabase } from './foreign-database.ts';

/** With a log, as other programs open theirs. */
const opened = (file: string): Connection =>
  new Connection({ path: file, synchronous: 'normal', cacheKiB: 1024, unusable: 'catalog.unusable' });
const made = (): { database: Connection; file: string } => {
  const file = path.join(temporaryFolder(), 'a.sqlite');
  const database = opened(file);
  database.execute("CREATE TABLE t (n INTEGER, text TEXT); INSERT INTO t VALUES (1, 'one')");
  return { database, file };
};
const bytesOf = (file: string): { path: string; file: Buffer; log: Buffer | undefined } => ({
  path: file,
  file: fs.readFileSync(file),
  log: fs.existsSync(`${file}-wal`) ? fs.readFileSync(`${file}-wal`) : undefined,
});
const read = (files: Parameters<typeof openForeignDatabase>[0]): unknown[] => {
  const copy = openForeignDatabase(files, undefined);
  try {
    return copy.rows('SELECT n, text FROM t ORDER BY n');
  } finally {
    copy.close();
  }
};
/** As SQLite itself sees it, from copies of both files elsewhere. */
const asSqlite = (files: ReturnType<typeof bytesOf>): unknown[] => {
  const copy = path.join(temporaryFolder(), 'copy.sqlite');
  fs.writeFileSync(copy, files.file);
  if (files.log !== undefined) fs.writeFileSync(`${copy}-wal`, files.log);
  const database = opened(copy);
  try {
    return database.tuples<[number, string]>('SELECT n, text FROM t ORDER BY n').all();
  } finally {
    database.close();
  }
};

describe('a database of another program', () => {
  it('is read with what lies in its log alone, while it is open and written to', () => {
    const { database, file } = made();
    const random = seededRandom(5);
    for (let round = 2; round < 60; round += 1) {
      const text = 'x'.repeat(random.below(9000));
      database.execute(
        `BEGIN; INSERT INTO t VALUES (${round}, '${text}'); DELETE FROM t WHERE n = ${random.below(round)}; COMMIT`,
      );
      if (random.below(12) === 0) database.pragma('wal_checkpoint(PASSIVE)');
      if (random.below(12) === 0) database.pragma('wal_checkpoint(RESTART)');
      const files = bytesOf(file);
      expect(read(files)).toEqual(asSqlite(files));
    }
    database.close();
  });

  it('is read up to the last transaction that ended, however much of the log was written of the next', () => {
    const { database, file } = made();
    database.execute(`INSERT INTO t VALUES (2, 'two')`);
    const before = bytesOf(file);
    database.execute(`INSERT INTO t VALUES (3, '${'three'.repeat(5000)}')`);
    const after = bytesOf(file);
    database.close();
    const [from, to] = [before.log?.length ?? 0, after.log?.length ?? 0];
    expect(to).toBeGreaterThan(from + 8192);
    for (let end = from; end < to; end += 1000) {
      const files = { ...after, log: after.log?.subarray(0, end) };
      expect(read(files)).toEqual(asSqlite(files));
    }
    expect(read(after)).toHaveLength(3);
  });

  it('is refused with a failure, or read, whatever is wrong with its bytes', () => {
    const { database, file } = made();
    for (let n = 2; n < 40; n += 1) database.execute(`INSERT INTO t VALUES (${n}, '${'y'.repeat(n * 50)}')`);
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.execute(`UPDATE t SET text = 'other' WHERE n < 20`);
    const { file: bytes, log = Buffer.alloc(0) } = bytesOf(file);
    database.close();
    const refused = (files: Parameters<typeof openForeignDatabase>[0]): string => {
      try {
        read(files);
        return 'read';
      } catch (error) {
        if (!isStrataError(error)) throw error;
        return error.code;
      }
    };
    const outcomes = new Set<string>();
    for (const mutant of mutants([bytes], 3, 300)) outcomes.add(refused({ path: 'a', file: mutant, log }));
    for (const mutant of mutants([log], 4, 300)) outcomes.add(refused({ path: 'a', file: bytes, log: mutant }));
    for (const odd of [Buffer.alloc(0), Buffer.from('SQLite format 3\0'), Buffer.alloc(10_000, 1)])
      outcomes.add(refused({ path: 'a', file: odd, log: undefined }));
    expect([...outcomes].sort()).toEqual(['folder.unreadable', 'read']);
  });

  it('shows tables alone: what a view or a module would answer is not believed', () => {
    const { database, file } = made();
    database.execute('CREATE VIEW v AS SELECT 1; CREATE VIRTUAL TABLE w USING fts5 (a)');
    const copy = openForeignDatabase(bytesOf(file), undefined);
    expect(copy.tables.has('t')).toBe(true);
    expect(copy.tables.has('v')).toBe(false);
    expect(copy.tables.has('w')).toBe(false);
    copy.close();
    database.close();
  });
});
