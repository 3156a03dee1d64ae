import fs from 'node:fs';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { BackupWorld } from '../backup/testing/backup-world.ts';
import type { Catalog } from '../catalog/index.ts';
import { silentLog } from '../kernel/log.ts';
import type { RunContext } from '../kernel/run-context.ts';
import { catchUp, fillCatalogInTurns } from './catch-up.ts';

let world: BackupWorld;
beforeEach(async () => {
  world = await BackupWorld.make(temporaryFolder());
  for (let at = 0; at < 30; at++) {
    world.source.put('Inbox', `${at}`, `text ${at}`);
    if (at % 10 === 9) await world.cycle();
  }
  onTestFinished(() => world.close());
});

const aside = (): Catalog => {
  const catalog = world.openCatalog('aside.sqlite');
  onTestFinished(() => catalog.close());
  return catalog;
};

const runThat = (signal: AbortSignal, phases: string[] = []): RunContext => {
  const nothing = (): void => undefined;
  const progress = {
    total: nothing,
    done: nothing,
    stored: nothing,
    current: nothing,
    waiting: nothing,
    count: nothing,
    problem: nothing,
  };
  return {
    signal,
    finishSoon: signal,
    clock: world.clock,
    log: silentLog,
    progress: { ...progress, phase: (phase) => void phases.push(phase) },
  };
};

describe('a catalog that is made anew', () => {
  it('has the same rows, and lets everything else go on meanwhile with the one that is there', async () => {
    const fresh = aside();
    let ended = false;
    const phases: string[] = [];
    const filling = fillCatalogInTurns(world.storage, fresh, runThat(new AbortController().signal, phases)).finally(() => {
      ended = true;
    });
    const listing = await world.listing();
    expect(ended).toBe(false);
    expect(listing).toHaveLength(30);
    await filling;
    expect(phases).toEqual(['rebuilding']);
    expect([...fresh.dump()]).toEqual([...world.catalog.dump()]);
  });

  it('is given up when it is stopped, and the one that is there stays', async () => {
    const stop = new AbortController();
    const before = [...world.catalog.dump()];
    const fresh = world.openCatalog('aside.sqlite');
    const filling = fillCatalogInTurns(world.storage, fresh, runThat(stop.signal));
    stop.abort();
    await expect(filling).rejects.toThrow('stopped');
    fresh.close();
    expect(() => world.openCatalog('aside.sqlite')).toThrow(expect.objectContaining({ code: 'catalog.unusable' }));
    expect([...world.catalog.dump()]).toEqual(before);
  });

  it('is made in one go where there was none', () => {
    const fresh = aside();
    expect(catchUp(world.storage, fresh)).toBe(3);
    expect([...fresh.dump()]).toEqual([...world.catalog.dump()]);
    expect(catchUp(world.storage, fresh)).toBe(0);
  });
});

/** Both copies. */
function lose(sequence: number): void {
  for (const folder of ['commits', 'copies/commits']) {
    const place = `${world.directory}/storage/${folder}`;
    for (const name of fs.readdirSync(place)) if (Number(name.slice(0, 10)) === sequence) fs.rmSync(`${place}/${name}`);
  }
}

describe('a catalog that is behind', () => {
  it('catches up over commits that are lost, as long as it knew them', async () => {
    const fresh = aside();
    catchUp(world.storage, fresh);
    world.source.put('Inbox', 'new', 'text');
    await world.cycle();
    for (const sequence of [1, 2, 3]) lose(sequence);
    expect(catchUp(world.storage, fresh)).toBe(1);
    expect([...fresh.dump()]).toEqual([...world.catalog.dump()]);
    expect(catchUp(world.storage, fresh)).toBe(0);
  });

  it('does not go on with a commit that follows another one than it knows', async () => {
    const other = await BackupWorld.make(temporaryFolder());
    onTestFinished(() => other.close());
    const fresh = other.openCatalog('aside.sqlite');
    onTestFinished(() => fresh.close());
    for (let at = 0; at < 3; at++) {
      other.source.put('Inbox', `${at}`, `another text ${at}`);
      await other.cycle();
    }
    catchUp(other.storage, fresh);
    expect(() => catchUp(world.storage, fresh)).toThrow(expect.objectContaining({ code: 'catalog.unusable' }));
    world.source.put('Inbox', 'new', 'text');
    await world.cycle();
    lose(3);
    expect(() => catchUp(world.storage, fresh)).toThrow(expect.objectContaining({ code: 'storage.damaged' }));
  });
});
