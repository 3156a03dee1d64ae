import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Manifest } from '../../../src/shared/domain/item.ts';
import type { Problem, RestoreReport } from '../../../src/shared/domain/run.ts';
import { StrataError } from '../../../src/shared/domain/strata-error.ts';
import { type Catalog, openCatalog } from '../../../src/engine/catalog/index.ts';
import { NodeFileSystem } from '../../../src/engine/kernel/node-file-system.ts';
import { fillCatalog } from '../../../src/engine/maintenance/index.ts';
import { runRestore } from '../../../src/engine/restore/index.ts';
import { directoryDestination } from '../../../src/engine/sources/disk/destination-directory.ts';
import type { SimFileSystem } from '../../kit/sim-file-system.ts';
import { draftOf, itemNamed, MapCatalog, manifestOf, someBytes, testRun } from '../../kit/storage-world.ts';
import { type Contents, copyOf, openOn, startDisks } from '../sim-world.ts';
import type { NamedWorkload, Workload } from '../workload.ts';

type Conflict = 'skip' | 'replace';

/** What was saved: names below the source, with their bytes. */
const saved: Contents = {
  'd/b': someBytes(9000, 2),
  'd/e/c': someBytes(70_000, 3),
  'd/e/empty': new Uint8Array(0),
  'd/same': someBytes(5000, 4, 'text'),
  a: someBytes(3000, 1, 'text'),
  theirs: someBytes(6000, 5),
};
const twice = { name: 'd/twin', of: 'd/b' } as const;
const link = { name: 'link', to: 'd/b' } as const;

/** What a person has there already: something else, something newer of a name that was saved, and what was restored earlier. */
const root = '/restored';
const own = someBytes(4000, 9);
const newer = someBytes(7000, 8);
const there: Contents = { 'd/own': own, theirs: newer, 'd/same': saved['d/same'] ?? new Uint8Array(0) };
const timeNs = 1_700_000_000_123_456_789n;

/** Codes by which a restore tells of an item that it passes over. */
export const toldOfItems = ['write-failed', 'item-damaged', 'times-lost', 'mode-lost', 'owner-lost'].map(
  (what) => `restore.${what}`,
);

const ending = (name: string): string => name.slice(name.lastIndexOf('/') + 1);
const above = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('/')));
const bare = { contents: [], sizeBytes: 0 } as const;

export function manifest(name: string, base: Manifest, metadata: Readonly<Record<string, string | number>>): Manifest {
  const isFolder = metadata['type'] === 'directory';
  return {
    ...base,
    kind: isFolder ? 'folder' : 'file',
    item: itemNamed(`i${name}`),
    folder: name === '' ? null : itemNamed(`i${above(name)}`),
    key: ending(name),
    name: ending(name),
    metadata: name === '' ? {} : { mode: isFolder ? 0o750 : 0o640, uid: 0, gid: 0, modifyNs: String(timeNs), ...metadata },
    summary: { title: ending(name) },
  };
}

/** A storage with a few files of two folders, one of them with two names, and a link. */
async function store(files: SimFileSystem, secret: string): Promise<void> {
  const { storage, deps } = await openOn(files, secret);
  const lock = storage.lock('backup', 'write');
  const writer = storage.writer(lock, new MapCatalog());
  const nothing = manifestOf('nothing', await writer.store({ kind: 'bytes', bytes: new Uint8Array(0) }));
  for (const name of ['', 'd', 'd/e']) writer.add(manifest(name, { ...nothing, ...bare }, { type: 'directory' }));
  for (const [name, bytes] of Object.entries(saved)) {
    const stored = manifestOf(name, await writer.store({ kind: 'bytes', bytes }));
    const isTwin = name === twice.of;
    writer.add(manifest(name, stored, { type: 'file', ...(isTwin && { hardLink: '1:1' }) }));
    if (isTwin) writer.add(manifest(twice.name, stored, { type: 'file', hardLink: '1:1' }));
  }
  writer.add(manifest(link.name, { ...nothing, ...bare }, { type: 'symlink', linkTarget: link.to }));
  await writer.commit(draftOf(deps), testRun(deps));
  lock.release();
}

/** It is read only, so one does for all disks. Gone with the process. */
export async function catalogOf(files: SimFileSystem, secret: string): Promise<Catalog> {
  const folder = mkdtempSync(join(tmpdir(), 'strata-restoring-'));
  const { storage, deps } = await openOn(files, secret);
  const path = join(folder, 'catalog.sqlite');
  const catalog = openCatalog({ path, key: storage.catalogKey(), files: new NodeFileSystem() });
  fillCatalog(storage, catalog, testRun(deps));
  // What is open stays, without a name; on Windows it is left to the system.
  if (process.platform !== 'win32') rmSync(folder, { recursive: true });
  return catalog;
}

class Restoring {
  readonly #catalog: Catalog;
  readonly #secret: string;
  readonly #storage: ReadonlyMap<string, Uint8Array>;

  constructor(before: SimFileSystem, catalog: Catalog, secret: string) {
    this.#catalog = catalog;
    this.#secret = secret;
    this.#storage = storageOn(before);
  }

  async restore(files: SimFileSystem, conflict: Conflict, problems: Problem[] = []): Promise<RestoreReport> {
    const { storage, deps } = await openOn(files, this.#secret);
    const destination = directoryDestination({ files, path: root });
    const selection = { items: [], sources: [], recursive: true };
    const wish = { selection, atMs: null, version: null, conflict, dryRun: false };
    const run = testRun(deps);
    const progress = { ...run.progress, problem: (problem: Problem) => void problems.push(problem) };
    return runRestore({ storage, catalog: this.#catalog, destinationFor: () => destination, ...wish }, { ...run, progress });
  }

  /** Whatever was to be restored is there, or was told; and what was there is as it was, or was replaced as a whole. */
  requireKept(files: SimFileSystem, conflict: Conflict): void {
    const now = storageOn(files);
    for (const [path, bytes] of this.#storage) {
      if (Buffer.compare(now.get(path) ?? new Uint8Array(0), bytes) !== 0) throw new Error(`${path} of the storage changed`);
    }
    const found = files.files();
    for (const [name, bytes] of Object.entries(there)) {
      const allowed = conflict === 'replace' ? [bytes, saved[name] ?? bytes] : [bytes];
      const is = found.get(`${root}/${name}`);
      if (is === undefined || !allowed.some((one) => Buffer.compare(one, is) === 0)) throw new Error(`${name} was destroyed`);
    }
  }

  requireTold(files: SimFileSystem, { failed }: RestoreReport, conflict: Conflict): void {
    const told = new Set(failed.map(({ item, folder }) => [folder, item].filter(Boolean).join('/')));
    for (const [name, bytes] of Object.entries(expectedAfter(conflict))) {
      const is = files.files().get(`${root}/${name}`);
      if (!told.has(name) && (is === undefined || Buffer.compare(is, bytes) !== 0)) throw new Error(`${name} is not told of`);
    }
  }

  /** To the last name. */
  requireExactly(files: SimFileSystem): void {
    const expected = { ...there, ...expectedAfter('replace') };
    const found = new Map([...files.files()].filter(([path]) => path.startsWith(`${root}/`)));
    const more = [...found.keys()].find((path) => !(path.slice(root.length + 1) in expected));
    if (more !== undefined) throw new Error(`${more} is left`);
    for (const [name, bytes] of Object.entries(expected)) {
      if (Buffer.compare(found.get(`${root}/${name}`) ?? Buffer.of(0), bytes) !== 0) throw new Error(`wrong bytes of ${name}`);
    }
    if (files.readLink(`${root}/${link.name}`) !== link.to) throw new Error('the link leads elsewhere');
  }
}

/** What a reader's lock does comes and goes. */
export const storageOn = (files: SimFileSystem): Map<string, Uint8Array> =>
  new Map(
    [...files.files()].filter(([path]) => path.startsWith('/disk/') && !path.includes('/locks/') && !path.includes('/tmp/')),
  );

function expectedAfter(conflict: Conflict): Contents {
  const all = { ...saved, [twice.name]: saved[twice.of] ?? new Uint8Array(0) };
  return conflict === 'replace' ? all : { ...all, theirs: newer };
}

/** Twice more: as it was asked for, and then letting everything be replaced. */
async function requireRestorable(files: SimFileSystem, restoring: Restoring, conflict: Conflict): Promise<void> {
  restoring.requireKept(files, conflict);
  const again = await restoring.restore(files, conflict);
  restoring.requireKept(files, conflict);
  restoring.requireTold(files, again, conflict);
  const broken = again.failed.filter(({ failure }) => failure.code !== 'restore.other-bytes' || conflict === 'replace');
  if (broken.length > 0) throw new Error(`${broken[0]?.item} failed: ${broken[0]?.failure.code}`);
  const last = await restoring.restore(files, 'replace');
  if (last.failed.length > 0) throw new Error(`${last.failed[0]?.item} failed once more`);
  restoring.requireExactly(files);
}

function restoringWith(name: string, conflict: Conflict): NamedWorkload {
  return {
    name,
    async make(): Promise<Workload<undefined>> {
      const disks = await startDisks();
      const before = copyOf(disks.created);
      await store(before, disks.secret);
      for (const [place, bytes] of Object.entries(there)) before.plant(`${root}/${place}`, bytes);
      before.setMode(`${root}/d/same`, 0o640);
      before.setTimes(`${root}/d/same`, timeNs, timeNs);
      const restoring = new Restoring(before, await catalogOf(before, disks.secret), disks.secret);
      return {
        name,
        before: copyOf(before),
        promisedBefore: undefined,
        itemCodes: toldOfItems,
        async run(files) {
          const problems: Problem[] = [];
          restoring.requireTold(files, await restoring.restore(files, conflict, problems), conflict);
          // A restore that ends with a warning has told of it.
          const [first] = problems;
          if (first !== undefined) throw new StrataError(first.failure.code, first.failure.retry, first.failure.facts);
        },
        judge: (found) => requireRestorable(found, restoring, conflict),
        recover: async (found) => void (await restoring.restore(found, conflict)),
      };
    },
  };
}

export const restoring: readonly NamedWorkload[] = [
  restoringWith('restore beside what is there', 'skip'),
  restoringWith('restore that replaces', 'replace'),
];
