import { describe, expect, it } from 'vitest';
import { ServiceWorld, sourceNamed } from '../../../test/kit/service-world.ts';

/** Two sources; of each an item with an old version that the rules let go. */
async function twoSources(): Promise<ServiceWorld> {
  const world = await ServiceWorld.make(['Anna', 'Bert']);
  await world.save({ Anna: { a: 1, a2: 2, a3: 3 }, Bert: { b: 4, b2: 5, b3: 6 } });
  await world.later(1);
  await world.save({ Anna: { a: 7 }, Bert: { b: 8 } });
  await world.later(12);
  await world.save({ Anna: {}, Bert: {} });
  return world;
}

describe('a purge', () => {
  it('goes on for all other sources while one is frozen, and says what it left alone, and why', async () => {
    const world = await twoSources();
    await world.freeze('Anna');
    const run = await world.purge();
    expect(run.status).toBe('warning');
    expect(run.problems.map(({ failure }) => failure)).toMatchObject([{ code: 'removal.frozen', facts: { source: 'Anna' } }]);
    expect(run.purge).toMatchObject({
      retention: { versions: 1, frozen: [{ name: 'Anna' }] },
      spared: { sources: [{ source: sourceNamed('Anna'), name: 'Anna', reason: 'mass-change' }] },
    });
    expect(run.purge?.trashedPacks).toBeGreaterThan(0);
    expect(await world.seen()).toEqual(['a.1', 'a.2', 'a2.1', 'a3.1', 'b.2', 'b2.1', 'b3.1']);
  });

  it('keeps what was hidden before the freeze, and says how much', async () => {
    const world = await twoSources();
    await world.done(world.removals.applyRetention(world.storage, null));
    await world.freeze('Anna');
    const { purge } = await world.purge();
    expect(purge?.spared?.sources).toMatchObject([{ name: 'Anna', versions: 1 }]);
    expect(purge?.spared?.sources[0]?.bytes).toBeGreaterThan(20_000);
  });

  it('asks nobody who answered to keep the freeze', async () => {
    const world = await twoSources();
    const freeze = await world.freeze('Anna');
    await world.keeping.answer(world.storage, freeze, 'keep');
    const run = await world.purge();
    expect(run).toMatchObject({ status: 'success', problems: [], purge: { spared: { sources: [{ name: 'Anna' }] } } });
    expect(await world.seen()).toContain('a.1');
    expect(await world.seen()).not.toContain('b.1');
  });

  it('says that nothing went where every source is frozen', async () => {
    const world = await twoSources();
    await world.freeze('Anna');
    await world.freeze('Bert');
    expect(await world.purge()).toMatchObject({ status: 'warning', failure: { code: 'removal.frozen' } });
  });

  it('gives back all that can be given back, whatever broken-off runs left beside it', async () => {
    const world = await twoSources();
    await world.purge();
    expect(await world.seen()).not.toContain('a.1');
    const { storage, stored } = await world.open();
    world.opened.target(stored.path).put(`packs/ab/${'ab'.repeat(32)}.pack`, new Uint8Array(500));
    await world.purge();
    const [, leftOver] = storage.trash();
    const only = String(leftOver?.sequence);
    await expect(world.removals.returnFromTrash(world.storage, only)).rejects.toMatchObject({
      code: 'storage.nothing-to-return',
    });
    expect((await world.removals.returnFromTrash(world.storage, null)).packs).toBeGreaterThan(0);
    expect(await world.seen()).toContain('a.1');
  });

  it('of nothing frozen says nothing of it', async () => {
    const world = await twoSources();
    const run = await world.purge();
    expect(run.status).toBe('success');
    expect(run.purge).not.toHaveProperty('spared');
  });
});

describe('the weekly purge', () => {
  it('is put off by one that was done, and by no dry run', async () => {
    const world = await twoSources();
    expect(await world.purge(true)).toMatchObject({ status: 'success', purge: { dryRun: true } });
    expect(await world.tick()).toBe(1);
    await world.later(6);
    for (let times = 0; times < 3; times += 1) await world.purge(true);
    expect(await world.tick()).toBe(0);
    await world.later(2);
    await world.purge(true);
    expect(await world.tick()).toBe(1);
  });
});

describe('a clock that cannot be right', () => {
  const clockOf = (world: ServiceWorld) => world.watch.state(world.storage);
  const needs = async (world: ServiceWorld): Promise<string[]> => (await world.removals.needs()).map(({ kind }) => kind);

  it('is asked about as soon as it is seen, and lets nothing go until a person believes it', async () => {
    const world = await twoSources();
    expect(await clockOf(world)).toEqual({ failure: null, keptFrozen: false });
    expect(await needs(world)).toEqual([]);
    world.clock.setWall(world.clock.nowMs() + 3650 * 86_400_000);
    expect(await needs(world)).toEqual(['clock-wrong']);
    await expect(world.purge()).rejects.toMatchObject({ code: 'removal.clock-ahead' });
    await world.watch.answer(world.storage, 'right');
    expect(await needs(world)).toEqual([]);
    expect((await world.purge()).status).toBe('success');
  });

  it('can be left frozen without being asked again, until it was right once more', async () => {
    const world = await twoSources();
    await clockOf(world);
    const leap = 3650 * 86_400_000;
    world.clock.setWall(world.clock.nowMs() + leap);
    await world.watch.answer(world.storage, 'keep');
    expect(await needs(world)).toEqual([]);
    expect(await clockOf(world)).toMatchObject({ failure: { code: 'removal.clock-ahead' }, keptFrozen: true });
    await expect(world.purge()).rejects.toMatchObject({ code: 'removal.clock-ahead' });
    world.clock.setWall(world.clock.nowMs() - leap);
    expect(await clockOf(world)).toEqual({ failure: null, keptFrozen: false });
    world.clock.setWall(world.clock.nowMs() + leap);
    expect(await needs(world)).toEqual(['clock-wrong']);
  });

  it('that is behind a backup of a wrong future can be believed, and what is removed then is what is old by it', async () => {
    const world = await twoSources();
    const now = world.clock.nowMs();
    world.clock.setWall(now + 3650 * 86_400_000);
    await world.save({ Anna: {}, Bert: {} });
    world.clock.setWall(now);
    expect(await clockOf(world)).toMatchObject({ failure: { code: 'removal.clock-behind' } });
    await world.watch.answer(world.storage, 'right');
    expect(await clockOf(world)).toMatchObject({ failure: null });
    const run = await world.purge();
    expect(run).toMatchObject({ status: 'success', purge: { retention: { versions: 2 }, deletedPacks: 0 } });
  });
});
