import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { ChunkId, RunId } from '../../shared/domain/ids.ts';
import { noCounts } from '../../shared/domain/run.ts';
import { silentLog } from '../kernel/log.ts';
import { newId } from '../kernel/random.ts';
import { quietRun } from '../service/quiet-run.ts';
import { BackupWorld } from './testing/backup-world.ts';

let world: BackupWorld;
beforeEach(async () => {
  world = await BackupWorld.make(temporaryFolder());
});

/** A message whose identity is its content's own, as EMAILID is. */
function put(folder: string, key: string, text: string, title = text): void {
  world.source.put(folder, key, text, [], `${text.length}:${text}`);
  world.source.titles.set(key, title);
}
const versions = (): number[] =>
  world.catalog
    .find({ text: '', atMs: null, deleted: true, kind: 'message', limit: 100 })
    .map(({ item }) => world.catalog.history(item).length);

/** Says in the storage that the chunk is nowhere. */
async function losing(chunk: ChunkId): Promise<void> {
  const lock = world.storage.lock('backup', 'write');
  const writer = world.storage.writer(lock, world.catalog);
  const draft = { run: newId<RunId>(world.random), job: null, atMs: world.clock.nowMs(), sources: [], completeSources: [] };
  const lost = { ...draft, cursors: [], kind: 'repair' as const, counts: noCounts, losesChunks: [chunk] };
  world.catalog.apply(await writer.commit(lost, quietRun(world.clock, silentLog)));
  lock.release();
}

describe('a content that the source names and that is stored already is not read again:', () => {
  it('a copy that came later', async () => {
    put('Inbox', 'a', 'text');
    await world.cycle();
    world.source.read.length = 0;
    put('Work', 'b', 'text');
    put('Work', 'c', 'other');
    const { counts } = await world.cycle();
    expect(counts).toMatchObject({ new: 2, moved: 0, vanished: 0, failed: 0 });
    expect(world.source.read).toEqual(['c']);
    expect(await world.listing()).toEqual(['Inbox/a: text []', 'Work/b: text []', 'Work/c: other []']);
    expect(versions()).toEqual([1, 1, 1]);
  });

  it.for(['in one commit', 'in commits of one'])('copies in many folders that are there at the first backup, %s', async (how) => {
    if (how !== 'in one commit') world.checkpoint = { ...world.checkpoint, everyItems: 1 };
    for (const folder of ['All', 'Important', 'Work', 'Zoo']) put(folder, `${folder} 1`, 'text');
    put('Zoo', 'another', 'other');
    expect((await world.cycle()).counts).toMatchObject({ new: 5, failed: 0 });
    expect(world.source.read).toEqual(['All 1', 'another']);
    expect(await world.listing()).toContain('Work/Work 1: text []');
    expect(await world.listing()).toHaveLength(5);
  });

  it('a copy that stays when the first goes in the same cycle is not the first, moved', async () => {
    put('Inbox', 'a', 'text');
    put('Work', 'b', 'text');
    await world.cycle();
    world.source.read.length = 0;
    world.source.remove('Inbox', 'a');
    world.source.remove('Work', 'b');
    put('Inbox', 'a2', 'text');
    put('Work', 'b2', 'text');
    expect((await world.cycle()).counts).toMatchObject({ new: 0, moved: 2, vanished: 0 });
    expect(world.source.read).toEqual([]);
    expect(versions()).toEqual([2, 2]);
  });
});

describe('it is read all the same', () => {
  it('where what is new has another header under the same name', async () => {
    put('Inbox', 'a', 'text');
    await world.cycle();
    world.source.read.length = 0;
    put('Work', 'b', 'text', 'quite another subject');
    expect((await world.cycle()).counts).toMatchObject({ new: 1, failed: 0 });
    expect(world.source.read).toEqual(['b']);
  });

  it('where the stored one has gone from the source, or could not be read', async () => {
    put('Inbox', 'a', 'text');
    world.source.unreadableItems.add('a');
    put('Work', 'b', 'text');
    const { counts } = await world.cycle();
    expect(counts).toMatchObject({ new: 1, failed: 1 });
    expect(world.source.read).toEqual(['b']);
    expect(await world.listing()).toEqual(['Work/b: text []']);
  });

  it('where the storage has lost a chunk of it', async () => {
    put('Inbox', 'a', 'text');
    await world.cycle();
    const [row] = world.catalog.find({ text: '', atMs: null, deleted: false, kind: 'message', limit: 1 });
    const chunk = row && world.catalog.newest(row.item)?.contents[0]?.chunks[0];
    await losing(chunk ?? ('' as ChunkId));
    world.source.read.length = 0;
    world.source.unreadableItems.add('a');
    put('Work', 'b', 'text');
    expect((await world.cycle()).counts).toMatchObject({ new: 1, failed: 1 });
    expect(world.source.read).toEqual(['b']);
    expect(await world.listing()).toContain('Work/b: text []');
  });

  it('where the name is an item’s and not a content’s, as a file’s is', async () => {
    for (const key of ['a', 'b', 'c']) world.source.titles.set(key, 'name');
    world.source.put('Inbox', 'a', 'text', [], 'inode 7');
    world.source.put('Work', 'b', 'text', [], 'inode 7');
    await world.cycle();
    world.source.put('Zoo', 'c', 'text', [], 'inode 7');
    await world.cycle();
    expect(world.source.read).toEqual(['a', 'b', 'c']);
  });
});
