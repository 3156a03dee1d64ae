import { repair } from '../../kit/repair-world.ts';
import type { SimFileSystem } from '../../kit/sim-file-system.ts';
import { MapCatalog, readBack, someBytes, testRun } from '../../kit/storage-world.ts';
import { commitContents, type Contents, copyOf, openOn, type OpenedWorld, startDisks, targetOn } from '../sim-world.ts';
import type { NamedWorkload, Workload } from '../workload.ts';

const cycles: readonly Contents[] = [
  { a: someBytes(300, 1, 'text'), b: someBytes(9000, 2) },
  { c: someBytes(9000, 3), d: someBytes(300, 4, 'text') },
  { e: someBytes(500, 5) },
];
const items: Contents = Object.assign({}, ...cycles) as Contents;

const badCopy = '/disk/STORAGE.1';
const badBytes = someBytes(100, 5);

/** Of these, all bytes are there: they never go away. */
type Had = readonly string[];

/** A bad record, a pack without its end, a pack that is gone, and bad copies of vital files. */
export const repairing: NamedWorkload = {
  name: 'repair',
  async make() {
    const disks = await startDisks();
    const before = await disks.with(...cycles);
    const world = await openOn(before, disks.secret);
    const memory = MapCatalog.rebuilt(world.storage);
    damage(before, memory);
    const { storage } = await openOn(before, disks.secret);
    const had = await readable(storage, MapCatalog.rebuilt(storage));
    if (had.length < 2 || had.length > 4) throw new Error(`${had.join()} can be read`);
    return repairOf(before, had, memory, disks.secret);
  },
};

function damage(disk: SimFileSystem, memory: MapCatalog): void {
  const packs = [...disk.files().keys()].filter((path) => path.includes('/packs/'));
  const packOf = (name: string): string => {
    const chunk = memory.manifests.find((manifest) => manifest.name === name)?.contents[0]?.chunks[0];
    const pack = chunk === undefined ? undefined : memory.locate(chunk)?.pack;
    return packs.find((path) => pack !== undefined && path.includes(pack)) ?? '';
  };
  const change = (path: string, at: number, length: number): void =>
    disk.plant(path, (disk.files().get(path) ?? new Uint8Array(0)).slice().fill(0, at, at + length));
  change(packOf('b'), 150, 8);
  const end = packOf('c');
  change(end, (disk.files().get(end)?.length ?? 0) - 96, 96);
  disk.takeAway(packOf('e'));
  disk.takeAway('/disk/copies/commits/0000000002.commit');
  disk.plant(badCopy, badBytes);
}

function repairOf(before: SimFileSystem, had: Had, memory: MapCatalog, secret: string): Workload<Had> {
  const mend = async (files: SimFileSystem): Promise<void> => {
    const { storage, deps } = await openOn(files, secret);
    await repair(storage, deps, { catalog: memory });
  };
  return {
    name: repairing.name,
    before: copyOf(before),
    promisedBefore: had,
    run: mend,
    judge: (found, promised) => requireHealing(found, promised, memory, secret),
    recover: mend,
  };
}

/** What can be had stays so; a repair ends what one began, and does nothing once more; the next cycle brings the rest. */
async function requireHealing(found: SimFileSystem, had: Had, memory: MapCatalog, secret: string): Promise<void> {
  requireAside(found);
  const world = await openOn(found, secret);
  await requireItems(world, had);
  await repair(world.storage, world.deps, { catalog: memory });
  await requireItems(world, had);
  const { aside } = await repair(world.storage, world.deps, { catalog: memory });
  if (aside !== null) throw new Error('a second repair did something');
  await commitContents(world, MapCatalog.rebuilt(world.storage), items);
  const healed = await openOn(found, secret);
  await requireItems(healed, Object.keys(items));
  const report = await healed.storage.check('all', () => [], testRun(healed.deps));
  if (report.findings.length > 0) throw new Error(`a check found ${JSON.stringify(report.findings[0])}`);
  if (targetOn(found, healed.deps).list('tmp').length > 0) throw new Error('something is left in tmp');
}

/** What is mended was copied as it was. */
function requireAside(found: SimFileSystem): void {
  const files = found.files();
  const isBad = Buffer.compare(files.get(badCopy) ?? badBytes, badBytes) === 0;
  if (!isBad && ![...files.keys()].some((path) => path.endsWith('.tar'))) throw new Error('nothing was copied aside');
}

async function requireItems({ storage }: OpenedWorld, names: readonly string[]): Promise<void> {
  const there = await readable(storage, MapCatalog.rebuilt(storage));
  const gone = names.filter((name) => !there.includes(name));
  if (gone.length > 0) throw new Error(`${gone.join()} cannot be had`);
}

/** Wrong bytes end it. */
async function readable(storage: OpenedWorld['storage'], catalog: MapCatalog): Promise<string[]> {
  const had: string[] = [];
  for (const [name, bytes] of Object.entries(items)) {
    const read = await readBack(storage, catalog, name).catch(() => undefined);
    if (read !== undefined && Buffer.compare(read, bytes) !== 0) throw new Error(`wrong bytes of ${name}`);
    if (read !== undefined) had.push(name);
  }
  return had;
}
