import fs from 'node:fs';
import { expect, it } from 'vitest';
import { ServiceWorld } from '../../../test/kit/service-world.ts';
import { testStorage } from '../../../test/kit/storage-world.ts';
import { removeCatalog } from '../catalog/index.ts';
import { turn } from '../kernel/turn.ts';
import type { OpenStorage } from './open-storages.ts';

const moments = 20;

/** Of a storage with so many moments, whose catalog is lost. */
async function withoutCatalog() {
  const world = await ServiceWorld.make(['mail']);
  for (let at = 0; at < moments; at += 1) await world.save({ mail: { [`letter ${at}`]: at } });
  const rows = [...(await world.open()).catalog.dump()];
  const { stored } = await world.open();
  const lose = (): void => {
    world.opened.close(world.storage);
    removeCatalog(world.files, world.parts.profile.catalogPath(world.storage));
  };
  lose();
  const unlock = (): Promise<OpenStorage> => world.opened.unlock(stored, { by: 'password', password: testStorage.password });
  return { world, rows, lose, unlock };
}

/** A second passes once it is under way. */
async function untilRun(world: ServiceWorld): Promise<ReturnType<ServiceWorld['parts']['runs']['going']>[number]> {
  for (;;) {
    await turn();
    await world.clock.advance(100);
    const [run] = world.parts.runs.going();
    if (run !== undefined) return run;
  }
}

it('what a storage holds is read in while everything else goes on, and whoever asks meanwhile waits for the same', async () => {
  const { world, rows, unlock } = await withoutCatalog();
  let turns = 0;
  let isDone = false;
  const both = Promise.all([unlock(), unlock()]).finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await turn();
    turns += 1;
  }
  const [one, other] = await both;
  expect(turns).toBeGreaterThan(moments);
  expect(other.catalog).toBe(one.catalog);
  expect([...one.catalog.dump()]).toEqual(rows);
  // It was short: nobody is told.
  expect(world.ended).toEqual([]);
});

it('what takes longer than a second is a run that everybody sees', async () => {
  const { world, rows, unlock } = await withoutCatalog();
  const opening = unlock();
  expect(await untilRun(world)).toMatchObject({ kind: 'rebuild-catalog', storage: world.storage });
  expect([...(await opening).catalog.dump()]).toEqual(rows);
  expect(world.ended).toMatchObject([{ kind: 'rebuild-catalog', status: 'success', failure: null }]);
});

it('whoever stops it has a storage that is not open, and nothing is lost: the next time it begins anew', async () => {
  const { world, rows, unlock } = await withoutCatalog();
  const opening = unlock();
  const refused = expect(opening).rejects.toMatchObject({ code: 'storage.not-opened' });
  world.parts.runs.stop((await untilRun(world)).id, 'now');
  await refused;
  expect(world.opened.isOpen(world.storage)).toBe(false);
  expect(world.ended).toMatchObject([{ status: 'stopped' }]);
  expect([...(await unlock()).catalog.dump()]).toEqual(rows);
});

it('a storage that is closed before it was open stays closed', async () => {
  const { world, rows, unlock } = await withoutCatalog();
  const opening = unlock();
  const refused = expect(opening).rejects.toMatchObject({ code: 'storage.not-opened' });
  while (!fs.existsSync(world.parts.profile.catalogPath(world.storage))) await turn();
  world.opened.close(world.storage);
  await refused;
  expect(world.opened.isOpen(world.storage)).toBe(false);
  expect([...(await unlock()).catalog.dump()]).toEqual(rows);
});

it('a catalog that cannot be used is made anew in the same way', async () => {
  const { world, rows, unlock } = await withoutCatalog();
  await unlock();
  world.opened.close(world.storage);
  fs.writeFileSync(world.parts.profile.catalogPath(world.storage), 'no database');
  expect([...(await unlock()).catalog.dump()]).toEqual(rows);
});
