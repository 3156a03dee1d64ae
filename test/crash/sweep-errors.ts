import { setImmediate as turn } from 'node:timers/promises';
import { isStrataError } from '../../src/shared/domain/strata-error.ts';
import { ShortWrite, type SimFileSystem, type SimOperation } from '../kit/sim-file-system.ts';
import { seededRandom } from '../kit/seeded-random.ts';
import { told as inWords } from './crash-everywhere.ts';
import { withoutReboot } from './sim-world.ts';
import type { Workload } from './workload.ts';

/** What the disk says, and by which codes a person may be told. Reading knows fewer ways to fail. */
export const faults = [
  { name: 'EIO', codes: ['path.io'], reads: true },
  { name: 'ENOSPC', codes: ['disk.full'], reads: false },
  { name: 'EDQUOT', codes: ['disk.full'], reads: false },
  { name: 'EROFS', codes: ['path.read-only'], reads: false },
  { name: 'EACCES', codes: ['path.denied'], reads: true },
  { name: 'ENODEV', codes: ['path.io'], reads: true },
  { name: 'EMFILE', codes: ['path.io'], reads: true },
  { name: 'short write', codes: ['disk.full'], reads: false },
  { name: 'ESTALE', codes: ['path.io', 'path.missing'], reads: true },
  { name: 'ETIMEDOUT', codes: ['path.io'], reads: true },
] as const;

type Fault = (typeof faults)[number];

/**
 * What may be told beside: a lock that cannot be read any more may be lost, and a record that the disk does not give is damaged
 * as far as anybody can see, and then nothing is removed.
 */
const alsoCodes = ['storage.lock-lost', 'storage.record-damaged', 'storage.damaged', 'storage.needs-repair', 'path.missing'];
interface Case {
  readonly fault: Fault;
  readonly how: 'once' | 'sticky';
  readonly at: 'change' | 'reading';
  readonly number: number;
}

export interface SweepTally {
  readonly cases: number;
  /** In so many of them the workload failed, by a name. In the others it did without. */
  readonly told: number;
  readonly violations: readonly string[];
}

/** Every fault at every operation, once and from then on; or a share of these cases, chosen by the seed. */
export async function sweepErrors(workload: Workload, share: number, seed: number, isHasty = false): Promise<SweepTally> {
  const random = seededRandom(seed);
  const violations: string[] = [];
  let cases = 0;
  let told = 0;
  for (const one of await casesOf(workload)) {
    if (isHasty && violations.length > 0) break;
    if (share < 1 && random.below(1_000_000) >= share * 1_000_000) continue;
    cases += 1;
    try {
      if (await isTold(workload, one)) told += 1;
    } catch (error) {
      violations.push(`${one.fault.name} ${one.how} at ${one.at} ${one.number}: ${inWords(error)}`);
    }
  }
  return { cases, told, violations };
}

async function casesOf(workload: Workload): Promise<Case[]> {
  const files = workload.before.copy();
  const counted = { change: 0, reading: 0 };
  files.onOperation(() => void counted.change++);
  files.onReading(() => void counted.reading++);
  await workload.run(files, { promised: workload.promisedBefore });
  return faults.flatMap((fault) =>
    (['once', 'sticky'] as const).flatMap((how) =>
      (['change', ...(fault.reads ? (['reading'] as const) : [])] as const).flatMap((at) =>
        Array.from({ length: counted[at] }, (_, index) => ({ fault, how, at, number: index + 1 })),
      ),
    ),
  );
}

/** Runs the workload with the fault, and demands what must hold afterwards. */
async function isTold(workload: Workload, one: Case): Promise<boolean> {
  const files = workload.before.copy();
  const progress = { promised: workload.promisedBefore };
  const neverAgain = inject(files, one);
  let failure: unknown;
  // The same process goes on afterwards: it did not die, so its locks must not be in its way.
  return withoutReboot(async () => {
    try {
      await workload.run(files, progress);
    } catch (error) {
      failure = error;
    }
    files.onOperation(undefined);
    files.onReading(undefined);
    neverAgain();
    await requireClosed(files);
    if (failure !== undefined) requireName(failure, [...one.fault.codes, ...(workload.itemCodes ?? [])]);
    // Who was told that all is well is not to lose it in the next moment.
    if (failure === undefined) await workload.judge(files.afterCrash({ kind: 'names-first' }), progress.promised);
    await workload.judge(files, progress.promised);
    return failure !== undefined;
  });
}

/** What goes on in the background may end first. */
async function requireClosed(files: SimFileSystem): Promise<void> {
  for (let turns = 0; files.begun > 0 && turns < 300; turns++) await turn();
  if (files.begun > 0) throw new Error(`${files.begun} files that were begun stay open`);
}

function requireName(failure: unknown, codes: readonly string[]): void {
  if (!isStrataError(failure)) throw failure;
  if (![...codes, ...alsoCodes].includes(failure.code)) throw new Error(`told as ${failure.code}`, { cause: failure });
}

/** Returns what throws when a file was synced again after its sync had failed. */
function inject(files: SimFileSystem, { fault, how, at, number }: Case): () => void {
  let count = 0;
  const failedSyncs = new Set<string>();
  const syncedAgain: string[] = [];
  const isDue = (): boolean => (how === 'once' ? ++count === number : ++count >= number);
  const fail = (operation?: SimOperation): void => {
    const isSync = operation?.kind === 'sync';
    if (isSync && failedSyncs.has(operation.path)) syncedAgain.push(operation.path);
    if (!isDue()) return;
    if (isSync) failedSyncs.add(operation.path);
    if (fault.name === 'short write') throw new ShortWrite('made up');
    throw Object.assign(new Error(`${fault.name}: made up`), { code: fault.name });
  };
  if (at === 'change') files.onOperation(fail);
  else files.onReading(() => fail());
  return () => {
    if (syncedAgain.length > 0) throw new Error(`synced again after it failed: ${syncedAgain[0] ?? ''}`);
  };
}
