import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { BackupWorld } from './testing/backup-world.ts';

let world: BackupWorld;
beforeEach(async () => {
  world = await BackupWorld.make(temporaryFolder());
  world.source.put('Inbox', '1', 'first');
  world.source.put('Inbox', '2', 'second', ['seen']);
  world.source.put('Archive', '9', 'old', [], 'id-9');
  await world.cycle();
  world.source.read.length = 0;
});

describe('a cycle that reads everything again', () => {
  it('reads what seems unchanged, and makes nothing of what is', async () => {
    world.readsAgain = true;
    const { outcome, counts, problems } = await world.cycle();
    expect(world.source.read.toSorted()).toEqual(['1', '2', '9']);
    expect(counts).toMatchObject({ seen: 3, unchanged: 3, new: 0, changed: 0, metadataOnly: 0, failed: 0 });
    expect({ kind: outcome.kind, unseen: outcome.unseen, problems }).toEqual({ kind: 'complete', unseen: 0, problems: [] });
  });

  it('finds a content that changed though its source said nothing, keeps both and says so', async () => {
    const before = world.clock.nowMs();
    world.source.rotten.set('2', 'sec0nd');
    expect((await world.cycle()).counts).toMatchObject({ unchanged: 3, changed: 0 });
    world.readsAgain = true;
    const { outcome, counts, problems } = await world.cycle();
    expect(counts).toMatchObject({ changed: 1, unchanged: 2, failed: 0 });
    expect(outcome.unseen).toBe(1);
    expect(problems.map(({ failure, item }) => [failure.code, item])).toEqual([['item.changed-unseen', '2']]);
    expect(await world.listing()).toContain('Inbox/2: sec0nd [seen]');
    expect(await world.listing(before)).toContain('Inbox/2: second [seen]');
    // It is known now: nothing is left to say of it.
    expect((await world.cycle()).problems).toEqual([]);
  });

  it('reads what moved as well, and says nothing of what was edited', async () => {
    world.source.remove('Archive', '9');
    world.source.put('Inbox', '9', 'old', [], 'id-9');
    world.source.put('Inbox', '1', 'first, edited');
    world.readsAgain = true;
    const { outcome, counts } = await world.cycle();
    expect(world.source.read.toSorted()).toEqual(['1', '2', '9']);
    expect(counts).toMatchObject({ moved: 1, changed: 1, unchanged: 1, vanished: 0 });
    expect(outcome.unseen).toBe(0);
  });

  it('keeps what is stored of an item that can be read no more, and says which', async () => {
    world.source.unreadableItems.add('2');
    world.readsAgain = true;
    const { counts, problems } = await world.cycle();
    expect(counts).toMatchObject({ failed: 1, vanished: 0 });
    expect(problems.map(({ failure }) => failure.code)).toEqual(['item.unreadable']);
    expect(await world.listing()).toContain('Inbox/2: second [seen]');
  });
});
