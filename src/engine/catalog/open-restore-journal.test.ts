import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ItemId, RunId } from '../../shared/domain/ids.ts';
import { type NewStep, openRestoreJournal, type RestoreJournal } from './open-restore-journal.ts';
import { madeId } from './testing/commits.ts';
import { testDirectory, testFiles, testKey } from './testing/open-test-catalog.ts';

function open(file: string): RestoreJournal {
  const journal = openRestoreJournal({ path: file, key: testKey, files: testFiles });
  onTestFinished(() => journal.close());
  return journal;
}
const run = madeId<RunId>('run');
const item = madeId<ItemId>('item');
const step: NewStep = {
  ...{ run, what: 'item', item, version: 3, place: 'source', how: 'create', state: 'begun' },
  ...{ folder: '', key: '', revision: '', replaced: null },
};
const done = { folder: 'Zwetschgen', key: '7:1', revision: 'r' };

describe('the journal of restores', () => {
  it('has each step as it was left, and none that is known not to have been done', () => {
    const journal = open(path.join(testDirectory(), 'journal.sqlite'));
    const [first, second, third] = [journal.add(step), journal.add(step), journal.add(step)];
    journal.made(first, done);
    journal.drop(second);
    expect(journal.of(item, 'source')).toEqual([
      { ...step, id: third },
      { ...step, ...done, state: 'made', id: first },
    ]);
    journal.takenBack(first);
    expect(journal.of(item, 'source').map(({ id }) => id)).toEqual([third]);
    expect([journal.of(item, 'elsewhere'), journal.of(madeId('other'), 'source')]).toEqual([[], []]);
  });

  it('tells once what is in no commit yet: what was made, and has a name', () => {
    const journal = open(path.join(testDirectory(), 'journal.sqlite'));
    const ids = [journal.add(step), journal.add({ ...step, state: 'made' }), journal.add(step)];
    journal.made(ids[0] ?? 0, done);
    expect(journal.unsaid(9).map(({ id }) => id)).toEqual([ids[0]]);
    journal.said(ids[0] ?? 0);
    expect(journal.unsaid(9)).toEqual([]);
    journal.made(ids[2] ?? 0, done);
    expect(journal.unsaid(9).map(({ id }) => id)).toEqual([ids[2]]);
  });

  it('forgets files after their time, and never counts them among what a place has by name', () => {
    const journal = open(path.join(testDirectory(), 'journal.sqlite'));
    const later = madeId<RunId>('later');
    journal.begin({ run, atMs: 5, request: '' });
    journal.begin({ run: later, atMs: 50, request: '' });
    const file = { ...step, what: 'file', folder: '["a"]' } as const;
    const [old, named, young] = journal.addAll([file, step, { ...file, run: later }]);
    expect(journal.of(item, 'source').map(({ id }) => id)).toEqual([named]);
    expect(journal.steps(run, 99, 9).map(({ id }) => id)).toEqual([named, old]);
    journal.forgetFiles(50);
    expect(journal.all().steps.map(({ id }) => id)).toEqual([named, young]);
  });

  it('is for nobody without the key, begins anew where it cannot be read, and moves to another key', () => {
    const file = path.join(testDirectory(), 'journal.sqlite');
    const journal = open(file);
    journal.begin({ run, atMs: 5, request: 'Zwetschgen' });
    journal.made(journal.add(step), done);
    for (const suffix of ['', '-wal']) expect(readFileSync(file + suffix).includes('Zwetschgen')).toBe(false);
    const moved = open(path.join(testDirectory(), 'moved.sqlite'));
    moved.adopt(journal.all());
    expect([moved.all(), moved.restore(run)?.request]).toEqual([journal.all(), 'Zwetschgen']);
    const broken = path.join(testDirectory(), 'broken.sqlite');
    writeFileSync(broken, 'something else '.repeat(1000));
    expect(open(broken).restore(run)).toBeUndefined();
  });
});
