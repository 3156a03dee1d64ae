import { copyFileSync, existsSync } from 'node:fs';
import type { Manifest } from '../../../../src/shared/domain/item.ts';
import { isStrataError } from '../../../../src/shared/domain/strata-error.ts';
import { adoptStorage, runMirror } from '../../../../src/engine/maintenance/index.ts';
import { openStorage, type Storage } from '../../../../src/engine/storage/index.ts';
import { openLocalTarget } from '../../../../src/engine/targets/local/index.ts';
import { dayMs } from '../../../kit/removal-world.ts';
import { MapCatalog, testRun } from '../../../kit/storage-world.ts';
import type { ModelWorld } from '../model-world.ts';
import type { PlainStorage } from '../plain-storage.ts';
import { type Command, nothingChanges } from './command.ts';

/** Days go by. */
export const wait: Command = (world, _plain, n) => ({
  act: () => world.deps.clock.advance((1 + (n % 40)) * dayMs),
  outcomes: [nothingChanges],
});

/** Somebody sets the clock, forwards or back. */
export const setClock: Command = (world, _plain, n) => ({
  act: () => Promise.resolve(world.deps.clock.setWall(world.deps.clock.nowMs() + ((n % 60) - 30) * (dayMs / 3))),
  outcomes: [nothingChanges],
});

export const restart: Command = (world) => ({ act: () => world.start(), outcomes: [nothingChanges], alsoLooksAt: 'all bytes' });

/** Another computer, with another clock, is refused the storage, makes it its own, and goes on. */
export const changeComputer: Command = (world, _plain, n) => ({
  async act() {
    world.computer = 3 - world.computer;
    const hasOwner = world.storage.owner() !== undefined;
    await world.start(world.deps.clock.nowMs() + ((n % 20) - 10) * dayMs);
    if ((await isOurs(world.storage, world)) && hasOwner) throw new Error('another computer may write');
    await makeOurs(world.storage, world);
    await world.reopen();
  },
  outcomes: [nothingChanges],
});

/** Whether this computer may write. */
export async function isOurs(storage: Storage, world: ModelWorld): Promise<boolean> {
  try {
    await patiently(world, () => storage.lock('backup', 'write').release());
    return true;
  } catch (error) {
    if (isStrataError(error) && ['storage.owned-elsewhere', 'storage.adopted-away'].includes(error.code)) return false;
    throw error;
  }
}

/** From now on it may. */
export const makeOurs = (storage: Storage, world: ModelWorld): Promise<void> =>
  patiently(world, () => adoptStorage(storage, world.random, testRun(world.deps)));

/** Where another computer died while it held a lock, nobody can know that for ten minutes. */
async function patiently(world: ModelWorld, action: () => void | Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!isStrataError(error) || error.code !== 'storage.locked') throw error;
    await world.deps.clock.advance(660_000);
    await action();
  }
}

/** The catalog is lost, or an older one is put in its place, or one is made aside: each says row for row the same. */
export const loseCatalog: Command = (world, _plain, n) => ({
  act() {
    const rows = [...world.catalog.dump()].join('\n');
    const kept = `${world.catalogPath}.kept`;
    if (n % 3 === 0) world.renewCatalog();
    else {
      world.catalog.close();
      if (n % 3 === 1 && existsSync(kept)) copyFileSync(kept, world.catalogPath);
      else copyFileSync(world.catalogPath, kept);
      world.openCatalogAgain();
    }
    if ([...world.catalog.dump()].join('\n') !== rows) throw new Error('other rows');
    return Promise.resolve();
  },
  outcomes: [nothingChanges],
});

export const check: Command = (world, _plain, n) => ({
  async act() {
    const { findings } = await world.storage.check(n % 4 === 0 ? 'all' : 'structure', () => [], testRun(world.deps));
    if (findings.length > 0) throw new Error(`a check found ${JSON.stringify(findings[0])}`);
  },
  outcomes: [nothingChanges],
});

/** The mirror gets what it lacks, as it is now: what was removed before stays removed, and what it has already stays as it is. */
export const mirror: Command = (world) => ({
  async act() {
    const storage = await openMirror(world);
    if (!(await isOurs(storage, world))) await makeOurs(storage, world);
    const lock = storage.lock('mirror', 'write');
    try {
      await runMirror({ origin: world, mirror: { storage, catalog: MapCatalog.rebuilt(storage) }, lock }, testRun(world.deps));
    } finally {
      lock.release();
    }
  },
  outcomes: [(after) => noteMirrored(world, after)],
  alsoLooksAt: 'mirror',
});

async function noteMirrored(world: ModelWorld, plain: PlainStorage): Promise<void> {
  const storage = await openMirror(world);
  const upTo = storage.newest(({ origin }) => origin?.sequence) ?? 0;
  if (upTo < plain.mirroredUpTo) throw new Error('the mirror went back');
  plain.mirroredUpTo = upTo;
  const there = new Set(storedVersions(storage).map(({ item, version }) => `${item}.${version}`));
  for (const [life, { item, versions }] of plain.lives.entries()) {
    for (const [index, { commits, stubbedBy }] of versions.entries()) {
      const key = `${life}.${index}`;
      const isWithin = commits[0] < upTo && upTo < commits[1] && there.has(`${item}.${index + 1}`);
      if (!plain.mirrored.has(key) && (commits[1] <= upTo || isWithin))
        plain.mirrored.set(key, stubbedBy === null ? 'whole' : 'stub');
    }
  }
  storage.close();
}

/** Stubs and hidden ones included. */
export const storedVersions = (storage: Storage): Manifest[] =>
  [...storage.commits(0)].flatMap((commit) => [...storage.contents(commit).manifests]);

const openMirror = ({ files, random, mirrorSecret, deps }: ModelWorld): Promise<Storage> =>
  openStorage(openLocalTarget(files, '/mirror', random), { by: 'device', secret: mirrorSecret }, deps);
