import { describe, expect, it } from 'vitest';
import { itemNamed, someBytes, testRun } from '../../../test/kit/storage-world.ts';
import { jobNamed, ServiceWorld, sourceNamed } from '../../../test/kit/service-world.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { ForgettingView } from './forgetting.ts';

const anna = sourceNamed('Anna');

/** Anna, whose job is gone, and Bert, whose job is there; a moment of each alone, and one of both. */
async function twoSources(): Promise<ServiceWorld> {
  const world = await ServiceWorld.make(['Bert']);
  await world.save({ Anna: { a: 1, a2: 2 } }, 'Gone');
  await world.later(1);
  await world.save({ Anna: { a: 3 }, Bert: { b: 4 } }, 'Gone');
  await world.later(1);
  await world.save({ Bert: { b: 5, b2: 1 } });
  return world;
}

const plan = (world: ServiceWorld): Promise<ForgettingView> => world.forgetting.plan(world.storage, anna);
const forget = async (world: ServiceWorld): Promise<Run> =>
  world.done(world.forgetting.forget(world.storage, anna, (await plan(world)).token));

describe('forgetting a source', () => {
  it('says first how much it is, and changes nothing by that', async () => {
    const world = await twoSources();
    expect(await plan(world)).toMatchObject({
      sourceName: 'Anna',
      refused: null,
      totals: { moments: 1, items: 2, versions: 3, bytes: 90_000 },
      ofBytes: 180_000,
      held: 0,
    });
    expect(await world.seen()).toEqual(['a.1', 'a.2', 'a2.1', 'b.1', 'b.2', 'b2.1']);
  });

  it('lets all of it go, also where its job is gone, and nothing of another one, even what both had', async () => {
    const world = await twoSources();
    expect(await forget(world)).toMatchObject({ status: 'success', retention: { versions: 3, momentsForgotten: 1 } });
    expect(await world.seen()).toEqual(['b.1', 'b.2', 'b2.1']);
    expect((await world.purge()).purge?.trashedPacks).toBeGreaterThan(0);
    await world.later(40);
    await world.save({ Bert: {} });
    expect((await world.purge()).purge?.deletedPacks).toBeGreaterThan(0);
    const { storage } = await world.open();
    expect(await world.read('b2')).toEqual(someBytes(30_000, 1));
    expect((await storage.check('all', () => [], testRun(world))).findings).toEqual([]);
  });

  it('can be taken back at once, and out of the trash within the grace', async () => {
    const world = await twoSources();
    const { id } = await forget(world);
    expect(await world.removals.undo(world.storage, id)).toEqual({ moments: 1, versions: 3, gone: 0 });
    expect(await world.seen()).toContain('a.1');

    await forget(world);
    await world.purge();
    await world.later(20);
    await world.removals.returnFromTrash(world.storage, null);
    expect(await world.seen()).toEqual(expect.arrayContaining(['a.1', 'a.2', 'a2.1']));
    expect(await world.read('a2')).toEqual(someBytes(30_000, 2));
  });

  it('leaves what is held', async () => {
    const world = await twoSources();
    await world.keeping.hold(world.storage, { what: 'item', item: itemNamed('a2') }, 'the court');
    expect(await plan(world)).toMatchObject({ held: 1, totals: { versions: 2, moments: 0 } });
    await forget(world);
    expect(await world.seen()).toContain('a2.1');
  });

  it('is refused while a job saves it here, while it is frozen, and for a plan that is another one by now', async () => {
    const world = await twoSources();
    const { token } = await plan(world);
    await world.save({ Anna: { a3: 9 } }, 'Gone');
    await expect(world.done(world.forgetting.forget(world.storage, anna, token))).resolves.toMatchObject({
      status: 'failed',
      failure: { code: 'removal.plan-changed' },
    });
    world.job('K', ['Anna']);
    expect((await plan(world)).refused).toMatchObject({ code: 'removal.source-in-use', facts: { job: 'K' } });
    await expect(forget(world)).rejects.toMatchObject({ code: 'removal.source-in-use' });
    world.parts.store.removeJob(jobNamed('K'));
    await world.freeze('Anna');
    await expect(forget(world)).rejects.toMatchObject({ code: 'removal.frozen' });
    await expect(world.forgetting.plan(world.storage, sourceNamed('Nobody'))).rejects.toMatchObject({ code: 'name.unknown' });
    expect(await world.seen()).toContain('a.1');
  });
});
