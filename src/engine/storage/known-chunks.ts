import type { ChunkId, PackId } from '../../shared/domain/ids.ts';
import { IdSet } from './id-set.ts';
import type { ChunkLocator } from './storage.ts';

/** Takes 48 MB at most. */
const mostHeld = 1_000_000;

/**
 * Which chunks need not be stored again: those that the catalog knows, and those that this writer stored.
 * The catalog is asked only where it can know something that this writer does not: a first backup never asks.
 */
export class KnownChunks {
  readonly #locator: ChunkLocator;
  /** What there is on the target: a chunk whose pack is gone is not stored. */
  readonly #packs: Set<PackId>;
  #claimed = new IdSet();
  #mayKnowMore: boolean;

  /** @param packs What was on the target before this writer began. */
  constructor(locator: ChunkLocator, packs: Iterable<PackId>) {
    this.#locator = locator;
    this.#packs = new Set(packs);
    this.#mayKnowMore = this.#packs.size > 0;
  }

  /** True for whoever asks first about a chunk that is not stored: he must store it before the next commit. */
  claim(id: ChunkId): boolean {
    if (this.#claimed.has(id) || (this.#mayKnowMore && this.#isLocated(id))) return false;
    this.#claimed.add(id);
    return true;
  }

  /** What was claimed is part of the storage, in these packs. Now the locator can tell, too. */
  committed(packs: readonly PackId[]): void {
    for (const pack of packs) this.#packs.add(pack);
    if (this.#claimed.size < mostHeld) return;
    this.#claimed = new IdSet();
    this.#mayKnowMore = true;
  }

  #isLocated(id: ChunkId): boolean {
    const location = this.#locator.locate(id);
    return location !== undefined && this.#packs.has(location.pack);
  }
}
