import { type ArchiveChoice, takesItem, wholeArchive } from '../../../src/shared/domain/archive.ts';
import type { ItemKind } from '../../../src/shared/domain/item.ts';
import { createStorage, openStorage } from '../../../src/engine/storage/index.ts';
import { type MirrorSide, runMirror } from '../../../src/engine/maintenance/index.ts';
import { openLocalTarget } from '../../../src/engine/targets/local/index.ts';
import type { SimFileSystem } from '../../kit/sim-file-system.ts';
import { MapCatalog, readBack, someBytes, type TestDeps, testRun, testStorage } from '../../kit/storage-world.ts';
import { afterBoot, commitContents, type Contents, copyOf, openOn, startDisks } from '../sim-world.ts';
import type { NamedWorkload, Workload } from '../workload.ts';

const first: Contents = { a: someBytes(3000, 1, 'text'), b: someBytes(12_000, 2), c: someBytes(20_000, 3), d: new Uint8Array(0) };
const second: Contents = { e: someBytes(12_000, 2), f: someBytes(9000, 5, 'text') };
const third: Contents = { g: someBytes(12_000, 6), h: someBytes(3000, 1, 'text') };

/** Each cycle has both. */
const kindOf = (name: string): ItemKind => ('aceg'.includes(name) ? 'contact' : 'message');

/** How many commits the mirror certainly holds. */
interface Mirrored {
  readonly certain: number;
}

interface Pair {
  readonly origin: MirrorSide & { readonly catalog: MapCatalog };
  readonly mirror: MirrorSide & { readonly catalog: MapCatalog };
  readonly deps: TestDeps;
}

/** The origin lies at `/origin`, and the mirror where every storage of the harness lies. */
async function openPair(files: SimFileSystem, originSecret: string, mirrorSecret: string): Promise<Pair> {
  const deps = afterBoot(files);
  const side = async (path: string, secret: string): Promise<Pair['origin']> => {
    const storage = await openStorage(openLocalTarget(files, path, deps.random), { by: 'device', secret }, deps);
    return { storage, catalog: MapCatalog.rebuilt(storage) };
  };
  return { deps, origin: await side('/origin', originSecret), mirror: await side('/disk', mirrorSecret) };
}

async function mirrorOnce({ origin, mirror, deps }: Pair, only?: ArchiveChoice): Promise<void> {
  const lock = mirror.storage.lock('mirror', 'write');
  try {
    await runMirror({ origin, mirror, lock, only }, testRun(deps));
  } finally {
    lock.release();
  }
}

/** Every version that is taken, but for what contents are called in each storage. */
const versionsOf = (catalog: MapCatalog, only: ArchiveChoice = wholeArchive): unknown[] =>
  catalog.manifests
    .filter((manifest) => takesItem(only, manifest))
    .map((manifest) => ({
      ...manifest,
      contents: manifest.contents.map(({ part, sizeBytes }) => ({ part, sizeBytes })),
    }));

async function holdEqual(pair: Pair, contents: readonly Contents[], only?: ArchiveChoice): Promise<void> {
  const { origin, mirror, deps } = pair;
  if (mirror.catalog.commits.length !== contents.length) throw new Error(`${mirror.catalog.commits.length} commits`);
  if (JSON.stringify(versionsOf(mirror.catalog)) !== JSON.stringify(versionsOf(origin.catalog, only)))
    throw new Error('other versions');
  for (const [name, bytes] of Object.entries(Object.assign({}, ...contents) as Contents)) {
    if (only?.kinds?.some((kind) => kind === kindOf(name)) === false) continue;
    if (Buffer.compare(await readBack(mirror.storage, mirror.catalog, name), bytes) !== 0)
      throw new Error(`wrong bytes of ${name}`);
  }
  const report = await mirror.storage.check('all', () => [], testRun(deps));
  if (report.findings.length > 0) throw new Error(`a check found ${JSON.stringify(report.findings[0])}`);
}

/**
 * @param already So many of the origin's commits the mirror holds at the beginning.
 * @param only It is an archive, and takes this.
 */
async function makeMirroring(already: number, only?: ArchiveChoice): Promise<Workload<Mirrored>> {
  const disks = await startDisks();
  const before = copyOf(disks.created);
  const deps = afterBoot(before);
  const target = openLocalTarget(before, '/origin', deps.random);
  const { storage } = await createStorage(target, { ...testStorage, name: 'Origin' }, deps);
  const originSecret = storage.exportDeviceSecret();
  const cycles = [first, second, third];
  const catalog = new MapCatalog();
  for (const [index, contents] of cycles.entries()) {
    await commitContents({ storage, deps }, catalog, contents, index === 1 ? 'checkpoint' : 'full', kindOf);
    if (index + 1 === already) await mirrorOnce(await openPair(before, originSecret, disks.secret), only);
  }
  const open = (files: SimFileSystem): Promise<Pair> => openPair(files, originSecret, disks.secret);
  return {
    name: only === undefined ? 'mirroring' : 'archiving',
    before: copyOf(before),
    promisedBefore: { certain: already },
    async run(files, progress) {
      await mirrorOnce(await open(files), only);
      progress.promised = { certain: cycles.length };
    },
    async judge(found, { certain }) {
      const there = (await openOn(found, disks.secret)).storage.head()?.sequence ?? 0;
      if (there < certain) throw new Error(`${there} commits instead of ${certain}`);
      await mirrorOnce(await open(found), only);
      await holdEqual(await open(found), cycles, only);
    },
    recover: async (found) => mirrorOnce(await open(found), only),
  };
}

export const mirroring: NamedWorkload = { name: 'mirroring', make: () => makeMirroring(1) };
export const archiving: NamedWorkload = {
  name: 'archiving',
  make: () => makeMirroring(1, { sources: null, kinds: ['contact'] }),
};
