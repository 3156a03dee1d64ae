import { describe, expect, it } from 'vitest';
import { SimFileSystem } from '../../../test/kit/sim-file-system.ts';
import { draftOf, MapCatalog, someBytes, storeBytes, testDeps, testRun, testStorage } from '../../../test/kit/storage-world.ts';
import type { PackSummary } from '../../shared/domain/commit.ts';
import type { PackId } from '../../shared/domain/ids.ts';
import { packName } from '../format/index.ts';
import { openLocalTarget } from '../targets/local/index.ts';
import { createStorage, openStorage, type LockPurpose, type PackReading, type Storage } from './index.ts';

interface World {
  readonly disk: SimFileSystem;
  readonly storage: Storage;
  readonly locked: LockPurpose[];
  readonly packs: readonly PackSummary[];
}

async function make(): Promise<World> {
  const disk = new SimFileSystem();
  const locked: LockPurpose[] = [];
  const deps = testDeps(disk, { beforeLock: (purpose) => void locked.push(purpose) });
  const { storage } = await createStorage(openLocalTarget(disk, '/disk', deps.random), testStorage, deps);
  const catalog = new MapCatalog();
  const lock = storage.lock('backup', 'write');
  const writer = storage.writer(lock, catalog);
  for (let n = 0; n < 12; n += 1) await storeBytes(writer, `item ${n}`, someBytes(30_000, n));
  const { commit } = await writer.commit(draftOf(deps), testRun(deps));
  lock.release();
  return { disk, storage, locked, packs: commit.packs };
}

const pathOf = (pack: PackSummary): string => `/disk/${packName(pack.id)}`;
const bytesOf = ({ disk }: World, pack: PackSummary): Uint8Array => disk.files().get(pathOf(pack)) ?? new Uint8Array();
const flipped = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((byte, place) => (place === at ? byte ^ 4 : byte));
const check = ({ storage }: World, level: 'quick' | 'structure' | 'all') =>
  storage.check(level, (chunks) => [`${chunks.size} chunks`], testRun(testDeps(new SimFileSystem())));

/** What a check says of a pack that reads wrong until it was looked at so often; undefined: it was not looked at so often. */
async function saidOf(world: World, pack: PackSummary, wrong: Uint8Array, level: Parameters<typeof check>[1], looks: number) {
  const { disk } = world;
  const right = bytesOf(world, pack);
  const deps = testDeps(disk);
  const unlock = { by: 'device', secret: world.storage.exportDeviceSecret() } as const;
  const storage = await openStorage(openLocalTarget(disk, '/disk', deps.random), unlock, deps);
  let seen = 0;
  disk.plant(pathOf(pack), wrong);
  disk.onReading((path) => {
    if (path === pathOf(pack) && ++seen === looks) disk.plant(pathOf(pack), right);
  });
  const { findings, flickers } = await check({ ...world, storage }, level);
  disk.onReading(undefined);
  disk.plant(pathOf(pack), right);
  if (seen < looks) return undefined;
  if (findings.length > 0) return 'damage';
  return flickers.map(({ file }) => file).includes(packName(pack.id)) ? 'flickers' : 'fine';
}

describe('a pack that reads wrong once and right the second time', () => {
  it.each([
    ['a byte of a record', (bytes: Uint8Array) => flipped(bytes, bytes.length >> 1), 'all'],
    ['a byte of the footer', (bytes: Uint8Array) => flipped(bytes, bytes.length - 200), 'structure'],
    ['the end', (bytes: Uint8Array) => bytes.slice(0, -5), 'quick'],
    ['the header, of which keys are made', (bytes: Uint8Array) => flipped(bytes, 25), 'all'],
  ] as const)('is no damage, and is named, whenever it becomes right before the second reading: %s', async (_, change, level) => {
    const world = await make();
    const [, pack] = world.packs;
    if (pack === undefined) return expect.unreachable();
    const said: string[] = [];
    for (let looks = 1; ; looks += 1) {
      const answer = await saidOf(world, pack, change(bytesOf(world, pack)), level, looks);
      if (answer === undefined) break;
      said.push(answer);
    }
    const order = ['fine', 'flickers', 'damage'];
    expect(said).toEqual([...said].sort((one, other) => order.indexOf(one) - order.indexOf(other)));
    expect(said).toContain('flickers');
  });

  it('is damage when the second time is as wrong', async () => {
    const world = await make();
    const [pack] = world.packs;
    if (pack === undefined) return expect.unreachable();
    world.disk.plant(pathOf(pack), flipped(bytesOf(world, pack), 2000));
    const report = await check(world, 'all');
    expect(report.findings.map(({ file }) => file)).toContain(packName(pack.id));
    expect(report.flickers).toEqual([]);
  });
});

describe('a check of a part', () => {
  it('reads what was chosen whole and of all else the structure, and tells of each that it read', async () => {
    const world = await make();
    const [chosen, other] = world.packs;
    if (chosen === undefined || other === undefined) return expect.unreachable();
    const read = new Map<PackId, PackReading>();
    const reading = () =>
      world.storage.check('part', () => [], testRun(testDeps(new SimFileSystem())), {
        choose: () => new Set([chosen.id]),
        onRead: (pack, outcome) => void read.set(pack.id, outcome),
      });
    const first = await reading();
    expect(first).toMatchObject({ level: 'part', packs: world.packs.length, packsRead: 1, bytesRead: chosen.sizeBytes });
    expect([...read.keys()]).toEqual([chosen.id]);
    expect(first.chunks).toBe((await check(world, 'structure')).chunks);
    world.disk.plant(pathOf(other), flipped(bytesOf(world, other), 2000));
    expect((await reading()).findings).toEqual([]);
    world.disk.plant(pathOf(chosen), flipped(bytesOf(world, chosen), 2000));
    expect((await reading()).findings.map(({ file }) => file)).toEqual([packName(chosen.id)]);
    expect(read.get(chosen.id)?.damages).toHaveLength(1);
  });
});

describe('whoever reads a little at a time', () => {
  it('gets whole packs, one at a time, and is told of every lock before it is asked for', async () => {
    const world = await make();
    const [pack] = world.packs;
    if (pack === undefined) return expect.unreachable();
    const reader = world.storage.rereader();
    expect(await reader.read(pack)).toMatchObject({ damages: [], bytesRead: pack.sizeBytes, flickered: undefined });
    world.disk.plant(pathOf(pack), flipped(bytesOf(world, pack), 2000));
    expect((await reader.read(pack)).damages).toHaveLength(1);
    reader.close();
    world.locked.length = 0;
    const held = world.storage.lock('prune', 'exclusive');
    expect(() => world.storage.lock('check', 'read')).toThrow(expect.objectContaining({ code: 'storage.locked' }));
    held.release();
    (await world.storage.lockWhenFree('backup', 'write', testRun(testDeps(new SimFileSystem())))).release();
    expect(world.locked).toEqual(['prune', 'check', 'backup']);
  });
});
