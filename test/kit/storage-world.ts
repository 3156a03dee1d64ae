import type { ChunkLocation, Commit, CommitContents, CommitDraft } from '../../src/shared/domain/commit.ts';
import type { ChunkId, CommitId, ItemId, JobId, RunId, SourceId } from '../../src/shared/domain/ids.ts';
import type { ContentPart, Manifest } from '../../src/shared/domain/item.ts';
import { stubOf } from '../../src/shared/domain/stub.ts';
import { noCounts } from '../../src/shared/domain/run.ts';
import { floorCost } from '../../src/engine/crypto/index.ts';
import type { ChunkerParameters } from '../../src/engine/format/index.ts';
import type { FileSystem } from '../../src/engine/kernel/file-system.ts';
import { type Log, silentLog } from '../../src/engine/kernel/log.ts';
import type { Machine } from '../../src/engine/kernel/machine.ts';
import type { Random } from '../../src/engine/kernel/random.ts';
import type { RunContext } from '../../src/engine/kernel/run-context.ts';
import {
  type ChunkLocator,
  createStorage,
  type NewStorage,
  openStorage,
  type Storage,
  type StorageDeps,
  type StorageWriter,
  type StoredContent,
} from '../../src/engine/storage/index.ts';
import { HiddenVersions } from '../../src/engine/storage/removal/hidden-versions.ts';
import { describeContent } from '../../src/engine/sources/describe-content.ts';
import { openLocalTarget } from '../../src/engine/targets/local/index.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';
import { seededRandom } from './seeded-random.ts';
import { SimFileSystem } from './sim-file-system.ts';

/** A computer with a process on it, for tests of locks and for everything that needs one. */
export function testMachine(facts: Partial<Machine> = {}): Machine {
  return {
    machineId: 'machine-1',
    hostName: 'test',
    bootId: 'boot-1',
    pid: 100,
    processStart: '1000',
    platform: 'linux',
    userName: 'anna',
    uptimeMs: () => 1_000_000,
    spareMemoryBytes: () => 8 * 1024 ** 3,
    isAlive: () => true,
    ...facts,
  };
}

export interface TestDeps extends StorageDeps {
  readonly clock: FakeClock;
}

/** Small packs and bundles, so that little data makes several of them. */
export const smallSizes = { packBytes: 96 * 1024, bundleBytes: 16 * 1024, ballastBytes: 4096 };
/** Cuts above 8 KiB, so that little data is cut. */
export const smallChunking: ChunkerParameters = {
  algorithm: 1,
  normalization: 2,
  minBytes: 8 * 1024,
  averageBytes: 16 * 1024,
  maxBytes: 64 * 1024,
};

export function testDeps(
  files: FileSystem,
  given: { readonly random?: Random; readonly machine?: Machine; readonly log?: Log } & Partial<StorageDeps> = {},
): TestDeps {
  return {
    random: seededRandom(7),
    machine: testMachine(),
    log: silentLog,
    files,
    describe: describeContent,
    appVersion: '0.0.0-test',
    sizes: smallSizes,
    ...given,
    clock: fakeClock(),
  };
}

/** The cheapest password that is accepted: 64 MiB and two passes. */
export const testStorage: NewStorage = {
  name: 'Test',
  password: 'correct horse',
  cost: floorCost,
  chunking: smallChunking,
};

export function testRun(deps: { readonly clock: FakeClock }, signal: AbortSignal = new AbortController().signal): RunContext {
  const nothing = (): void => undefined;
  return {
    signal,
    finishSoon: new AbortController().signal,
    clock: deps.clock,
    log: silentLog,
    progress: {
      phase: nothing,
      total: nothing,
      done: nothing,
      stored: nothing,
      current: nothing,
      waiting: nothing,
      count: nothing,
      problem: nothing,
    },
  };
}

/** What a catalog is to a storage, in a map: applies commits and their acts, locates chunks, remembers manifests. */
export class MapCatalog implements ChunkLocator {
  /** In the order in which they came: the first that is left counts. */
  readonly #locations = new Map<ChunkId, ChunkLocation[]>();
  readonly #hidden = new HiddenVersions();
  readonly #manifests: Manifest[] = [];
  readonly commits: Commit[] = [];

  static rebuilt(storage: Storage): MapCatalog {
    const catalog = new MapCatalog();
    for (const commit of storage.commits(0)) catalog.apply(storage.contents(commit));
    return catalog;
  }

  apply({ commit, chunks, manifests }: CommitContents): void {
    for (const chunk of chunks) this.#locations.set(chunk.id, [...(this.#locations.get(chunk.id) ?? []), chunk]);
    this.#manifests.push(...manifests);
    this.commits.push(commit);
    for (const { item, versions } of commit.hides ?? []) this.#hidden.hide(item, versions);
    for (const { item, versions } of commit.shows ?? []) this.#hidden.show(item, versions);
    const removed = new Set(commit.removes);
    const lost = new Set(commit.losesChunks);
    if (removed.size + lost.size > 0) this.#keep(({ id, pack }) => !removed.has(pack) && !lost.has(id));
  }

  #keep(isKept: (location: ChunkLocation) => boolean): void {
    for (const [chunk, locations] of this.#locations) {
      const kept = locations.filter(isKept);
      if (kept.length === 0) this.#locations.delete(chunk);
      else this.#locations.set(chunk, kept);
    }
  }

  applied(): { readonly sequence: number; readonly id: CommitId | null } {
    const last = this.commits.at(-1);
    return { sequence: last?.sequence ?? 0, id: last?.id ?? null };
  }

  /** All but what was hidden or removed, in order. */
  get manifests(): Manifest[] {
    return this.#manifests.filter((manifest) => manifest.removed === undefined && !this.#hidden.has(manifest));
  }

  /** What was hidden and is more than a stub. */
  get hiddenManifests(): Manifest[] {
    return this.#manifests.filter((manifest) => manifest.removed === undefined && this.#hidden.has(manifest));
  }

  /** In the order in which they were added, hidden ones included; undefined where it does not hold `all`. */
  remembered(from: number, count: number, all: number): Manifest[] | undefined {
    if (this.#manifests.length !== all) return undefined;
    return this.#manifests.slice(from, from + count).map((manifest) => (manifest.removed ? stubOf(manifest) : manifest));
  }

  version(item: ItemId, version: number | null): Manifest | undefined {
    return this.manifests.findLast((manifest) => manifest.item === item && (version === null || manifest.version === version));
  }

  locate(id: ChunkId): ChunkLocation | undefined {
    return this.#locations.get(id)?.[0];
  }

  /** One for each place, so that a chunk that lies twice is there twice. */
  chunkIds(): ChunkId[] {
    return [...this.#locations.values()].flat().map((location) => location.id);
  }

  /** Everything, in order, to compare two of them. A hidden version and its stub are the same: prune decides which is there. */
  dump(): unknown {
    const manifests = this.#manifests.map((manifest) => (this.#hidden.has(manifest) ? stubOf(manifest) : manifest));
    const locations = [...this.#locations.values()].flat().sort((a, b) => (a.id + a.pack < b.id + b.pack ? -1 : 1));
    return JSON.parse(JSON.stringify({ locations, manifests, commits: this.commits }));
  }
}

const id = <Id extends string>(text: string): Id => text.padEnd(20, '0').slice(0, 20) as Id;
export const testSource = id<SourceId>('source');
export const testRunId = id<RunId>('run');

export function draftOf(deps: { readonly clock: FakeClock }, kind: CommitDraft['kind'] = 'full'): CommitDraft {
  return {
    kind,
    run: testRunId,
    job: { id: id<JobId>('job'), name: 'Job' },
    atMs: deps.clock.nowMs(),
    sources: [
      {
        id: testSource,
        name: 'Source',
        settings: { kind: 'maildir', path: '/mail', exclude: [] },
      },
    ],
    completeSources: [testSource],
    cursors: [],
    counts: noCounts,
  };
}

export const itemNamed = (name: string): ItemId => id<ItemId>(name.toLowerCase().replace(/[^0-9a-z]/g, ''));

export function manifestOf(name: string, stored: StoredContent, version = 1): Manifest {
  const part: ContentPart = { part: 'raw', digest: stored.digest, sizeBytes: stored.sizeBytes, chunks: stored.chunks };
  return {
    item: itemNamed(name),
    version,
    kind: 'message',
    source: testSource,
    folder: null,
    key: name,
    name,
    change: version === 1 ? 'created' : 'content',
    validFromMs: 1_772_359_200_000 + version,
    run: testRunId,
    contentRevision: stored.digest,
    metadataRevision: '1',
    sizeBytes: stored.sizeBytes,
    metadata: { flags: [] },
    summary: { title: name },
    contents: [part],
  };
}

/** Stores one content under a name, as a cycle does. */
export async function storeBytes(writer: StorageWriter, name: string, bytes: Uint8Array): Promise<void> {
  writer.add(manifestOf(name, await writer.store({ kind: 'bytes', bytes })));
}

/** The bytes of an item's newest version. */
export async function readBack(storage: Storage, catalog: MapCatalog, name: string): Promise<Uint8Array> {
  const part = catalog.manifests.findLast((manifest) => manifest.name === name)?.contents[0];
  if (part === undefined) throw new Error(`no item ${name}`);
  const read: Uint8Array[] = [];
  for await (const bytes of storage.read(part, catalog)) read.push(bytes.slice());
  return new Uint8Array(Buffer.concat(read));
}

/** Text that compresses, or noise that does not; different for each seed. */
export function someBytes(length: number, seed: number, kind: 'text' | 'noise' = 'noise'): Uint8Array {
  const random = seededRandom(seed);
  if (kind === 'noise') return random.bytes(length);
  const words = ['storage', 'commit', 'pack', 'chunk', 'lock', 'item', 'moment'];
  let text = '';
  while (text.length < length) text += `${words[random.below(words.length)]} ${random.below(1000)}\n`;
  return new TextEncoder().encode(text.slice(0, length));
}

/** A disk with a new storage on it, and the secret that opens it. */
export interface StorageDisk {
  readonly files: SimFileSystem;
  readonly secret: string;
}

export async function newDisk(): Promise<StorageDisk> {
  const files = new SimFileSystem();
  const deps = testDeps(files);
  const { storage } = await createStorage(openLocalTarget(files, '/disk', deps.random), testStorage, deps);
  const secret = storage.exportDeviceSecret();
  storage.close();
  return { files, secret };
}

/** An open storage with the catalog that lives along with it. */
export interface StorageWorld {
  readonly files: SimFileSystem;
  readonly deps: TestDeps;
  readonly storage: Storage;
  readonly catalog: MapCatalog;
}

/** On a copy of the disk, so that it can be used again. */
export async function openDisk({ files: disk, secret }: StorageDisk, clock?: FakeClock): Promise<StorageWorld> {
  const files = disk.copy();
  const deps = { ...testDeps(files), ...(clock !== undefined && { clock }) };
  const storage = await openStorage(openLocalTarget(files, '/disk', deps.random), { by: 'device', secret }, deps);
  return { files, deps, storage, catalog: MapCatalog.rebuilt(storage) };
}

/** One cycle of one source. */
export async function saveIn(
  { storage, deps, catalog }: Omit<StorageWorld, 'files'>,
  contents: Readonly<Record<string, Uint8Array>>,
  { kind = 'full', source = testSource }: { readonly kind?: 'full' | 'checkpoint'; readonly source?: SourceId } = {},
): Promise<void> {
  const lock = storage.lock('backup', 'write');
  try {
    const writer = storage.writer(lock, catalog);
    for (const [name, bytes] of Object.entries(contents)) {
      writer.add({ ...manifestOf(name, await writer.store({ kind: 'bytes', bytes }, source)), source });
    }
    catalog.apply(await writer.commit(draftOf(deps, kind), testRun(deps)));
  } finally {
    lock.release();
  }
}
