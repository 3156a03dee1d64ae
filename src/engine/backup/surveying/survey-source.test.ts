import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../test/kit/temporary-folder.ts';
import { type Choice, everything } from '../../../shared/domain/choice.ts';
import { Cancelled } from '../../../shared/domain/strata-error.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import type { SourceSession } from '../../sources/source.ts';
import { testRun } from '../../sources/testing/test-run.ts';
import { BackupWorld } from '../testing/backup-world.ts';
import { SurveyRows } from './survey-rows.ts';
import { surveySource } from './survey-source.ts';
import { Tally } from './tally.ts';

let world: BackupWorld;
beforeEach(async () => {
  world = await BackupWorld.make(temporaryFolder());
  const { source } = world;
  source.put('Inbox', '1', 'first');
  source.put('Inbox', '2', 'second, which is long');
  source.put('Spam', '3', 'buy');
  source.uses.set('Spam', '\\Junk');
  source.put('Work/Old', '4', 'old');
});

const all = { after: -1, limit: 1000 };
async function survey(choice: Partial<Choice>, run: RunContext = testRun(), session?: SourceSession) {
  const book = { rows: new SurveyRows(), used: new Set<string>() };
  await surveySource(session ?? (await world.source.open()), { ...everything, ...choice }, book, run);
  const folders = book.rows.list(all);
  return { ...book, folders, of: (path: string) => folders.find((one) => one.path === path) ?? expect.unreachable() };
}
const rule = (path: string, subfolders = true) => ({ path, subfolders });

describe('a survey', () => {
  it('says of each folder what is taken, what not, and why, and reads nothing', async () => {
    const { of, rows } = await survey({ skipUses: ['junk'], maxBytes: 10, skip: [rule('Work', false)] });
    expect(of('Inbox').own).toMatchObject({
      taken: { items: 1, bytes: 5 },
      skipped: [{ rule: 'larger', text: null, items: 1, bytes: 21 }],
    });
    expect(of('Spam')).toMatchObject({ verdict: 'skipped', by: { rule: 'junk' } });
    expect(of('Spam').own.skipped).toEqual([{ rule: 'junk', text: null, items: 1, bytes: 3 }]);
    expect(of('Work')).toMatchObject({ verdict: 'passed', by: { rule: 'folder', text: 'Work' }, hasFolders: true });
    expect(of('Work').whole.taken).toEqual({ items: 1, bytes: 3 });
    expect(rows.whole().taken).toEqual({ items: 2, bytes: 8 });
    expect(world.source.read).toEqual([]);
  });

  it('counts what the settings of the source leave out, as left out by them', async () => {
    world.source.leftOut.add('Work');
    const { of } = await survey({});
    expect(of('Work/Old').own.skipped).toEqual([{ rule: 'source', text: null, items: 1, bytes: 3 }]);
  });

  it('counts of a folder that cannot be listed what it saw, and says that it is not all', async () => {
    world.source.unreadable.set('Inbox', 'in the middle').set('Work/Old', 'at once');
    const { of, rows } = await survey({});
    expect(of('Inbox')).toMatchObject({ failure: { code: 'folder.unreadable' }, own: { taken: { items: 2 }, unreadable: 1 } });
    expect(of('Work/Old').failure?.code).toBe('folder.unreadable');
    expect(rows.whole()).toMatchObject({ taken: { items: 3 }, unreadable: 2 });
  });

  it('tells of how many nobody knows the size or the time, and takes them', async () => {
    world.source.put('Inbox', '5', '');
    world.source.times.set('1', 0);
    const { of } = await survey({ minBytes: 4, fromMs: -1 });
    expect(of('Inbox').own).toMatchObject({ taken: { items: 3 }, unsized: 1, untimed: 2 });
    await world.clock.advance(1);
    world.choice = { ...everything, minBytes: 4, fromMs: -1 };
    expect((await world.cycle()).counts.seen).toBe(3);
  });

  it('tells which folder rules decided something', async () => {
    const { used } = await survey({ skip: [rule('Work/**'), rule('Wrok')], only: [rule('**'), rule('!Spam')] });
    expect([...used].sort()).toEqual(['!Spam', '**', 'Work/**']);
  });

  it('ends where it is cancelled', async () => {
    const run = testRun();
    run.stop();
    await expect(survey({}, run)).rejects.toBeInstanceOf(Cancelled);
  });

  it('fails where the source does', async () => {
    world.source.beforeFolder = (path) => (path === 'Spam' ? Promise.reject(new Error('hung up')) : Promise.resolve());
    await expect(survey({})).rejects.toThrow('hung up');
  });
});

describe('rows of a survey', () => {
  const found = (key: string, parentKey: string | null) => ({
    key,
    parentKey,
    names: key === '' ? [] : key.split('/'),
    uses: [],
    verdict: 'taken' as const,
    by: null,
  });
  const one = (bytes: number): Tally => {
    const tally = new Tally();
    tally.take(bytes);
    return tally;
  };

  it('do not grow beyond a number; what lies below is counted above it', () => {
    const rows = new SurveyRows(3);
    rows.begin(found('', null));
    for (const key of ['a', 'a/b', 'a/b/c', 'a/b/c/d']) {
      rows.begin(found(key, key.slice(0, Math.max(0, key.lastIndexOf('/')))));
      rows.count(key, one(1));
    }
    rows.fail('a/b/c/d', { code: 'folder.unreadable', retry: 'later', facts: {} });
    expect(rows.list(all).map(({ path, folded }) => [path, folded])).toEqual([
      ['', 0],
      ['a', 0],
      ['a/b', 2],
    ]);
    expect(rows.list(all)[2]).toMatchObject({ own: { taken: { items: 3 }, unreadable: 1 }, failure: null });
    expect(rows.whole().taken.items).toBe(4);
    expect(rows.folders).toBe(4);
  });

  it('are told in parts, and below one folder alone', () => {
    const rows = new SurveyRows();
    for (const [key, parent] of [
      ['', null],
      ['a', ''],
      ['a/b', 'a'],
      ['c', ''],
    ] as const)
      rows.begin(found(key, parent));
    const paths = (query: Parameters<SurveyRows['list']>[0]): string[] => rows.list(query).map(({ path }) => path);
    expect(paths({ after: 0, limit: 2 })).toEqual(['a', 'a/b']);
    expect(paths({ below: 0, after: -1, limit: 10 })).toEqual(['a', 'c']);
    expect(paths({ below: null, after: -1, limit: 10 })).toEqual(['']);
  });
});
