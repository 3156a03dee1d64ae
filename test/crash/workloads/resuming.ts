import { cutPowerAt, PowerCut } from '../../kit/sim-file-system.ts';
import { MapCatalog, someBytes } from '../../kit/storage-world.ts';
import { holdToPromise, type Promised, recoverByNextCycle } from '../kept-promise.ts';
import { commitContents, type Contents, copyOf, openOn, startDisks } from '../sim-world.ts';
import type { NamedWorkload, Workload } from '../workload.ts';

const saved: Contents = { a: someBytes(20_000, 1), b: someBytes(9000, 2, 'text') };
const lost: Contents = { c: someBytes(40_000, 3) };
const checkpoint: Contents = { ...lost, d: someBytes(9000, 4, 'text') };
const rest: Contents = { e: someBytes(30_000, 5), f: someBytes(20_000, 1) };

/** A run was killed after a checkpoint, in the middle of a pack: its lock and its leftovers lie there. The next one goes on to its end. */
export const resuming: NamedWorkload = {
  name: 'resume of a killed run',
  async make() {
    const disks = await startDisks();
    const before = await disks.with(saved);
    const world = await openOn(before, disks.secret);
    await commitContents(world, MapCatalog.rebuilt(world.storage), checkpoint, 'checkpoint');
    const power = cutPowerAt(before, 8);
    await commitContents(world, MapCatalog.rebuilt(world.storage), { x: someBytes(50_000, 9) }).catch(unlessPowerCut);
    if (!power.isCut) throw new Error('the run was to be killed');
    before.onOperation(undefined);
    return resume(copyOf(before), disks.secret);
  },
};

function resume(before: Workload['before'], secret: string): Workload<Promised> {
  const certain = [saved, checkpoint];
  return {
    name: resuming.name,
    before,
    promisedBefore: { certain, pending: rest },
    async run(files, progress) {
      const world = await openOn(files, secret);
      await commitContents(world, MapCatalog.rebuilt(world.storage), rest);
      progress.promised = { certain: [...certain, rest], pending: undefined };
    },
    judge: (found, promised) => holdToPromise(found, promised, secret),
    recover: (found) => recoverByNextCycle(found, secret),
  };
}

export function unlessPowerCut(error: unknown): void {
  if (!(error instanceof PowerCut)) throw error;
}
