import { beforeAll, describe, expect, it } from 'vitest';
import { createStorage, openStorage } from '../../src/engine/storage/index.ts';
import { type CrashVariant, SimFileSystem } from '../kit/sim-file-system.ts';
import { MapCatalog, someBytes, testStorage } from '../kit/storage-world.ts';
import {
  afterBoot,
  allVariants,
  commitContents,
  type Contents,
  copyOf,
  crashEverywhere,
  holdCreationToPromise,
  holdToPromise,
  type Promised,
  targetOn,
  type Violation,
  type Workload,
} from './crash-harness.ts';

const first: Contents = {
  a: someBytes(3000, 1, 'text'),
  b: someBytes(60_000, 2),
  c: someBytes(120_000, 3),
  d: new Uint8Array(0),
};
/** Some of it is there already. */
const second: Contents = { e: someBytes(60_000, 2), f: someBytes(20_000, 4), g: someBytes(9000, 5, 'text') };

const empty = new SimFileSystem();
let secret: string;
let created: SimFileSystem;
let withFirst: SimFileSystem;

const open = async (files: SimFileSystem) => {
  const deps = afterBoot(files);
  return { deps, storage: await openStorage(targetOn(files, deps), { by: 'device', secret }, deps) };
};

beforeAll(async () => {
  created = copyOf(empty);
  const deps = afterBoot(created);
  const { storage } = await createStorage(targetOn(created, deps), testStorage, deps);
  secret = storage.exportDeviceSecret();
  withFirst = copyOf(created);
  await commit(withFirst, first);
});

async function commit(files: SimFileSystem, contents: Contents): Promise<void> {
  const { deps, storage } = await open(files);
  await commitContents(storage, deps, MapCatalog.rebuilt(storage), contents);
}

function cycle(name: string, before: SimFileSystem, certain: readonly Contents[], contents: Contents): Workload {
  return {
    name,
    before,
    promisedBefore: { certain, pending: contents },
    async run(files, progress) {
      await commit(files, contents);
      progress.promised = { certain: [...certain, contents], pending: undefined };
    },
  };
}

const none: readonly Violation[] = [];
const judge = (found: SimFileSystem, promised: Promised) => holdToPromise(found, promised, secret);
const randomSeeds = Number(process.env['STRATA_CRASH_SEEDS'] ?? 6);

describe('when the power goes out at any operation', () => {
  it('of a creation, the storage is there and opens, or can be created again', async () => {
    const workload: Workload = {
      name: 'create',
      before: empty,
      promisedBefore: { certain: [], pending: undefined },
      async run(files, progress) {
        const deps = afterBoot(files);
        await createStorage(targetOn(files, deps), testStorage, deps);
        progress.promised = { certain: [{}], pending: undefined };
      },
    };
    // Each state costs two passwords, so there are fewer of them.
    const variants: CrashVariant[] = [{ kind: 'lost' }, { kind: 'names-first' }, { kind: 'random', seed: 1 }];
    const { states, violations } = await crashEverywhere(workload, variants, (found, { certain }) =>
      holdCreationToPromise(found, certain.length > 0),
    );
    expect(violations).toEqual(none);
    expect(states).toBeGreaterThan(100);
  });

  it('of the first cycle, nothing half is there, and it works on', async () => {
    const { states, violations } = await crashEverywhere(cycle('first', created, [], first), allVariants(randomSeeds), judge);
    expect(violations).toEqual(none);
    expect(states).toBeGreaterThan(400);
  });

  it('of a later cycle, all earlier commits are there, byte by byte', async () => {
    const { states, violations } = await crashEverywhere(
      cycle('second', withFirst, [first], second),
      allVariants(randomSeeds),
      judge,
    );
    expect(violations).toEqual(none);
    expect(states).toBeGreaterThan(400);
  });

  it('and again while the next cycle clears up after the first time', async () => {
    // The worst moments of the second cycle, each continued by a whole cycle that is cut off everywhere.
    const broken: SimFileSystem[] = [];
    for (const operation of [20, 40, 60]) {
      const files = copyOf(withFirst);
      let count = 0;
      files.onOperation(() => {
        if (++count >= operation) throw new Error('off');
      });
      await commit(files, second).catch(() => undefined);
      files.onOperation(undefined);
      broken.push(files.afterCrash({ kind: 'random', seed: operation }));
    }
    for (const before of broken) {
      const { storage } = await open(copyOf(before));
      const certain = storage.head()?.sequence === 2 ? [first, second] : [first];
      const workload = cycle('third', before, certain, { h: someBytes(5000, 9) });
      const { violations } = await crashEverywhere(workload, allVariants(1), judge);
      expect(violations).toEqual(none);
    }
  });
});

describe('the harness', () => {
  it.each(['sync', 'syncDirectory'] as const)('notices a disk that does not do what %s says', async (pretend) => {
    const workload = cycle('second', withFirst, [first], second);
    const { violations } = await crashEverywhere(workload, [{ kind: 'lost' }, { kind: 'names-first' }], judge, pretend);
    expect(violations.length).toBeGreaterThan(0);
  });
});
