import { beforeAll, describe, expect, it } from 'vitest';
import type { CommitId } from '../../src/shared/domain/ids.ts';
import { isStrataError } from '../../src/shared/domain/strata-error.ts';
import { openStorage, type Storage, type StorageLock } from '../../src/engine/storage/index.ts';
import type { FileSystem } from '../../src/engine/kernel/file-system.ts';
import { openLocalTarget } from '../../src/engine/targets/local/index.ts';
import { fakeClock, type JumpingClock } from '../kit/fake-clock.ts';
import { seededRandom } from '../kit/seeded-random.ts';
import type { SimFileSystem } from '../kit/sim-file-system.ts';
import { draftOf, storeBytes, testDeps, testMachine, testRun } from '../kit/storage-world.ts';
import { Process } from './interleaving.ts';
import { noteProof } from './proof-notes.ts';
import { copyOf, openOn, startDisks } from './sim-world.ts';
import { inTier, seed } from './tier.ts';

const randomSchedules = inTier({ quick: 60, full: 5000 });
/** Switches at every so many operations of each process; 1 is every schedule of two switches. */
const stride = inTier({ quick: 17, full: 1 });

let before: SimFileSystem;
let secret: string;

beforeAll(async () => {
  const disks = await startDisks();
  secret = disks.secret;
  before = await disks.with({ first: new TextEncoder().encode('first') });
});

interface Committed {
  readonly who: number;
  readonly sequence: number;
  readonly id: CommitId;
  readonly previous: CommitId | null;
  /** The newest commit as it was when the lock was taken. */
  readonly basis: CommitId | null;
}

type Mode = 'write' | 'exclusive';

/** Takes the lock, and with it whatever it finds dead after ten minutes of its own; lets its heart beat; commits. */
async function work(files: FileSystem, who: number, mode: Mode, ready: () => void): Promise<Committed> {
  // Of one installation, on a system that does not say whether a process is alive.
  const machine = testMachine({ bootId: '', pid: 100 + who });
  const clock = fakeClock();
  const deps = { ...testDeps(files, { random: seededRandom(1000 + who), machine }), clock };
  const storage = await openStorage(openLocalTarget(files, '/disk', deps.random), { by: 'device', secret }, deps);
  ready();
  const lock = lockOrTakeOver(storage, clock, mode);
  try {
    const basis = storage.head()?.id ?? null;
    const writer = storage.writer(lock, { locate: () => undefined, applied: () => ({ id: basis }) });
    try {
      await storeBytes(writer, `item ${who}`, new TextEncoder().encode(`of ${who}`));
      await clock.advance(60_000);
      const { commit } = await writer.commit(draftOf(deps), testRun(deps));
      return { who, basis, sequence: commit.sequence, id: commit.id, previous: commit.previous };
    } finally {
      writer.abandon();
    }
  } finally {
    lock.release();
  }
}

/** What holds it is not seen to move for ten minutes: where the schedule has put it aside, it did not. */
function lockOrTakeOver(storage: Storage, clock: JumpingClock, mode: Mode): StorageLock {
  try {
    return storage.lock('backup', mode);
  } catch (error) {
    if (!isStrataError(error) || error.code !== 'storage.locked') throw error;
    clock.jump(600_000, 600_000);
    return storage.lock('backup', mode);
  }
}

class World {
  readonly disk = copyOf(before);
  readonly committed = new Map<number, Committed>();
  readonly readyAt = new Map<number, number>();
  readonly processes: Process[];

  constructor(modes: readonly Mode[]) {
    this.processes = modes.map((mode, who): Process => {
      const process: Process = new Process(this.disk, async (files) => {
        const done = await work(files, who, mode, () => this.readyAt.set(who, this.readyAt.get(who) ?? process.begun));
        this.committed.set(who, done);
      });
      return process;
    });
  }

  async goOn(who: number, operations: Parameters<Process['goOn']>[0]): Promise<void> {
    await this.processes[who]?.goOn(operations);
  }

  async finish(): Promise<void> {
    for (const process of this.processes) await process.goOn(Number.POSITIVE_INFINITY);
  }

  /** What must be true however they took turns. */
  async judge(): Promise<void> {
    for (const { failure } of this.processes) {
      if (failure === undefined) continue;
      if (!isStrataError(failure)) throw failure as Error;
      expect(['storage.locked', 'storage.lock-lost']).toContain(failure.code);
    }
    const { storage } = await openOn(this.disk, secret);
    const chain = [...storage.commits(1)];
    const said = [...this.committed.values()].sort((a, b) => a.sequence - b.sequence);
    const wasKilled = this.processes.filter(({ hasEnded }) => !hasEnded).length;
    // Who was killed may have committed and not said so. What was said is there, in that order.
    expect(chain.length - said.length).toBeLessThanOrEqual(wasKilled);
    expect(chain.map(({ id }) => id).filter((id) => said.some((one) => one.id === id))).toEqual(said.map(({ id }) => id));
    // Nobody committed what he had compared with a state that was no more.
    for (const { previous, basis } of said) expect(previous).toBe(basis);
  }
}

async function operationsOf(mode: Mode): Promise<{ readonly ready: number; readonly all: number }> {
  const world = new World([mode]);
  await world.finish();
  return { ready: world.readyAt.get(0) ?? 0, all: world.processes[0]?.operations ?? 0 };
}

describe('two programs that come at the same time', () => {
  const pairs: readonly (readonly [Mode, Mode])[] = [
    ['write', 'write'],
    ['write', 'exclusive'],
    ['exclusive', 'exclusive'],
  ];

  it.each(pairs)(
    '%s and %s never both commit on the same state, wherever each of them is interrupted',
    async (one, other) => {
      const [first, second] = [await operationsOf(one), await operationsOf(other)];
      let schedules = 0;
      let commits = 0;
      for (let at = first.ready; at <= first.all; at += stride) {
        for (let then = second.ready; then <= second.all; then += stride) {
          const world = new World([one, other]);
          await world.goOn(0, at);
          await world.goOn(1, then);
          await world.finish();
          await world.judge().catch((error: unknown) => {
            throw new Error(`switched at ${at}, then at ${then}`, { cause: error });
          });
          schedules += 1;
          commits += world.committed.size;
        }
      }
      noteProof('locks', `${one} and ${other}, two switches`, { schedules, commits });
      expect(commits).toBeGreaterThan(0);
      expect(commits).toBeLessThan(2 * schedules);
    },
    3_600_000,
  );
});

it('a commit that becomes true while its lock is taken over stays', async () => {
  const world = new World(['write', 'write']);
  // Stopped with its name in hand; when the other one has looked for the newest commit, it goes on.
  await world.goOn(0, (call) => /^link .*copies\/commits/.test(call));
  await world.goOn(1, () => world.readyAt.has(1));
  await world.goOn(1, (call) => /^list .*\/commits$/.test(call));
  await world.finish();
  await world.judge();
  expect(world.committed.size).toBe(2);
});

it('who looked at the state before a late commit became true does not commit upon that one, however long before', async () => {
  const until = async (operations: number): Promise<World> => {
    const world = new World(['write', 'write']);
    // Stopped with its name in hand: the other one takes the lock over, and is stopped, too.
    await world.goOn(0, (call) => /^link .*copies\/commits/.test(call));
    await world.goOn(1, () => world.readyAt.has(1));
    await world.goOn(1, operations);
    await world.finish();
    await world.judge();
    return world;
  };
  const all = (await operationsOf('write')).all;
  let lost = 0;
  for (let operations = 0; operations < all; operations += 1) {
    const { processes } = await until(operations);
    if (isStrataError(processes[1]?.failure) && processes[1].failure.code === 'storage.lock-lost') lost += 1;
  }
  expect(lost).toBeGreaterThan(0);
});

it('who loses its lock before it clears what is unfinished takes nothing from the one who took the lock over', async () => {
  const world = new World(['write', 'write']);
  await world.goOn(0, (call) => /^list .*\/tmp$/.test(call));
  // Stopped with a whole pack that has no name yet.
  await world.goOn(1, (call) => /^link .*\/packs\//.test(call));
  await world.finish();
  await world.judge();
  expect([...world.committed.keys()]).toEqual([1]);
});

describe('three programs that come at the same time', () => {
  it(`never commit on the same state, in ${randomSchedules} orders (seed ${seed})`, async () => {
    let commits = 0;
    for (let number = 0; number < randomSchedules; number++) {
      const random = seededRandom(seed * 1_000_000 + number);
      const world = new World([0, 1, 2].map(() => (random.below(3) === 0 ? 'exclusive' : 'write')));
      const isKilled = world.processes.map(() => false);
      for (let turn = 0; turn < 12; turn++) {
        const who = random.below(3);
        // One of ten never goes on: it was killed where it stood.
        isKilled[who] ||= turn > 2 && random.below(10) === 0;
        if (isKilled[who] !== true) await world.goOn(who, 1 + random.below(random.below(2) === 0 ? 8 : 80));
      }
      for (const [who, killed] of isKilled.entries()) if (!killed) await world.goOn(who, Number.POSITIVE_INFINITY);
      await world.judge().catch((error: unknown) => {
        throw new Error(`order ${number}`, { cause: error });
      });
      commits += world.committed.size;
    }
    noteProof('locks', 'three at once, by chance', { schedules: randomSchedules, commits });
    expect(commits).toBeGreaterThan(randomSchedules / 2);
  }, 3_600_000);
});
