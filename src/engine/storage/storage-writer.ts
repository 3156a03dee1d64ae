import type {
  ChunkLocation,
  Commit,
  CommitContents,
  CommitDraft,
  CommitWriter,
  RecordedManifests,
} from '../../shared/domain/commit.ts';
import type { CommitId, PackId } from '../../shared/domain/ids.ts';
import type { Manifest } from '../../shared/domain/item.ts';
import { exportSecret, type StorageKeys } from '../crypto/index.ts';
import { type ChunkerParameters, type ManifestRoot, packName, parseFooter } from '../format/index.ts';
import type { Content } from '../kernel/content.ts';
import { Pace } from '../kernel/pace.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import type { Target } from '../targets/target.ts';
import type { Ballast } from './ballast.ts';
import type { CommitChain } from './commit-chain.ts';
import type { Zstd } from './compress.ts';
import { FileBatches } from './file-batches.ts';
import { KnownChunks } from './known-chunks.ts';
import { ManifestBatch, type StoredBatch } from './manifest-batch.ts';
import { PackLane } from './pack-lane.ts';
import { locationsOf } from './pack-entries.ts';
import type { PackReader } from './pack-reader.ts';
import { PackWriter, type SealedPack } from './pack-writer.ts';
import type { PackSizes } from './pack-sizes.ts';
import { Intake } from './intake.ts';
import { PackerPool } from './packer-pool.ts';
import { RecordSealer } from './record-sealer.ts';
import { LaneSink } from './record-sink.ts';
import { causeOf } from './lost-lock.ts';
import type { ChunkLocator, StorageDeps, StorageLock, StorageWriter, StoredContent } from './storage.ts';

/** What a writer does without threads: starting them takes longer than packing this. */
const defaultAloneBytes = 8 * 1024 * 1024;

/** What whoever makes packs works with. */
export interface PackingParts {
  readonly target: Target;
  readonly keys: StorageKeys;
  readonly chunking: ChunkerParameters;
  readonly chain: CommitChain;
  readonly reader: PackReader;
  readonly zstd: Zstd;
  readonly sizes: PackSizes;
  readonly ballast: Ballast;
  readonly lock: StorageLock;
  readonly deps: StorageDeps;
}

export interface WriterParts extends PackingParts {
  readonly locator: ChunkLocator;
  readonly packs: Iterable<PackId>;
  readonly recorded: ((record: RecordedManifests) => void) | undefined;
}

/** Joins what packers make to commits. After a failure that may have lost something nothing can be committed any more. */
export class PackingWriter implements StorageWriter {
  readonly #parts: WriterParts;
  readonly #known: KnownChunks;
  readonly #intake: Intake;
  readonly #dataLane: PackLane;
  readonly #manifestLane: PackLane;
  readonly #batch: ManifestBatch;
  readonly #packIds = new Map<PackWriter, PackId>();
  #pool: PackerPool | undefined;
  /** The newest commit that what is stored here was compared with. */
  #basis: CommitId | null;
  readonly #bytesPace: Pace;
  readonly #itemsPace: Pace;
  #takenBytes = 0;
  #pacedBytes = 0;
  #sealed: SealedPack[] = [];
  #failure: { readonly error: unknown } | undefined;

  constructor(parts: WriterParts) {
    const { target, keys, zstd, sizes, chunking, deps } = parts;
    this.#parts = parts;
    this.#bytesPace = new Pace(deps.clock, () => deps.limits?.().writeBytesPerSecond ?? null);
    this.#itemsPace = new Pace(deps.clock, () => deps.limits?.().itemsPerSecond ?? null);
    // One that became true since that was looked at belongs to somebody else, who was late: then this one is.
    const known = parts.locator.applied?.();
    this.#basis = known === undefined ? (parts.chain.head()?.id ?? null) : known.id;
    this.#known = new KnownChunks(parts.locator, parts.packs);
    const sealer = new RecordSealer(zstd);
    const lane = (): PackLane =>
      new PackLane(
        () => new PackWriter(target, keys, deps.random, sealer),
        sizes.packBytes,
        (pack, writer) => this.#take(pack, writer),
      );
    this.#dataLane = lane();
    this.#manifestLane = lane();
    this.#batch = new ManifestBatch(keys, sizes.bundleBytes, { own: this.#manifestLane, data: this.#dataLane }, parts.recorded);
    this.#intake = new Intake({
      sink: new LaneSink(this.#dataLane, keys),
      keys,
      chunking,
      files: deps.files,
      describe: deps.describe,
      known: this.#known,
      bundleBytes: sizes.bundleBytes,
    });
  }

  get storedBytes(): number {
    return this.#dataLane.storedBytes + this.#manifestLane.storedBytes + (this.#pool?.storedBytes ?? 0);
  }

  async store(content: Content, group = ''): Promise<StoredContent> {
    this.#throwIfFailed();
    this.#parts.lock.assertAwake();
    this.#takenBytes += sizeOf(content);
    const aloneBytes = this.#parts.deps.workers?.afterBytes ?? defaultAloneBytes;
    if (this.#pool === undefined && this.#takenBytes > aloneBytes) this.#startPool();
    const stored = await this.#intake.store(content, group).catch((error: unknown) => this.#rethrow(error));
    await this.#keepPace();
    return stored;
  }

  /** What threads have not sealed yet is counted with a later item. */
  async #keepPace(): Promise<void> {
    const bytes = this.storedBytes - this.#pacedBytes;
    this.#pacedBytes += bytes;
    await this.#itemsPace.passed(1);
    await this.#bytesPace.passed(bytes);
  }

  add(manifest: Manifest): void {
    this.#throwIfFailed();
    this.#parts.lock.assertAwake();
    this.#batch.add(manifest);
  }

  async commit(draft: CommitDraft, run: RunContext): Promise<CommitContents> {
    this.#throwIfFailed();
    try {
      return await this.#commit(draft, run);
    } catch (error) {
      const cause = causeOf(error, this.#parts.lock);
      // How far it came is not known here: the next writer finds out.
      this.#failure ??= { error: cause };
      throw cause;
    }
  }

  abandon(): void {
    this.#failure ??= { error: new Error('the writer was given up') };
    this.#dataLane.abandon();
    this.#manifestLane.abandon();
    this.#pool?.leave();
  }

  /** Where there are threads, and they can open this target. */
  #startPool(): void {
    const { deps, target, keys, sizes, chunking } = this.#parts;
    if (deps.workers === undefined || deps.workers.count === 0 || target.place === undefined) return;
    const start = {
      place: target.place,
      secret: exportSecret(keys),
      packBytes: sizes.packBytes,
      bundleBytes: sizes.bundleBytes,
      chunking,
    };
    this.#pool = new PackerPool(deps.workers, start, deps.log);
    this.#intake.continueInto(this.#pool, new FileBatches(this.#pool, this.#known, keys));
  }

  async #commit(draft: CommitDraft, run: RunContext): Promise<CommitContents> {
    const { chain, lock, deps, ballast } = this.#parts;
    stopIfCancelled(run);
    this.#intake.closeBundle();
    const batches = this.#batch.finish();
    const [remote] = await Promise.all([this.#pool?.flush(), this.#dataLane.durable(), this.#manifestLane.durable()]);
    if (remote !== undefined) this.#sealed.push(...remote);
    // Packs are durable now. Nobody may have taken our place meanwhile, and nobody may have asked us to stop.
    lock.assertHeld();
    stopIfCancelled(run);
    const packs = this.#sealed;
    const roots = batches.map((batch) => this.#root(batch));
    const payload = {
      ...draft,
      writer: signatureOf(chain, deps, draft.atMs),
      appVersion: deps.appVersion,
      packs: packs.map(({ id, sizeBytes }) => ({ id, sizeBytes })),
      manifests: roots,
    };
    const { commit } = ballast.rescue(() => chain.append(payload, this.#basis));
    this.#basis = commit.id;
    await ballast.keep();
    this.#known.committed(packs.map(({ id }) => id));
    this.#sealed = [];
    this.#packIds.clear();
    const { reader } = this.#parts;
    return {
      commit,
      chunks: { [Symbol.iterator]: () => locations(packs) },
      manifests: { [Symbol.iterator]: () => manifestsOf(batches, roots, reader) },
    };
  }

  #take(pack: SealedPack, writer: PackWriter): void {
    this.#sealed.push(pack);
    this.#packIds.set(writer, pack.id);
  }

  #root({ place, count }: StoredBatch): ManifestRoot {
    const pack = this.#packIds.get(place.pack);
    if (pack === undefined) throw new Error('a record of manifests without a pack');
    return { pack, record: place.record, count };
  }

  /** Where storing itself failed, by the name that it has for everybody. */
  #rethrow(error: unknown): never {
    this.#throwIfFailed();
    throw error;
  }

  #throwIfFailed(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
    try {
      this.#dataLane.throwIfFailed();
      this.#manifestLane.throwIfFailed();
      this.#pool?.throwIfFailed();
    } catch (error) {
      throw causeOf(error, this.#parts.lock);
    }
  }
}

function* manifestsOf(batches: readonly StoredBatch[], roots: readonly ManifestRoot[], reader: PackReader): Generator<Manifest> {
  for (const [index, { manifests }] of batches.entries()) {
    const root = roots[index];
    if (manifests !== undefined) yield* manifests;
    else if (root !== undefined) yield* reader.manifests(root);
  }
}

/** What is streamed is large: only large contents are not had whole. */
const sizeOf = (content: Content): number =>
  content.kind === 'file' ? content.sizeBytes : content.kind === 'bytes' ? content.bytes.length : defaultAloneBytes;

/** Who commits, and since when the storage is his. */
export function signatureOf(chain: CommitChain, { machine }: StorageDeps, atMs: number): CommitWriter {
  const { machineId: installation, hostName: host } = machine;
  const owner = chain.owner();
  return { installation, host, sinceMs: owner?.installation === installation ? owner.sinceMs : atMs };
}

/** A commit that brought packs and no manifests. */
export const sealedContents = (commit: Commit, packs: readonly SealedPack[]): CommitContents => ({
  commit,
  chunks: { [Symbol.iterator]: () => locations(packs) },
  manifests: [],
});

/** The same of packs that lie on the disk already. */
export const namedContents = (commit: Commit, reader: PackReader): CommitContents => ({
  commit,
  chunks: { [Symbol.iterator]: () => placesIn(commit, reader) },
  manifests: [],
});

function* placesIn(commit: Commit, reader: PackReader): Generator<ChunkLocation> {
  for (const { id: pack } of commit.packs) for (const entry of reader.index(pack)) yield* locationsOf(pack, entry);
}

/** The same order as from the footers on the disk: packs as the commit names them, then records, then places in a record. */
function* locations(packs: readonly SealedPack[]): Generator<ChunkLocation> {
  for (const pack of packs) {
    const origin = { path: '', file: packName(pack.id) };
    for (const entry of parseFooter(pack.footer, pack.footerOffset, origin)) yield* locationsOf(pack.id, entry);
  }
}
