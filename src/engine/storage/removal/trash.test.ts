import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunId } from '../../../shared/domain/ids.ts';
import { act, dayMs, emptyTrash, hide, prune, returnFromTrash } from '../../../../test/kit/removal-world.ts';
import {
  MapCatalog,
  newDisk,
  openDisk,
  readBack,
  saveIn,
  someBytes,
  type StorageDisk,
  type StorageWorld,
  type TestDeps,
  testRun,
} from '../../../../test/kit/storage-world.ts';
import { openLocalTarget } from '../../targets/local/index.ts';
import { openStorage, type Storage } from '../index.ts';

const a = someBytes(90_000, 1);
const b = someBytes(3000, 2);

let pruned: StorageDisk;
let clock: TestDeps['clock'];
let { files, deps, storage, catalog } = {} as StorageWorld;

const open = (): Promise<Storage> => openStorage(target(), { by: 'device', secret: pruned.secret }, deps);
const target = () => openLocalTarget(files, '/disk', deps.random);
const inTrash = (): string[] => target().list('trash');

/** A storage in which a prune (the third commit) has put all of `a` into the trash. */
beforeAll(async () => {
  const disk = await newDisk();
  ({ files, deps, storage, catalog } = await openDisk(disk));
  await saveIn({ storage, deps, catalog }, { a, b });
  await hide(storage, deps, catalog, ['a']);
  await prune(storage, deps, catalog);
  pruned = { ...disk, files };
  clock = deps.clock;
});

beforeEach(async () => {
  ({ files, deps, storage, catalog } = await openDisk(pruned, clock));
});

/** Days go by; a cycle says so. */
async function later(days: number): Promise<void> {
  await deps.clock.advance(days * dayMs);
  await act(storage, deps, catalog, {});
}

describe('the trash', () => {
  it('is kept until the grace is over, and never less than seven days', async () => {
    await later(6);
    expect(await emptyTrash(storage, deps, 0)).toEqual({ packs: 0, bytes: 0 });
    await later(2);
    expect(await emptyTrash(storage, deps)).toEqual({ packs: 0, bytes: 0 });
    await later(30);
    expect((await emptyTrash(storage, deps)).packs).toBeGreaterThan(0);
    expect(inTrash()).toEqual([]);
    expect(await readBack(storage, catalog, 'b')).toEqual(b);
    expect((await storage.check('all', () => [], testRun(deps))).findings).toEqual([]);
  });

  it('grows old by the times of commits: a clock that jumps ahead empties nothing', async () => {
    await deps.clock.advance(4000 * dayMs);
    expect(await emptyTrash(storage, deps)).toEqual({ packs: 0, bytes: 0 });
    expect(inTrash().length).toBeGreaterThan(0);
  });

  it('is not emptied by the run that filled it', async () => {
    const run = storage.trash()[0]?.run as RunId;
    await later(60);
    expect(await emptyTrash(storage, deps, 30 * dayMs, run)).toEqual({ packs: 0, bytes: 0 });
  });

  it('is not emptied while a pack in use is missing: it may lie there', async () => {
    await later(60);
    const inUse = target().list('packs')[0] ?? '';
    target().move(inUse, `trash/2026-01-01-3/${inUse.slice(-69)}`);
    await expect(emptyTrash(storage, deps)).rejects.toMatchObject({ code: 'storage.needs-repair' });
    expect(inTrash().length).toBeGreaterThan(1);
  });

  it('says what waits in it', () => {
    const [folder, ...others] = storage.trash();
    expect(others).toEqual([]);
    expect(folder).toMatchObject({ sequence: 3, name: expect.stringMatching(/^trash\/\d{4}-\d\d-\d\d-3$/) });
    expect(folder?.packs.length).toBeGreaterThan(0);
  });

  it('holds ways to unlock that were taken away, and they go in their time', async () => {
    const day = new Date(deps.clock.nowMs()).toISOString().slice(0, 10);
    target().put(`trash/${day}/keys/abc.key`, b);
    await later(30);
    await emptyTrash(storage, deps);
    expect(inTrash()).toContain(`trash/${day}/keys/abc.key`);
    await later(2);
    await emptyTrash(storage, deps);
    expect(inTrash()).toEqual([]);
  });

  it('has things of its own names only: what somebody else put there stays', async () => {
    target().put('trash/holiday.jpg', b);
    target().put('trash/2026-01-01-99/x.pack', b);
    await later(60);
    await emptyTrash(storage, deps);
    expect(inTrash()).toEqual(['trash/2026-01-01-99/x.pack', 'trash/holiday.jpg']);
  });
});

describe('what comes back from the trash', () => {
  it('is there as it was, to the byte, and stays there through the next prune', async () => {
    await returnFromTrash(storage, deps, 3);
    storage = await open();
    catalog = MapCatalog.rebuilt(storage);
    expect(await readBack(storage, catalog, 'a')).toEqual(a);
    expect(await readBack(storage, catalog, 'b')).toEqual(b);
    expect((await storage.check('all', () => [], testRun(deps))).findings).toEqual([]);
    await prune(storage, deps, catalog);
    await later(60);
    await emptyTrash(storage, deps);
    expect(await readBack(storage, MapCatalog.rebuilt(await open()), 'a')).toEqual(a);
  });

  it('is nothing when the trash was emptied, or never held it', async () => {
    await later(60);
    await emptyTrash(storage, deps);
    await expect(returnFromTrash(storage, deps, 3)).rejects.toMatchObject({ code: 'storage.not-in-trash' });
    await expect(returnFromTrash(storage, deps, 1)).rejects.toMatchObject({ code: 'storage.not-in-trash' });
    await expect(returnFromTrash(storage, deps, 99)).rejects.toMatchObject({ code: 'storage.not-in-trash' });
  });

  it('is nothing of what only broken-off runs left, and that is said', async () => {
    target().put(`packs/ab/${'ab'.repeat(32)}.pack`, someBytes(500, 9));
    await prune(storage, deps, catalog);
    const [, leftOver] = storage.trash();
    expect(leftOver?.packs).toHaveLength(1);
    await expect(returnFromTrash(storage, deps, leftOver?.sequence ?? 0)).rejects.toMatchObject({
      code: 'storage.nothing-to-return',
    });
    expect(storage.trash()).toHaveLength(2);
  });

  it('is left where it is, if it is damaged', async () => {
    for (const name of inTrash().filter((file) => file.endsWith('.pack'))) files.plant(`/disk/${name}`, someBytes(70_000, 5));
    await expect(returnFromTrash(storage, deps, 3)).rejects.toMatchObject({ code: 'storage.not-in-trash' });
  });
});

describe('what several prunes took of one record', () => {
  const names = ['a', 'b'] as const;

  it.each([
    ['in their order', [3, 5]],
    ['the newest first', [5, 3]],
  ])('is all there when each of them is given back, %s', async (_, order) => {
    await hide(storage, deps, catalog, ['b']);
    await prune(storage, deps, catalog);
    for (const sequence of order) await returnFromTrash(storage, deps, sequence);
    const rebuilt = MapCatalog.rebuilt(await open());
    for (const name of names) expect(await readBack(storage, rebuilt, name)).toEqual({ a, b }[name]);
    expect((await storage.check('all', () => [], testRun(deps))).findings).toEqual([]);
  });

  it('comes back but for the versions whose bytes a later one took, which stay what they are', async () => {
    await saveIn({ storage, deps, catalog }, { d: a.toReversed(), sameAsB: b });
    await hide(storage, deps, catalog, ['d', 'sameAsB']);
    await prune(storage, deps, catalog);
    const first = storage.head()?.sequence ?? 0;
    await hide(storage, deps, catalog, ['b']);
    await prune(storage, deps, catalog);
    await returnFromTrash(storage, deps, first);
    storage = await open();
    const rebuilt = MapCatalog.rebuilt(storage);
    expect(await readBack(storage, rebuilt, 'd')).toEqual(a.toReversed());
    // `a`, `b`, and what had no bytes but those of `b`.
    const all = [...storage.commits(0)].flatMap((commit) => [...storage.contents(commit).manifests]);
    expect(all.filter(({ removed }) => removed)).toHaveLength(3);
    expect((await storage.check('all', () => [], testRun(deps))).findings).toEqual([]);
    await prune(storage, deps, rebuilt, { leastLive: 1 });
    expect(await readBack(storage, MapCatalog.rebuilt(await open()), 'd')).toEqual(a.toReversed());
  });
});

describe('a removal that broke off behind its commit', () => {
  it('is brought to an end by the next write lock', async () => {
    for (const name of inTrash().filter((file) => file.endsWith('.pack'))) {
      const id = name.slice(-69, -5);
      target().move(name, `packs/${id.slice(0, 2)}/${id}.pack`);
    }
    const before = await storage.check('all', () => [], testRun(deps));
    expect(before).toMatchObject({ findings: [], orphans: 0 });
    expect(before.leftovers).toBeGreaterThan(0);
    storage.lock('backup', 'write').release();
    expect((await storage.check('all', () => [], testRun(deps))).leftovers).toBe(0);
    expect(storage.trash()).toHaveLength(1);
  });
});
