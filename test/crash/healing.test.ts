import { beforeAll, expect, it } from 'vitest';
import { hide } from '../kit/removal-world.ts';
import { repair, tryRepair } from '../kit/repair-world.ts';
import { seededRandom } from '../kit/seeded-random.ts';
import { SimFileSystem } from '../kit/sim-file-system.ts';
import {
  draftOf,
  MapCatalog,
  readBack,
  someBytes,
  storeBytes,
  type TestDeps,
  testDeps,
  testRun,
  testStorage,
} from '../kit/storage-world.ts';
import { openLocalTarget } from '../../src/engine/targets/local/index.ts';
import { noteProof } from './proof-notes.ts';
import { inTier, seed } from './tier.ts';
import { createStorage, openStorage, type Storage } from '../../src/engine/storage/index.ts';

const items: Readonly<Record<string, Uint8Array>> = Object.fromEntries(
  Array.from({ length: 18 }, (_, index) => [
    String.fromCodePoint(97 + index),
    someBytes([40, 900, 5000, 20_000, 70_000][index % 5] ?? 1, index + 1, index % 2 === 0 ? 'text' : 'noise'),
  ]),
);

let saved: SimFileSystem;
let secret: string;

type SeededRandom = ReturnType<typeof seededRandom>;

interface World {
  readonly files: SimFileSystem;
  readonly deps: TestDeps;
  readonly storage: Storage;
  readonly catalog: MapCatalog;
}

async function open(files: SimFileSystem): Promise<World> {
  const deps = testDeps(files);
  const storage = await openStorage(openLocalTarget(files, '/disk', deps.random), { by: 'device', secret }, deps);
  return { files, deps, storage, catalog: MapCatalog.rebuilt(storage) };
}

/** Reads what the sources hold once more, as a cycle does with what is lost. What manifests knew nothing of is new. */
async function cycle({ storage, deps, catalog }: World, names: readonly string[]): Promise<void> {
  const lock = storage.lock('backup', 'write');
  const writer = storage.writer(lock, catalog);
  for (const name of names) {
    const bytes = items[name] ?? new Uint8Array(0);
    if (catalog.manifests.some((manifest) => manifest.name === name)) await writer.store({ kind: 'bytes', bytes });
    else await storeBytes(writer, name, bytes);
  }
  await writer.commit(draftOf(deps), testRun(deps));
  lock.release();
}

beforeAll(async () => {
  saved = new SimFileSystem();
  const deps = testDeps(saved);
  const { storage } = await createStorage(openLocalTarget(saved, '/disk', deps.random), testStorage, deps);
  secret = storage.exportDeviceSecret();
  const names = Object.keys(items);
  for (const at of [0, 6, 12]) await cycle(await open(saved), names.slice(at, at + 6));
  const world = await open(saved);
  await hide(world.storage, world.deps, world.catalog, ['d']);
});

const changes: readonly ((bytes: Uint8Array, random: SeededRandom) => Uint8Array | undefined)[] = [
  (bytes, random) => changed(bytes, random, 1),
  (bytes, random) => changed(bytes, random, 512),
  (bytes, random) => changed(bytes, random, 20_000),
  (bytes, random) => bytes.slice(0, random.below(bytes.length)),
  (bytes) => bytes.fill(0),
  (bytes) => Uint8Array.from([...bytes, 1, 2, 3]),
  (bytes) => changedAt(bytes, bytes.length - 96, 96),
  (bytes) => changedAt(bytes, 0, 48),
  () => new Uint8Array(0),
  () => undefined,
];

const changed = (bytes: Uint8Array, random: SeededRandom, length: number): Uint8Array =>
  changedAt(bytes, random.below(bytes.length), length);

function changedAt(bytes: Uint8Array, at: number, length: number): Uint8Array {
  for (let place = at; place < Math.min(bytes.length, at + length); place += 1) bytes[place] = (bytes[place] ?? 0) ^ 0x55;
  return bytes;
}

/** Up to three packs, and sometimes one copy of a vital file. */
function damageSome(files: SimFileSystem, random: SeededRandom): void {
  const all = [...files.files().keys()].sort();
  const packs = all.filter((path) => path.includes('/packs/'));
  const vital = all.filter((path) => /\/(?:STORAGE|keys|commits)/.test(path));
  const chosen = new Set(Array.from({ length: 1 + random.below(3) }, () => packs[random.below(packs.length)] ?? ''));
  if (random.below(3) === 0) chosen.add(vital[random.below(vital.length)] ?? '');
  for (const path of chosen) {
    const bytes = (files.files().get(path) ?? new Uint8Array(0)).slice();
    const after = changes[random.below(changes.length)]?.(bytes, random);
    if (after === undefined) files.takeAway(path);
    else files.plant(path, after);
  }
}

/** What comes back, all of it to the byte. */
async function readable({ storage, catalog }: World): Promise<string[]> {
  const had: string[] = [];
  for (const [name, bytes] of Object.entries(items)) {
    const read = await readBack(storage, catalog, name).catch(() => undefined);
    if (read === undefined) continue;
    expect(Buffer.compare(read, bytes), name).toBe(0);
    had.push(name);
  }
  return had;
}

const state = (files: SimFileSystem): Map<string, Uint8Array> =>
  new Map([...files.files()].filter(([path]) => !path.includes('/locks/')));

/** @param memory What a catalog knows that was made before the damage, or nothing. */
async function damageAndHeal(number: number, memory: MapCatalog | undefined): Promise<{ damaged: boolean; lost: number }> {
  const files = saved.copy();
  damageSome(files, seededRandom(number));
  const before = await open(files);
  const could = memory === undefined ? await readable(before) : await readable({ ...before, catalog: memory });
  const wish = memory === undefined ? {} : { catalog: memory };
  const dry = await tryRepair(before.storage, before.deps, wish);
  const done = await repair(before.storage, before.deps, wish);
  expect(dry).toEqual({ ...done, aside: null });

  const repaired = await open(files);
  const had = await readable(repaired);
  expect(had).toEqual(expect.arrayContaining(could));
  const lostItems = done.lost.map(({ item }) => item);
  const lost = repaired.catalog.manifests.filter(({ item }) => lostItems.includes(item)).map(({ name }) => name);
  expect(lost.filter((name) => had.includes(name))).toEqual([]);
  if (done.numbers.manifestsLost === 0) {
    const seen = Object.keys(items).filter((name) => name !== 'd');
    expect([...had, ...lost].sort()).toEqual(seen.sort());
  }
  const whole = state(files);
  await repair(repaired.storage, repaired.deps, wish);
  expect(state(files)).toEqual(whole);

  await cycle(await open(files), Object.keys(items));
  const healed = await open(files);
  expect((await readable(healed)).length).toBeGreaterThanOrEqual(Object.keys(items).length - 1);
  const { findings } = await healed.storage.check('all', () => [], testRun(healed.deps));
  expect(findings.filter(({ failure }) => failure.facts['reason'] !== 'manifests are lost')).toEqual([]);
  if (done.numbers.manifestsLost === 0) expect(findings).toEqual([]);
  return { damaged: done.aside !== null, lost: done.numbers.chunksLost + done.numbers.manifestsLost };
}

it(
  'heals all that the next cycle finds at its sources, after any damage; a repair takes nothing away that could be had',
  async () => {
    const cases = inTier({ quick: 40, full: 1000 });
    const first = seed * 10_000;
    const memory = (await open(saved)).catalog;
    const tally = { damaged: 0, losing: 0 };
    for (let number = first; number < first + cases; number += 1) {
      try {
        const { damaged, lost } = await damageAndHeal(number, number % 2 === 0 ? memory : undefined);
        if (damaged) tally.damaged += 1;
        if (lost > 0) tally.losing += 1;
      } catch (error) {
        throw new Error(`case ${number}`, { cause: error });
      }
    }
    noteProof('healing', 'damage, repair, next cycle', { cases, ...tally, violations: 0 });
    expect(tally.damaged).toBeGreaterThan(cases * 0.9);
    expect(tally.losing).toBeGreaterThan(cases / 3);
  },
  inTier({ quick: 300_000, full: 1_800_000 }),
);
