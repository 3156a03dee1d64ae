import type { Manifest } from '../../../src/shared/domain/item.ts';
import type { Problem, RestoreReport } from '../../../src/shared/domain/run.ts';
import { StrataError } from '../../../src/shared/domain/strata-error.ts';
import type { Catalog, KnownItem } from '../../../src/engine/catalog/index.ts';
import { findTargetFolders, runEmptying, runRestore } from '../../../src/engine/restore/index.ts';
import { directoryDestination } from '../../../src/engine/sources/disk/destination-directory.ts';
import type { SimFileSystem } from '../../kit/sim-file-system.ts';
import { draftOf, MapCatalog, manifestOf, someBytes, testRun, testRunId, testSource } from '../../kit/storage-world.ts';
import { type Contents, copyOf, openOn, startDisks } from '../sim-world.ts';
import type { NamedWorkload, Workload } from '../workload.ts';
import { catalogOf, manifest, storageOn, toldOfItems } from './restoring.ts';

const [root, fileTime] = ['/place', 1_700_000_000_123_456_789n];
const saved: Contents = {
  'd/edited': someBytes(5000, 1),
  'd/e/gone': someBytes(40_000, 2),
  'd/kept': someBytes(3000, 3, 'text'),
  changed: someBytes(9000, 4),
};
const later: Contents = { changed: someBytes(8000, 5), 'd/came': someBytes(30_000, 6), 'd/e/came': someBytes(10, 7) };
/** Not in the storage. */
const own: Contents = { 'd/own': someBytes(2000, 8), 'd/edited': someBytes(5000, 9) };
const now: Contents = { 'd/kept': saved['d/kept'] ?? new Uint8Array(0), ...later, ...own };
/** As of the first moment, but for what cannot be taken away. */
const wanted: Contents = { ...saved, ...own };

const moments = [1_772_359_200_001, 1_772_359_200_002] as const;

/** Two moments: later a file is another, two came, and one is gone. */
async function store(files: SimFileSystem, secret: string): Promise<void> {
  const { storage, deps } = await openOn(files, secret);
  const chunks = new MapCatalog();
  for (const [index, contents] of [saved, later].entries()) {
    const lock = storage.lock('backup', 'write');
    const writer = storage.writer(lock, chunks);
    const validFromMs = moments[index] ?? 0;
    const add = (one: Manifest): void => writer.add({ ...one, validFromMs });
    const nothing = {
      ...manifestOf('', await writer.store({ kind: 'bytes', bytes: new Uint8Array(0) })),
      contents: [],
      sizeBytes: 0,
    };
    if (index === 0) for (const name of ['', 'd', 'd/e']) add(manifest(name, nothing, { type: 'directory' }));
    else add({ ...manifest('d/e/gone', nothing, { type: 'file' }), version: 2, change: 'deleted' });
    for (const [name, bytes] of Object.entries(contents)) {
      const version = index === 1 && name in saved ? 2 : 1;
      add(manifest(name, manifestOf(name, await writer.store({ kind: 'bytes', bytes }), version), { type: 'file' }));
    }
    chunks.apply(await writer.commit(draftOf(deps), testRun(deps)));
    lock.release();
  }
}

class Emptying {
  readonly #catalog: Catalog;
  readonly #secret: string;
  readonly #storage: ReadonlyMap<string, Uint8Array>;

  constructor(before: SimFileSystem, catalog: Catalog, secret: string) {
    this.#catalog = catalog;
    this.#secret = secret;
    this.#storage = storageOn(before);
  }

  async restore(files: SimFileSystem, conflict: 'skip' | 'replace', problems: Problem[] = []): Promise<RestoreReport> {
    const catalog = this.#catalog;
    const { storage, deps } = await openOn(files, this.#secret);
    const destination = directoryDestination({ files, path: root });
    const selection = { items: [], sources: [], recursive: true };
    const chosen = { catalog, selection, atMs: moments[0], version: null };
    const calm = testRun(deps);
    const run = { ...calm, progress: { ...calm.progress, problem: (problem: Problem) => void problems.push(problem) } };
    const session = await destination.open(run);
    const target = { id: testSource, name: 'Source' };
    const shape = { target: testSource, goesBack: true, isDeep: true, isWhole: true };
    const meant = await findTargetFolders({ ...chosen, storage, ...shape }, session, session, run);
    const items = this.#there(files).filter((item) => !meant.comesBack(item));
    await runEmptying({ storage, catalog, run: testRunId, target, items, dryRun: undefined }, session, run);
    await session.close();
    return runRestore({ storage, ...chosen, destinationFor: () => destination, conflict, dryRun: false }, run);
  }

  /** What a look at the place would find under a known name. */
  #there(files: SimFileSystem): KnownItem[] {
    const folders = this.#catalog.knownFolders(testSource);
    return folders.flatMap(({ item }) =>
      [...this.#catalog.knownItems(testSource, item).values()].filter(({ folder, name }) =>
        files.files().has([root, ...this.#catalog.folderPath(folder, null), name].join('/')),
      ),
    );
  }

  requireNothingLost(files: SimFileSystem): void {
    const stored = storageOn(files);
    for (const [path, bytes] of this.#storage)
      if (Buffer.compare(stored.get(path) ?? new Uint8Array(0), bytes) !== 0) throw new Error(`${path} of the storage changed`);
    for (const [name, bytes] of Object.entries(own)) {
      if (Buffer.compare(files.files().get(`${root}/${name}`) ?? Buffer.of(0), bytes) !== 0) throw new Error(`${name} was lost`);
    }
  }

  /** To the last name. */
  requireExactly(files: SimFileSystem): void {
    const found = new Map([...files.files()].filter(([path]) => path.startsWith(`${root}/`)));
    const more = [...found.keys()].find((path) => !(path.slice(root.length + 1) in wanted));
    if (more !== undefined) throw new Error(`${more} is left`);
    for (const [name, bytes] of Object.entries(wanted)) {
      if (Buffer.compare(found.get(`${root}/${name}`) ?? Buffer.of(0), bytes) !== 0) throw new Error(`wrong bytes of ${name}`);
    }
  }

  /** The same once more; what the power left half is told of then, and gives way if that is asked for. */
  async requireRestorable(files: SimFileSystem): Promise<void> {
    this.requireNothingLost(files);
    const { failed } = await this.restore(files, 'skip');
    this.requireNothingLost(files);
    const broken = failed.find(({ failure }) => failure.code !== 'restore.other-bytes');
    if (broken !== undefined) throw new Error(`${broken.item} failed: ${broken.failure.code}`);
    if (failed.length > 0) await this.#replace(files, failed);
    this.requireExactly(files);
  }

  async #replace(files: SimFileSystem, failed: readonly Problem[]): Promise<void> {
    for (const { item } of failed) if (item === 'edited') throw new Error('what is not saved gave way');
    const before = new Map(Object.keys(own).map((name) => [name, files.files().get(`${root}/${name}`)]));
    await this.restore(files, 'replace');
    for (const [name, bytes] of before) if (bytes !== undefined) files.plant(`${root}/${name}`, bytes);
  }
}

export const emptying: NamedWorkload = {
  name: 'restore that empties the folder first',
  async make(): Promise<Workload<undefined>> {
    const disks = await startDisks();
    const before = copyOf(disks.created);
    await store(before, disks.secret);
    for (const [name, bytes] of Object.entries(now)) {
      before.plant(`${root}/${name}`, bytes);
      before.setMode(`${root}/${name}`, 0o640);
      if (!(name in own)) before.setTimes(`${root}/${name}`, fileTime, fileTime);
    }
    const world = new Emptying(before, await catalogOf(before, disks.secret), disks.secret);
    return {
      name: emptying.name,
      before: copyOf(before),
      promisedBefore: undefined,
      itemCodes: [...toldOfItems, 'restore.stays-changed'],
      async run(files) {
        const problems: Problem[] = [];
        await world.restore(files, 'skip', problems);
        const first = problems.find(({ failure }) => failure.code !== 'restore.stays-changed');
        if (first !== undefined) throw new StrataError(first.failure.code, first.failure.retry, first.failure.facts);
        world.requireExactly(files);
      },
      judge: (found) => world.requireRestorable(found),
      recover: async (found) => void (await world.restore(found, 'skip')),
    };
  },
};
