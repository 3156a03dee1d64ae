import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { ItemId, RunId } from '../../shared/domain/ids.ts';
import { silentLog } from '../kernel/log.ts';
import { newId } from '../kernel/random.ts';
import { commitActs } from '../maintenance/index.ts';
import { quietRun } from '../service/quiet-run.ts';
import { BackupWorld } from './testing/backup-world.ts';

let world: BackupWorld;
beforeEach(async () => {
  world = await BackupWorld.make(temporaryFolder());
  world.source.put('Inbox', 'old', 'as it was sent');
  world.source.put('Inbox', 'beside', 'another');
  await world.cycle();
});

const itemCalled = (name: string): ItemId => {
  const rows = world.catalog.find({ text: '', atMs: null, deleted: true, kind: null, limit: 100 });
  const found = rows.find((row) => row.name === name);
  if (found === undefined) throw new Error(`nothing is called ${name}`);
  return found.item;
};
const changesOf = (item: ItemId): string[] => world.catalog.history(item).map(({ change }) => change);

/** The storage is told that a restore put `item` to the source under this key. */
async function restoredAs(item: ItemId, key: string, folder = 'Inbox'): Promise<void> {
  const lock = world.storage.lock('retention', 'write');
  const givesBack = [{ item, version: 1, source: world.description.id, folder, key, revision: '' }];
  const { storage, catalog } = world;
  const saying = { storage, catalog, lock, run: newId<RunId>(world.random), atMs: world.clock.nowMs() };
  await commitActs('restore', [{ givesBack }], saying, quietRun(world.clock, silentLog));
  lock.release();
}

describe('what a restore made goes on with the history of its item', () => {
  // Neither place nor bytes nor identity tell: a server gave it another number and wrote lines of its own into it.
  const asTheServerHasIt = 'as it was sent, with a line of the server’s';

  it('where nobody had seen that the item was gone', async () => {
    const item = itemCalled('old');
    world.source.remove('Inbox', 'old');
    world.source.put('Inbox', 'new', asTheServerHasIt);
    await restoredAs(item, 'new');
    expect((await world.cycle()).counts).toMatchObject({ new: 0, changed: 1, vanished: 0 });
    expect(itemCalled('new')).toBe(item);
    expect(changesOf(item)).toEqual(['created', 'content']);
    expect(await world.listing()).toContain(`Inbox/new: ${asTheServerHasIt} []`);
  });

  it('where a cycle had seen that it was gone, also in another folder', async () => {
    const item = itemCalled('old');
    world.source.remove('Inbox', 'old');
    await world.cycle();
    world.source.put('Restored', 'new', asTheServerHasIt);
    await restoredAs(item, 'new', 'Restored');
    expect((await world.cycle()).counts).toMatchObject({ new: 1, vanished: 0 });
    expect(changesOf(item)).toEqual(['created', 'deleted', 'restored']);
    expect(itemCalled('new')).toBe(item);
  });

  it('and is an item of its own where the first is still there', async () => {
    const item = itemCalled('old');
    world.source.put('Inbox', 'new', asTheServerHasIt);
    await restoredAs(item, 'new');
    expect((await world.cycle()).counts).toMatchObject({ new: 1, changed: 0, vanished: 0 });
    expect(itemCalled('new')).not.toBe(item);
    expect(changesOf(item)).toEqual(['created']);
  });

  it('once, however often a restore made it', async () => {
    const item = itemCalled('old');
    world.source.remove('Inbox', 'old');
    await world.cycle();
    world.source.put('Inbox', 'new', asTheServerHasIt);
    world.source.put('Inbox', 'newer', `${asTheServerHasIt}, again`);
    await restoredAs(item, 'new');
    await restoredAs(item, 'newer');
    await world.cycle();
    expect(changesOf(item)).toEqual(['created', 'deleted', 'restored']);
    expect(itemCalled('new')).not.toBe(itemCalled('newer'));
    expect(await world.listing()).toHaveLength(3);
  });
});
