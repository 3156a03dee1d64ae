import { crashEverywhere } from '../../crash-everywhere.ts';
import { wholeWorld } from '../../damage/damaged-world.ts';
import { damageEverything } from '../../damage/matrix.ts';
import { pairEverything } from '../../damage/pairings.ts';
import { sweepErrors } from '../../sweep-errors.ts';
import type { Workload } from '../../workload.ts';
import { workloads } from '../../workloads/index.ts';
import type { Step, TrialName } from '../step.ts';
import { tryBadMemory } from './bad-memory.ts';
import { tryChangingFile } from './changing-file.ts';
import { tryForgedRecord } from './forged-record.ts';
import { tryForkedCommit } from './forked-commit.ts';
import { tryGrownPack } from './grown-pack.ts';
import { tryHandedOver } from './handed-over.ts';
import { tryHurriedEmptying } from './hurried-emptying.ts';
import { tryLivingSource } from './living-source.ts';
import { tryLostPack } from './lost-pack.ts';
import { tryLyingDisk } from './lying-disk.ts';
import { tryOtherOrigin } from './other-origin.ts';
import { tryRottenSlot } from './rotten-slot.ts';
import { tryRottenWrite } from './rotten-write.ts';
import { tryTakenName } from './taken-name.ts';
import { tryTwoAtOnce } from './two-at-once.ts';
import { tryWrongCatalog } from './wrong-catalog.ts';

/** Undefined: all was as promised. Else what was not. */
type Trial = (step: Pick<Step, 'workload'>) => Promise<string | undefined>;

const trials: Readonly<Record<TrialName, Trial>> = {
  async crash(step) {
    const { violations } = await crashEverywhere(await workloadOf(step), {
      variants: [{ kind: 'lost' }, { kind: 'names-first' }, { kind: 'zeros' }, { kind: 'random', seed: 1 }],
      isHasty: true,
    });
    const [first] = violations;
    return first && `${first.variant.kind} before operation ${first.operation}: ${first.what}`;
  },
  async 'disk errors'(step) {
    return (await sweepErrors(await workloadOf(step), 0.1, 1, true)).violations[0];
  },
  async damage() {
    return (await damageEverything(await wholeWorld(), { positions: 1, share: 0.2, seed: 1, isHasty: true })).violations[0];
  },
  async pairings() {
    return (await pairEverything(await wholeWorld(), { share: 0.5, seed: 1, isHasty: true })).violations[0];
  },
  'bad memory': tryBadMemory,
  'lying disk': async (step) => tryLyingDisk(await workloadOf(step)),
  'rotten write': async (step) => tryRottenWrite(await workloadOf(step)),
  'two at once': tryTwoAtOnce,
  'changing file': tryChangingFile,
  'wrong catalog': tryWrongCatalog,
  'lost pack': tryLostPack,
  'taken name': tryTakenName,
  'handed over': tryHandedOver,
  'hurried emptying': tryHurriedEmptying,
  'living source': tryLivingSource,
  'other origin': tryOtherOrigin,
  'rotten slot': tryRottenSlot,
  'forged record': tryForgedRecord,
  'grown pack': tryGrownPack,
  'forked commit': tryForkedCommit,
};

/** What a trial finds: a promise that was not kept, or that nothing works at all. */
export async function tried(step: Pick<Step, 'trial' | 'workload'>): Promise<string | undefined> {
  try {
    return await trials[step.trial](step);
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

async function workloadOf({ workload }: Pick<Step, 'workload'>): Promise<Workload> {
  const named = workloads.find(({ name }) => name === workload);
  if (named === undefined) throw new Error(`no workload ${workload ?? ''}`);
  return named.make();
}
