import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../test/kit/temporary-folder.ts';
import { type Choice, everything } from '../../../shared/domain/choice.ts';
import type { ItemId } from '../../../shared/domain/ids.ts';
import type { ItemRow } from '../../catalog/index.ts';
import { catchUp } from '../../maintenance/index.ts';
import { Judge, noUses } from './judge.ts';
import { BackupWorld } from '../testing/backup-world.ts';

let world: BackupWorld;
beforeEach(async () => {
  world = await BackupWorld.make(temporaryFolder());
});

const dayMs = 86_400_000;
const rule = (path: string, subfolders = true) => ({ path, subfolders });
const choose = (choice: Partial<Choice>): void => void (world.choice = { ...everything, ...choice });
const rows = (): Map<string, ItemRow> => {
  const found = world.catalog.find({ text: '', atMs: null, deleted: true, kind: null, limit: 100_000 });
  return new Map(found.filter(({ kind }) => kind !== 'folder').map((row) => [`${row.folderPath}/${row.name}`, row]));
};
const unchosen = (): string[] =>
  [...rows()].filter(([, { unchosenSinceMs }]) => unchosenSinceMs !== null).map(([place]) => place.replace(/^.*Mail\//, ''));
const historyOf = (item: ItemId): string[] => world.catalog.history(item).map(({ change }) => change);
const presentFolders = (): string[] =>
  world.catalog
    .tree(null)
    .filter(({ deleted }) => !deleted)
    .map(({ path }) => path);
const idOf = (name: string): ItemId => [...rows().values()].find((row) => row.name === name)?.item ?? ('' as ItemId);

const fill = (): void => {
  world.source.put('Inbox', '1', 'first');
  world.source.put('Inbox', '2', 'second, which is long');
  world.source.put('Spam', '3', 'buy');
  world.source.uses.set('Spam', '\\Junk');
  world.source.put('Work/Old', '4', 'old');
};

describe('what a job takes', () => {
  it('is no more than was chosen, from the first cycle on', async () => {
    fill();
    choose({ skipUses: ['junk'], maxBytes: 10, skip: [rule('Work')] });
    const { counts } = await world.cycle();
    expect(counts).toMatchObject({ seen: 1, new: 1 });
    expect(await world.listing()).toEqual(['Inbox/1: first []']);
    expect(world.source.read).toEqual(['1']);
  });

  it('can be the folders alone', async () => {
    fill();
    choose({ kinds: [] });
    await world.cycle();
    expect(await world.listing()).toEqual([]);
    expect(world.catalog.tree(null).map(({ path }) => path)).toEqual(['', 'Inbox', 'Spam', 'Work', 'Work/Old']);
  });

  it('is with its own settings an account of which only some folders are taken, or no items', () => {
    const judge = new Judge({ ...everything, only: [rule('Inbox')], kinds: [], maxBytes: 1 }, 0);
    const of = (kind: 'account' | 'message') => judge.item({ kind, sizeBytes: 9 }, true);
    expect([of('account'), of('message')]).toEqual([undefined, 'folder']);
    expect(judge.folder([], noUses).verdict).toBe('passed');
  });

  it('takes what is newer than so many days by whole days, and what lies between two times', async () => {
    await world.clock.advance(100 * dayMs);
    const nowMs = world.clock.nowMs();
    for (const days of [0, 9, 12, 40]) {
      world.source.put('Inbox', `${days}`, 'text');
      world.source.times.set(`${days}`, nowMs - days * dayMs);
    }
    world.source.put('Inbox', 'nobody knows when', 'text');
    choose({ newerThanDays: 10 });
    await world.cycle();
    expect([...rows().values()].map(({ name }) => name).sort()).toEqual(['0', '9', 'nobody knows when']);
    choose({ fromMs: nowMs - 40 * dayMs, untilMs: nowMs - 12 * dayMs });
    const { counts } = await world.cycle();
    expect(counts).toMatchObject({ new: 1, vanished: 0 });
  });
});

describe('what is no longer chosen', () => {
  it('stays as it was, is said to be so since then, and is never taken for vanished', async () => {
    fill();
    await world.cycle();
    const before = await world.listing();
    choose({ skipUses: ['junk'], maxBytes: 10, skip: [rule('Work')] });
    world.source.put('Spam', '3', 'buy now');
    world.source.remove('Work/Old', '4');
    const { counts } = await world.cycle();
    expect(counts).toMatchObject({ vanished: 0, changed: 0 });
    expect(await world.listing()).toEqual(before);
    expect(unchosen().sort()).toEqual(['Inbox/2', 'Spam/3', 'Work/Old/4']);
    const since = [...rows().values()].find(({ name }) => name === '3')?.unchosenSinceMs;
    expect(since).toBe(world.clock.nowMs());
    await world.cycle();
    expect([...rows().values()].find(({ name }) => name === '3')?.unchosenSinceMs).toBe(since);
  });

  it('goes on where it was when it is taken back, without a false history and without being read again', async () => {
    fill();
    await world.cycle();
    choose({ skip: [rule('**')] });
    await world.cycle();
    world.source.put('Inbox', '1', 'first, edited');
    world.source.remove('Work/Old', '4');
    await world.cycle();
    choose({});
    world.source.read.length = 0;
    const { counts } = await world.cycle();
    expect(counts).toMatchObject({ changed: 1, new: 0, moved: 0, vanished: 1 });
    expect(world.source.read).toEqual(['1']);
    expect(unchosen()).toEqual([]);
    expect(historyOf(idOf('2'))).toEqual(['created']);
    expect(historyOf(idOf('1'))).toEqual(['created', 'content']);
    expect(historyOf(idOf('4'))).toEqual(['created', 'deleted']);
  });

  it('is all that a source leaves out by its own settings, and what is in a folder with a marker', async () => {
    fill();
    await world.cycle();
    const before = await world.listing();
    world.source.leftOut.add('Spam');
    world.source.leftEmpty.add('Work');
    expect((await world.cycle()).counts).toMatchObject({ vanished: 0 });
    expect(await world.listing()).toEqual(before);
    expect(unchosen().sort()).toEqual(['Spam/3', 'Work/Old/4']);
    world.source.leftOut.clear();
    world.source.leftEmpty.clear();
    await world.cycle();
    expect(unchosen()).toEqual([]);
  });

  it('outgrows a limit: its last state stays, and nobody is told that it is up to date', async () => {
    fill();
    choose({ maxBytes: 10 });
    await world.cycle();
    world.source.put('Inbox', '1', 'first, and much more');
    await world.cycle();
    expect(await world.listing()).toContain('Inbox/1: first []');
    expect(unchosen()).toEqual(['Inbox/1']);
    world.source.put('Inbox', '1', 'short');
    await world.cycle();
    expect(await world.listing()).toContain('Inbox/1: short []');
    expect(unchosen()).toEqual([]);
  });

  it('keeps the folder that it lies in, also where that has gone', async () => {
    fill();
    await world.cycle();
    choose({ skip: [rule('Work/Old')] });
    world.source.removeFolder('Work');
    expect((await world.cycle()).counts).toMatchObject({ vanished: 0 });
    expect(await world.listing()).toContain('Work/Old/4: old []');
  });

  it('is not gone where its folder is not looked at, or its kind is not, whatever is missing then', async () => {
    fill();
    world.source.put('', '0', 'at the top');
    await world.cycle();
    choose({ only: [rule('Inbox')] });
    world.source.remove('', '0');
    expect((await world.cycle()).counts).toMatchObject({ vanished: 0 });
    choose({ kinds: ['event'] });
    world.source.remove('Inbox', '1');
    expect((await world.cycle()).counts).toMatchObject({ vanished: 0 });
    expect(unchosen()).toContain('Inbox/1');
    choose({});
    expect((await world.cycle()).counts).toMatchObject({ vanished: 2 });
  });

  it('is not gone with a folder of which nobody says any more what it was for, until such folders are taken', async () => {
    fill();
    await world.cycle();
    choose({ skipUses: ['junk'] });
    await world.cycle();
    world.source.removeFolder('Spam');
    expect((await world.cycle()).counts).toMatchObject({ vanished: 0 });
    expect(unchosen()).toEqual(['Spam/3']);
    choose({});
    expect((await world.cycle()).counts).toMatchObject({ vanished: 1 });
  });

  it('keeps its folder, and those above, when these go with all that was taken in them', async () => {
    world.source.put('Inbox', '1', 'first');
    world.source.put('Work/Old', '4', 'old, and too large by then');
    world.source.put('Work/Old', '5', 'small');
    await world.cycle();
    choose({ maxBytes: 10 });
    await world.cycle();
    world.source.removeFolder('Work');
    expect((await world.cycle()).counts).toMatchObject({ vanished: 1 });
    expect(presentFolders()).toEqual(['', 'Inbox', 'Work', 'Work/Old']);
    expect(unchosen()).toEqual(['Work/Old/4']);
  });

  it('is no sign of another account where most of what is chosen is still there, wherever the account is now', async () => {
    fill();
    choose({ skip: [rule('Spam')] });
    await world.cycle();
    world.description = { ...world.description, settings: { kind: 'maildir', path: '/elsewhere', exclude: [] } };
    world.source.remove('Inbox', '1');
    expect(await world.cycle()).toMatchObject({ outcome: { kind: 'complete', failures: [] }, counts: { vanished: 1 } });
  });

  it('does not hide that another account is behind the name: most of what is chosen has gone', async () => {
    for (let number = 0; number < 9; number += 1) world.source.put('Spam', `s${number}`, 'buy');
    fill();
    await world.cycle();
    choose({ skip: [rule('Spam')] });
    await world.cycle();
    world.description = { ...world.description, settings: { kind: 'maildir', path: '/elsewhere', exclude: [] } };
    for (const folder of ['Inbox', 'Work']) world.source.removeFolder(folder);
    world.source.put('Other', '1', 'of somebody else');
    expect((await world.cycle()).outcome).toMatchObject({ failures: [{ code: 'source.swapped' }] });
  });

  it('is not marked where another job may take it', async () => {
    fill();
    await world.cycle();
    world.isDivided = true;
    choose({ skip: [rule('**')] });
    await world.cycle();
    expect(unchosen()).toEqual([]);
  });

  it('is let go by the rules only where a person says so, and kept again where they take that back', async () => {
    fill();
    await world.cycle();
    choose({ skip: [rule('Spam')], maxBytes: 10 });
    await world.cycle();
    const letGo = () => world.catalog.letGo(world.description.id);
    expect(letGo().size).toBe(0);
    world.letsGo = true;
    await world.cycle();
    const since = world.clock.nowMs();
    expect([...letGo().values()].map(({ letGoMs }) => letGoMs)).toEqual([since, since]);
    await world.cycle();
    expect([...letGo().values()].map(({ letGoMs }) => letGoMs)).toEqual([since, since]);
    const other = world.openCatalog('again.sqlite');
    catchUp(world.storage, other);
    expect([...other.dump()]).toEqual([...world.catalog.dump()]);
    other.close();
    world.letsGo = false;
    await world.cycle();
    expect(letGo().size).toBe(0);
    expect(unchosen().sort()).toEqual(['Inbox/2', 'Spam/3']);
    world.letsGo = true;
    await world.cycle();
    choose({});
    await world.cycle();
    expect([letGo().size, unchosen()]).toEqual([0, []]);
  });

  it('is known again from the storage alone', async () => {
    fill();
    await world.cycle();
    choose({ skip: [rule('Work')], maxBytes: 10 });
    await world.cycle();
    const other = world.openCatalog('again.sqlite');
    catchUp(world.storage, other);
    expect([...other.dump()]).toEqual([...world.catalog.dump()]);
    expect(other.unchosen(world.description.id).size).toBe(3);
    other.close();
  });
});
