import { repair } from '../../kit/repair-world.ts';
import type { SimFileSystem } from '../../kit/sim-file-system.ts';
import { MapCatalog, readBack, someBytes, testRun } from '../../kit/storage-world.ts';
import { openStorage } from '../../../src/engine/storage/index.ts';
import { afterBoot, commitContents, type Contents, copyOf, openOn, startDisks, targetOn } from '../sim-world.ts';
import type { NamedWorkload, Workload } from '../workload.ts';

const cycles: readonly Contents[] = [
  { a: someBytes(300, 1, 'text') },
  { b: someBytes(9000, 2) },
  { c: someBytes(9000, 3) },
  { d: someBytes(500, 4) },
];
const items: Contents = Object.assign({}, ...cycles) as Contents;

type Known = { readonly sequence: number; readonly id: string };

/** No copy of STORAGE is left, of one commit in the middle both are damaged, of the newest both are gone; a plain copy has them. */
export const bringingBack: NamedWorkload = {
  name: 'commits from a copy',
  async make() {
    const disks = await startDisks();
    const before = await disks.with(...cycles);
    const twin = copyOf(before);
    const known = (await openOn(twin, disks.secret)).storage.head();
    const filesOf = (sequence: number): string[] =>
      [...before.files().keys()].filter((path) => path.includes(`/commits/000000000${sequence}`));
    for (const path of filesOf(2)) before.plant(path, someBytes(200, 6));
    for (const path of filesOf(cycles.length)) before.takeAway(path);
    before.takeAway('/disk/STORAGE');
    before.plant('/disk/STORAGE.1', someBytes(80, 8));
    before.plant('/disk/STORAGE.2', new Uint8Array(0));
    return bringBack(before, twin, known as Known, disks.secret);
  },
};

function bringBack(before: SimFileSystem, twin: SimFileSystem, known: Known, secret: string): Workload<undefined> {
  const mend = async (files: SimFileSystem): Promise<void> => {
    const deps = afterBoot(files);
    const copy = targetOn(copyOf(twin), deps);
    const storage = await openStorage(targetOn(files, deps), { by: 'device', secret }, deps, copy);
    await repair(storage, deps, { known: known as never, help: { twins: [copy] } });
  };
  return {
    name: bringingBack.name,
    before: copyOf(before),
    promisedBefore: undefined,
    run: mend,
    async judge(found) {
      await mend(found);
      const world = await openOn(found, secret);
      if (world.storage.head()?.id !== known.id) throw new Error('the newest commit is another one');
      const report = await world.storage.check('all', () => [], testRun(world.deps));
      if (report.findings.length > 0) throw new Error(`a check found ${JSON.stringify(report.findings[0])}`);
      const catalog = MapCatalog.rebuilt(world.storage);
      for (const [name, bytes] of Object.entries(items)) {
        if (Buffer.compare(await readBack(world.storage, catalog, name), bytes) !== 0) throw new Error(`wrong bytes of ${name}`);
      }
      await commitContents(world, catalog, { more: someBytes(700, 7) });
    },
    recover: mend,
  };
}
