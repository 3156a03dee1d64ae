import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { everything } from '../../shared/domain/choice.ts';
import { startCrypto } from '../crypto/index.ts';
import { BackupWorld } from './testing/backup-world.ts';

let world: BackupWorld;
beforeEach(async () => {
  await startCrypto();
  world = await BackupWorld.make(temporaryFolder());
});
afterEach(() => world.close());

const moments = (): number => world.catalog.moments(100).length;
const put = (folder: string, count: number, text = 'text'): void => {
  for (let number = 0; number < count; number += 1) world.source.put(folder, `m${number}`, `${text} ${number}`);
};

describe('a limited cycle', () => {
  it('stores what changed in the folders that it is about, and leaves all others as they were', async () => {
    put('A', 3);
    put('B', 3);
    await world.cycle();
    world.source.put('A', 'm1', 'changed');
    world.source.remove('A', 'm2');
    world.source.put('A', 'new', 'new');
    world.source.put('B', 'unseen', 'unseen');
    world.source.remove('B', 'm0');
    const { counts, outcome } = await world.capture('A');
    expect(outcome).toMatchObject({ kind: 'complete', needScan: [] });
    expect(counts).toMatchObject({ new: 1, changed: 1, vanished: 1 });
    expect(await world.listing()).toEqual([
      'A/m0: text 0 []',
      'A/m1: changed []',
      'A/new: new []',
      'B/m0: text 0 []',
      'B/m1: text 1 []',
      'B/m2: text 2 []',
    ]);
    await world.cycle();
    expect(await world.listing()).toContain('B/unseen: unseen []');
    expect(await world.listing()).not.toContain('B/m0: text 0 []');
  });

  it('is no moment, and what it stored is there as of its time', async () => {
    put('A', 2);
    await world.cycle();
    world.source.put('A', 'm0', 'changed');
    await world.capture('A');
    const betweenMs = world.clock.nowMs();
    world.source.put('A', 'm0', 'changed again');
    await world.capture('A');
    expect(moments()).toBe(1);
    expect(await world.listing(betweenMs)).toContain('A/m0: changed []');
  });

  it('looks into a folder that is new, wherever it lies below what changed, and not into those that are known', async () => {
    put('A/B', 1);
    await world.cycle();
    world.source.put('A/B', 'unseen', 'unseen');
    world.source.put('A/C/D', 'deep', 'deep');
    await world.capture('A');
    const listing = await world.listing();
    expect(listing).toContain('A/C/D/deep: deep []');
    expect(listing.join()).not.toContain('unseen');
  });

  it('ends a folder that is no longer in one that it looked into, with all that was in it', async () => {
    put('A', 30);
    world.source.put('A/B/C', 'deep', 'deep');
    await world.cycle();
    world.source.removeFolder('A/B');
    const { counts } = await world.capture('A');
    expect(counts.vanished).toBe(1);
    expect((await world.listing()).join()).not.toContain('deep');
  });

  it('makes no commit where nothing differs', async () => {
    put('A', 2);
    await world.cycle();
    const before = world.catalog.newestCommit()?.sequence;
    await world.capture('A', 'B', '');
    expect(world.catalog.newestCommit()?.sequence).toBe(before);
  });

  it('takes a folder that cannot be listed for nothing', async () => {
    put('A', 2);
    await world.cycle();
    world.source.unreadable.set('A', 'at once');
    const { outcome } = await world.capture('A');
    expect(outcome.unsure).toHaveLength(1);
    expect(await world.listing()).toHaveLength(2);
  });
});

describe('guards over limited cycles', () => {
  it('leave a source that nobody has seen whole to a scan', async () => {
    put('A', 2);
    expect((await world.capture('A')).outcome.needScan).toHaveLength(1);
    expect(await world.listing()).toEqual([]);
  });

  it('leave an emptied source to a scan, which refuses it', async () => {
    put('A', 5);
    await world.cycle();
    for (let number = 0; number < 5; number += 1) world.source.remove('A', `m${number}`);
    expect((await world.capture('A')).outcome).toMatchObject({ kind: 'nothing-worked', needScan: [world.description.id] });
    expect(await world.listing()).toHaveLength(5);
    expect((await world.cycle()).outcome.failures).toMatchObject([{ code: 'source.empty' }]);
    // And while that waits for an answer, no limited cycle goes on beside it.
    world.source.put('A', 'm1', 'back');
    expect((await world.capture('A')).outcome.needScan).toHaveLength(1);
  });

  it('leave it to a scan when all that is chosen has gone, however much is there that is not chosen', async () => {
    put('A', 3);
    put('B', 40);
    await world.cycle();
    world.choice = { ...everything, skip: [{ path: 'B', subfolders: true }] };
    await world.cycle();
    for (let number = 0; number < 3; number += 1) world.source.remove('A', `m${number}`);
    expect((await world.capture('A')).outcome.needScan).toEqual([world.description.id]);
    expect(await world.listing()).toHaveLength(43);
  });

  it('count what goes little by little together, until it is so much that a scan has to look', async () => {
    put('A', 100);
    await world.cycle();
    let scans = 0;
    for (let step = 0; step < 10 && scans === 0; step += 1) {
      for (let number = step * 5; number < step * 5 + 5; number += 1) world.source.remove('A', `m${number}`);
      scans += (await world.capture('A')).outcome.needScan.length;
    }
    expect(scans).toBe(1);
    expect((await world.listing()).length).toBe(75);
    const whole = await world.cycle();
    expect(whole.outcome.alarms).toMatchObject([{ code: 'guard.deleted', facts: { count: 30, of: 100 } }]);
    expect(world.catalog.freezes()).toHaveLength(1);
  });

  it('count what changes little by little together, and one item that changes all the time once', async () => {
    put('A', 100);
    await world.cycle();
    for (let step = 0; step < 50; step += 1) {
      world.source.put('A', 'm0', `again ${step}`);
      expect((await world.capture('A')).outcome.alarms).toEqual([]);
    }
    const alarms: string[] = [];
    for (let number = 1; number < 40; number += 1) {
      world.source.put('A', `m${number}`, `scrambled ${number}`);
      alarms.push(...(await world.capture('A')).outcome.alarms.map(({ code }) => code));
    }
    expect(alarms).toEqual(['guard.changed']);
    expect(world.guards.captured).toMatchObject([{ changed: 40, items: 100 }]);
  });

  it('begin to count anew after a scan', async () => {
    put('A', 100);
    await world.cycle();
    for (let number = 0; number < 24; number += 1) world.source.remove('A', `m${number}`);
    await world.capture('A');
    world.remember(await world.cycle());
    expect(world.guards.captured).toEqual([]);
    for (let number = 24; number < 40; number += 1) world.source.remove('A', `m${number}`);
    expect((await world.capture('A')).outcome).toMatchObject({ kind: 'complete', needScan: [] });
  });

  it('forget what came and went between two scans', async () => {
    put('A', 40);
    await world.cycle();
    for (let step = 0; step < 30; step += 1) {
      world.source.put('A', `passing ${step}`, 'passing');
      await world.capture('A');
      world.source.remove('A', `passing ${step}`);
      expect((await world.capture('A')).outcome).toMatchObject({ needScan: [], alarms: [] });
    }
    expect(world.guards.captured).toMatchObject([{ deleted: 0 }]);
  });
});
