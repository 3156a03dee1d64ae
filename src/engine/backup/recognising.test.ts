import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { ItemId } from '../../shared/domain/ids.ts';
import { BackupWorld } from './testing/backup-world.ts';

const folders = (world: BackupWorld): Map<string, ItemId> =>
  new Map(world.catalog.tree(null).flatMap(({ path, item, deleted }) => (deleted ? [] : [[path, item] as const])));

describe('a renamed folder and a new one at its old place are two folders', () => {
  it.for([
    ['before', 'Old', true],
    ['before', 'Old', false],
    ['behind', 'Zold', true],
    ['behind', 'Zold', false],
  ] as const)('the first visited %s the other (%s), told of beforehand: %s', async ([, renamed, isTold]) => {
    const world = await BackupWorld.make(temporaryFolder());
    const { source } = world;
    source.knowsIdentities = isTold;
    for (const n of [1, 2]) source.put('Work', `${n}`, `message ${n}`);
    for (const n of [3, 4, 5, 6, 7, 8]) source.put('Inbox', `${n}`, `message ${n}`);
    source.folderIdentities.set('Work', 'f1');
    await world.cycle();
    const work = folders(world).get('Work');
    source.removeFolder('Work');
    for (const n of [1, 2]) source.put(renamed, `${n}`, `message ${n}`);
    source.put('Work', '9', 'message 9');
    source.folderIdentities.set(renamed, 'f1').set('Work', 'f2');
    source.read.length = 0;
    const { counts } = await world.cycle();
    expect(await world.listing()).toEqual(
      expect.arrayContaining([`${renamed}/1: message 1 []`, `${renamed}/2: message 2 []`, 'Work/9: message 9 []']),
    );
    expect(folders(world).get(renamed)).not.toBe(folders(world).get('Work'));
    // Who is not told takes the one that comes first to a known place for the one that was there.
    const isFollowed = isTold || renamed === 'Old';
    expect(folders(world).get(isFollowed ? renamed : 'Work')).toBe(work);
    expect(source.read).toEqual(isFollowed ? ['9'] : ['9', '1', '2']);
    expect(counts).toMatchObject({ new: 1, moved: isFollowed ? 0 : 2, vanished: 0 });
    await world.cycle();
    expect(await world.listing()).toHaveLength(9);
    await world.close();
  });
});
