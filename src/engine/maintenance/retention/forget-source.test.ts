import { beforeEach, describe, expect, it } from 'vitest';
import type { RunId } from '../../../shared/domain/ids.ts';
import { testRun } from '../../../../test/kit/storage-world.ts';
import { temporaryFolder } from '../../../../test/kit/temporary-folder.ts';
import { BackupWorld } from '../../backup/testing/backup-world.ts';
import { applyPlan, factsOf, planForgetting, undoRetention } from '../index.ts';

let world: BackupWorld;

beforeEach(async () => {
  world = await BackupWorld.make(temporaryFolder());
  world.source.put('Inbox', 'one', 'first');
  world.source.put('Inbox/Deep', 'two', 'second');
  await world.cycle();
  world.source.put('Inbox', 'one', 'changed');
  world.source.remove('Inbox/Deep', 'two');
  world.source.put('Inbox/Deep', 'three', 'third');
  await world.cycle();
});

const run = 'forget00000000000000' as RunId;

async function forget(): Promise<void> {
  const { storage, catalog, clock, description } = world;
  const { plan } = planForgetting(factsOf(catalog), description.id, { jobs: [], nowMs: clock.nowMs() });
  const lock = storage.lock('retention', 'write');
  await applyPlan(plan, { storage, catalog, lock, run, atMs: clock.nowMs() }, testRun(world));
  lock.release();
}

describe('a source that was forgotten', () => {
  it('shows nothing, at no moment, not even a folder or what was deleted', async () => {
    await forget();
    const { catalog, description } = world;
    expect(await world.listing()).toEqual([]);
    expect(catalog.knownFolders(description.id)).toEqual([]);
    expect([...catalog.endedVersions(description.id)]).toEqual([]);
    expect(catalog.moments(10)).toEqual([]);
  });

  it('is saved whole by the next cycle, though nothing changed there since', async () => {
    const before = await world.listing();
    await forget();
    expect(world.catalog.cursorKeys(world.description.id)).toEqual([]);
    const { counts } = await world.cycle();
    expect(counts).toMatchObject({ new: 2, unchanged: 0, vanished: 0 });
    expect(await world.listing()).toEqual(before);
  });

  it('is as it was when that is taken back, and goes on from there', async () => {
    const before = await world.listing();
    await forget();
    const { storage, catalog, clock } = world;
    const lock = storage.lock('retention', 'write');
    await undoRetention(
      run,
      { storage, catalog, lock, run: 'undo0000000000000000' as RunId, atMs: clock.nowMs() },
      testRun(world),
    );
    lock.release();
    expect(await world.listing()).toEqual(before);
    expect((await world.cycle()).counts).toMatchObject({ new: 0, changed: 0, vanished: 0 });
  });
});
