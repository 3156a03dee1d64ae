import type { ChunkId, PackId } from '../../shared/domain/ids.ts';
import type { ChunkLocator } from './storage.ts';

/** Which chunks need not be stored again: those that the catalog knows, and those that this run stores. */
export class KnownChunks {
  readonly #locator: ChunkLocator;
  readonly #packs: Set<PackId>;
  #claimed = new Set<ChunkId>();

  /** @param packs What there is on the target: a chunk whose pack is gone is not stored. */
  constructor(locator: ChunkLocator, packs: Iterable<PackId>) {
    this.#locator = locator;
    this.#packs = new Set(packs);
  }

  /** True for whoever asks first about a chunk that is not stored: he must store it before the next commit. */
  claim(id: ChunkId): boolean {
    if (this.#claimed.has(id)) return false;
    const location = this.#locator.locate(id);
    if (location !== undefined && this.#packs.has(location.pack)) return false;
    this.#claimed.add(id);
    return true;
  }

  /** What was claimed is part of the storage, in these packs. Now the locator can tell. */
  committed(packs: readonly PackId[]): void {
    for (const pack of packs) this.#packs.add(pack);
    this.#claimed = new Set();
  }
}
