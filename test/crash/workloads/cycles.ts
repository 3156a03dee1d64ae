import { setImmediate as turn } from 'node:timers/promises';
import { MapCatalog, someBytes } from '../../kit/storage-world.ts';
import type { SimFileSystem } from '../../kit/sim-file-system.ts';
import { holdToPromise, type Promised, recoverByNextCycle } from '../kept-promise.ts';
import { commitContents, type Contents, openOn, startDisks } from '../sim-world.ts';
import type { NamedWorkload, Workload } from '../workload.ts';

const text = (length: number, seed: number): Uint8Array => someBytes(length, seed, 'text');
const noise = (length: number, seed: number): Uint8Array => someBytes(length, seed);

const first: Contents = { a: text(3000, 1), b: noise(30_000, 2), c: noise(60_000, 3), d: new Uint8Array(0) };
/** Some of it is there already. */
const second: Contents = { e: noise(30_000, 2), f: noise(20_000, 4), g: text(9000, 5) };
const same: Contents = Object.fromEntries(
  Object.keys({ ...first }).map((name) => [`${name}2`, first[name] ?? new Uint8Array(0)]),
);
const repeated: Contents = Object.fromEntries([...'hijklmno'].map((name, index) => [name, noise(12_000, 20 + (index % 3))]));

async function manyTurns(): Promise<void> {
  for (let turns = 0; turns < 30; turns++) await turn();
}

/** One cycle, on a disk that holds some already. */
export function cycle(
  name: string,
  before: SimFileSystem,
  certain: readonly Contents[],
  contents: Contents,
  secret: string,
): Workload<Promised> {
  return {
    name,
    before,
    promisedBefore: { certain, pending: contents },
    async run(files, progress) {
      const world = await openOn(files, secret);
      await commitContents(world, MapCatalog.rebuilt(world.storage), contents);
      progress.promised = { certain: [...certain, contents], pending: undefined };
    },
    judge: (found, promised) => holdToPromise(found, promised, secret),
    recover: (found) => recoverByNextCycle(found, secret),
  };
}

/** The same on a disk that has something about it. */
function on(
  change: (files: SimFileSystem) => void,
  name: string,
  certain: readonly Contents[],
  contents: Contents,
  wait?: 'ten minutes',
): NamedWorkload {
  return {
    name,
    async make() {
      const disks = await startDisks();
      const before = await disks.with(...certain);
      change(before);
      const workload = cycle(name, before, certain, contents, disks.secret);
      return {
        ...workload,
        judge: (found: SimFileSystem, promised: Promised) => holdToPromise(found, promised, disks.secret, wait),
      };
    },
  };
}

function cycleAfter(name: string, certain: readonly Contents[], contents: Contents): NamedWorkload {
  return {
    name,
    async make() {
      const disks = await startDisks();
      return cycle(name, await disks.with(...certain), certain, contents, disks.secret);
    },
  };
}

export const cycles: readonly NamedWorkload[] = [
  cycleAfter('first cycle', [], first),
  cycleAfter('later cycle', [first], second),
  cycleAfter('cycle without a change', [first], {}),
  cycleAfter('cycle of what is there already', [first], same),
  cycleAfter('cycle of many copies', [second], repeated),
  on((files) => files.refuseLinks(), 'later cycle without hard links', [first], second, 'ten minutes'),
  on((files) => files.onBackground(manyTurns), 'later cycle, far behind', [first], second),
  cycleAfter('huge item', [second], { huge: noise(400_000, 30) }),
];
