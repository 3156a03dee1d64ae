import type { MovedManifests } from '../../../shared/domain/commit.ts';
import type { ChunkId, PackId } from '../../../shared/domain/ids.ts';
import { type ManifestRoot, packName } from '../../format/index.ts';
import { Bundle } from '../bundle.ts';
import { PackLane } from '../pack-lane.ts';
import { PackWriter, type RecordPlace, type SealedPack } from '../pack-writer.ts';
import { RecordSealer } from '../record-sealer.ts';
import { LaneSink } from '../record-sink.ts';
import type { RemovalParts } from './parts.ts';

/** Each takes the room of a bundle; a pack rarely holds more sources. */
const mostBundles = 8;

interface WrittenRoot {
  readonly first: ManifestRoot;
  readonly place: RecordPlace;
}

/**
 * Puts chunks and manifests that are there already into new packs. Chunks of different sources never share a bundle, because they
 * would share a compression frame. Nothing of it is true before a commit names the packs.
 */
export class NewPacks {
  readonly #parts: RemovalParts;
  readonly #data: PackLane;
  readonly #manifests: PackLane;
  readonly #sink: LaneSink;
  readonly #bundles = new Map<number, Bundle>();
  readonly #sealed: SealedPack[] = [];
  readonly #packIds = new Map<PackWriter, PackId>();
  readonly #roots: WrittenRoot[] = [];

  constructor(parts: RemovalParts) {
    this.#parts = parts;
    const { target, keys, zstd, sizes, deps } = parts;
    const sealer = new RecordSealer(zstd);
    const lane = (): PackLane =>
      new PackLane(
        () => new PackWriter(target, keys, deps.random, sealer),
        sizes.packBytes,
        (pack, writer) => {
          this.#sealed.push(pack);
          this.#packIds.set(writer, pack.id);
        },
      );
    this.#data = lane();
    this.#manifests = lane();
    this.#sink = new LaneSink(this.#data, keys);
  }

  /** @param source A number; only chunks of the same one are bundled. */
  async addChunk(id: ChunkId, bytes: Uint8Array, source: number): Promise<void> {
    if (bytes.length > this.#parts.chunking.minBytes) this.#sink.chunk(id, bytes);
    else {
      const bundle = this.#bundleOf(source);
      bundle.room(bytes.length).set(bytes);
      bundle.add(id, bytes.length);
      if (bundle.isFull) this.#sink.bundle(bundle);
    }
    await this.#sink.keepPace();
  }

  /** @param first What the record is known by. */
  async addManifests(first: ManifestRoot, plain: Uint8Array): Promise<void> {
    const { keys } = this.#parts;
    const id = keys.recordId(plain);
    const draft = { id, plain, isGenuine: (back: Uint8Array) => keys.recordId(back) === id };
    const place = this.#manifests.add((pack) => pack.addManifests(draft, first.count));
    this.#roots.push({ first, place });
    await this.#manifests.keepPace();
  }

  /** All of it is durable now. */
  async finish(): Promise<{ readonly packs: readonly SealedPack[]; readonly moved: readonly MovedManifests[] }> {
    for (const bundle of this.#bundles.values()) if (!bundle.isEmpty) this.#sink.bundle(bundle);
    await Promise.all([this.#data.durable(), this.#manifests.durable()]);
    const moved = this.#roots.map(({ first, place }) => ({
      pack: first.pack,
      record: first.record,
      to: { pack: this.#idOf(place.pack), record: place.record },
    }));
    return { packs: this.#sealed, moved };
  }

  /** All of it goes again, which no commit has named. Never throws: what stays is nobody's, and goes with the next prune. */
  takeBack(): void {
    this.#data.abandon();
    this.#manifests.abandon();
    const { target, deps } = this.#parts;
    for (const { id } of this.#sealed.splice(0)) {
      try {
        target.remove(packName(id));
      } catch (error) {
        deps.log.warn('storage.pack-left', { pack: id, error: error instanceof Error ? error.name : 'unknown' });
      }
    }
  }

  #bundleOf(source: number): Bundle {
    const known = this.#bundles.get(source);
    if (known !== undefined) return known;
    const [oldest] = this.#bundles;
    if (oldest !== undefined && this.#bundles.size >= mostBundles) {
      if (!oldest[1].isEmpty) this.#sink.bundle(oldest[1]);
      this.#bundles.delete(oldest[0]);
    }
    const { keys, sizes, chunking } = this.#parts;
    const bundle = new Bundle(keys, sizes.bundleBytes, chunking.minBytes);
    this.#bundles.set(source, bundle);
    return bundle;
  }

  #idOf(writer: PackWriter): PackId {
    const id = this.#packIds.get(writer);
    if (id === undefined) throw new Error('a record of manifests without a pack');
    return id;
  }
}
