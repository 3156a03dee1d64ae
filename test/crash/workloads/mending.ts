import { MapCatalog, someBytes } from '../../kit/storage-world.ts';
import { holdToPromise, type Promised, recoverByNextCycle } from '../kept-promise.ts';
import { commitContents, type Contents, openOn, startDisks } from '../sim-world.ts';
import type { NamedWorkload, Workload } from '../workload.ts';

const saved: readonly Contents[] = [{ a: someBytes(9000, 1) }, { b: someBytes(9000, 2, 'text') }];
const more: Contents = { c: someBytes(9000, 3) };

/** One copy of each vital file is damaged or gone. A write lock makes all of them whole, and a cycle follows. */
export const mending: NamedWorkload = {
  name: 'mending of copies',
  async make() {
    const disks = await startDisks();
    const before = await disks.with(...saved);
    const vital = [...before.files().keys()].filter((path) => !path.includes('/packs/')).sort();
    const of = (pattern: RegExp): string[] => vital.filter((path) => pattern.test(path));
    const [headers, slots, slotCopies, commits, commitCopies] = [
      of(/STORAGE/),
      of(/disk\/keys/),
      of(/copies\/keys/),
      of(/disk\/commits/),
      of(/copies\/commits/),
    ];
    const gone = [headers?.[0], slots?.[0], commits?.[0]];
    const broken = [headers?.[1], slotCopies?.[1], commitCopies?.[1]];
    for (const path of gone) before.takeAway(path ?? '');
    for (const path of broken) before.plant(path ?? '', someBytes(100, 5));
    return mend(before, disks.secret);
  },
};

function mend(before: Workload['before'], secret: string): Workload<Promised> {
  return {
    name: mending.name,
    before,
    promisedBefore: { certain: saved, pending: more },
    async run(files, progress) {
      const world = await openOn(files, secret);
      await commitContents(world, MapCatalog.rebuilt(world.storage), more);
      progress.promised = { certain: [...saved, more], pending: undefined };
    },
    judge: (found, promised) => holdToPromise(found, promised, secret),
    recover: (found) => recoverByNextCycle(found, secret),
  };
}
