// Commits one cycle after the other, waiting for its turn, on a clock that runs faster and is set wrong by chance.
// Says `committed <sequence> <id>` when it did, and `fenced` when it lost its lock.
//   node test/crash/lock-child.ts <folder> <device secret> <sees|blind> <seed> <how many times faster>
import { isStrataError } from '../../src/shared/domain/strata-error.ts';
import { NodeFileSystem } from '../../src/engine/kernel/node-file-system.ts';
import { silentLog } from '../../src/engine/kernel/log.ts';
import { systemClock } from '../../src/engine/kernel/system-clock.ts';
import { systemMachine } from '../../src/engine/kernel/system-machine.ts';
import { systemRandom } from '../../src/engine/kernel/system-random.ts';
import { openStorage } from '../../src/engine/storage/index.ts';
import { describeContent } from '../../src/engine/sources/describe-content.ts';
import { openLocalTarget } from '../../src/engine/targets/local/index.ts';
import { seededRandom } from '../kit/seeded-random.ts';
import { draftOf, MapCatalog, smallSizes, someBytes, storeBytes, testRun } from '../kit/storage-world.ts';

const [folder = '', secret = '', sight = '', seed = '', faster = ''] = process.argv.slice(2);
const rate = Number(faster);
const chance = seededRandom(Number(seed));
const files = new NodeFileSystem();

let wallOffsetMs = 0;
const clock = {
  nowMs: () => Math.floor(systemClock.nowMs() + wallOffsetMs),
  monotonicMs: () => systemClock.monotonicMs() * rate,
  sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(ms / rate, signal),
  every: (ms: number, action: () => void) => systemClock.every(ms / rate, action),
  advance: () => Promise.resolve(),
  setWall: () => undefined,
};
const machine = systemMachine(files, folder, systemRandom);
const storage = await openStorage(
  openLocalTarget(files, `${folder}/storage`, systemRandom),
  { by: 'device', secret },
  {
    clock,
    random: systemRandom,
    // Who is blind cannot tell whether another process is alive, as on another computer.
    machine: { ...machine, bootId: sight === 'sees' ? machine.bootId : '' },
    log: silentLog,
    files,
    describe: describeContent,
    appVersion: '0.0.0-test',
    sizes: smallSizes,
  },
);

/** Between a year back and a year on: nobody may believe a wall clock. */
const jump = (): void => void (wallOffsetMs += (chance.below(3) - 1) * chance.below(365 * 86_400_000));

async function cycle(number: number): Promise<string> {
  const mode = chance.below(4) === 0 ? 'exclusive' : 'write';
  const lock = await storage.lockWhenFree('backup', mode, testRun({ clock }));
  try {
    const basis = storage.head()?.id ?? null;
    const writer = storage.writer(lock, new MapCatalog());
    try {
      for (let item = 0; item < 3; item++) {
        await storeBytes(writer, `${process.pid}-${number}-${item}`, someBytes(3000, chance.below(1_000_000)));
        await clock.sleep(chance.below(60_000));
        if (chance.below(4) === 0) jump();
      }
      const { commit } = await writer.commit(draftOf({ clock }), testRun({ clock }));
      if (commit.previous !== basis) throw new Error('committed on a state that it had not seen');
      return `committed ${commit.sequence} ${commit.id}`;
    } finally {
      writer.abandon();
    }
  } finally {
    lock.release();
  }
}

for (let number = 0; ; number++) {
  try {
    process.stdout.write(`${await cycle(number)}\n`);
  } catch (error) {
    if (!isStrataError(error) || error.code !== 'storage.lock-lost') throw error;
    process.stdout.write('fenced\n');
  }
}
