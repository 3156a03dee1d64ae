import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Connection } from '../sql/connection.ts';
import { testDirectory } from '../testing/open-test-catalog.ts';
import { type Migration, migrate } from './migrating.ts';

const steps: readonly Migration[] = [
  { number: 10, sql: 'CREATE TABLE notes (text TEXT)' },
  { number: 20, sql: 'ALTER TABLE notes ADD COLUMN mood TEXT; UPDATE notes SET mood = upper(text)' },
  { number: 30, sql: 'CREATE TABLE moods (name TEXT)' },
];

function open(): Connection {
  const file = path.join(testDirectory(), 'some.sqlite');
  const connection = new Connection({ path: file, synchronous: 'full', cacheKiB: 100, unusable: 'profile.unusable' });
  onTestFinished(() => connection.close());
  return connection;
}
const version = (connection: Connection): number => Number(connection.pragma('user_version'));

describe('migrating', () => {
  it('takes a new file to the newest shape without a copy of nothing', () => {
    const connection = open();
    const copies: number[] = [];
    migrate(connection, steps, (to) => copies.push(to));
    expect(version(connection)).toBe(30);
    expect(copies).toEqual([]);
  });

  it('carries rows along, after one copy of how it was', () => {
    const connection = open();
    migrate(connection, steps.slice(0, 1), () => expect.unreachable());
    connection.change('INSERT INTO notes (text) VALUES (?)').run('good');
    const copies: number[] = [];
    migrate(connection, steps, (to) => {
      expect(version(connection)).toBe(10);
      copies.push(to);
    });
    expect(copies).toEqual([30]);
    expect(connection.column<string>('SELECT mood FROM notes').all()).toEqual(['GOOD']);
    migrate(connection, steps, () => expect.unreachable());
  });

  it('leaves a file as it was when a step fails, not between two shapes', () => {
    const connection = open();
    const broken = [steps[0], { number: 20, sql: 'CREATE TABLE half (a); CREATE TABLE notes (again TEXT)' }] as Migration[];
    expect(() => migrate(connection, broken, () => undefined)).toThrow('notes');
    expect(version(connection)).toBe(0);
    expect(connection.column<number>('SELECT count(*) FROM sqlite_schema').get()).toBe(0);
  });

  it('refuses a file of a newer Strata', () => {
    const connection = open();
    migrate(connection, steps, () => undefined);
    expect(() => migrate(connection, steps.slice(0, 2), () => expect.unreachable())).toThrow(
      expect.objectContaining({ code: 'profile.newer' }),
    );
  });
});

describe('the migrations of the profile', () => {
  it('have a file each, numbered as they are', async () => {
    const directory = path.join(import.meta.dirname, 'migrations');
    const names = readdirSync(directory).filter((name) => !name.includes('.test.'));
    for (const name of names) {
      const [migration] = Object.values((await import(path.join(directory, name))) as Record<string, Migration>);
      expect(name.startsWith(`${String(migration?.number).padStart(4, '0')}-`)).toBe(true);
      expect((migration?.number ?? 0) % 10).toBe(0);
    }
  });
});
