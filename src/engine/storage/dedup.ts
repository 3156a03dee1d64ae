import type { ChunkId, PackId } from '../../shared/domain/ids.ts';
import type { ChunkLocator } from './storage.ts';

/** Which chunks need not be stored again. */
export interface Dedup {
  /** True for whoever asks first about a chunk that is not stored: he must store it before the next commit. */
  claim(id: ChunkId): boolean;
}

/** For one thread: asks the catalog, and remembers what this run stores. A chunk whose pack is gone is not stored. */
export class LocatedChunks implements Dedup {
  readonly #locator: ChunkLocator;
  readonly #packs: Set<PackId>;
  readonly #claimed = new Set<ChunkId>();

  constructor(locator: ChunkLocator, packs: Iterable<PackId>) {
    this.#locator = locator;
    this.#packs = new Set(packs);
  }

  isStored(id: ChunkId): boolean {
    const location = this.#locator.locate(id);
    return location !== undefined && this.#packs.has(location.pack);
  }

  claim(id: ChunkId): boolean {
    if (this.#claimed.has(id) || this.isStored(id)) return false;
    this.#claimed.add(id);
    return true;
  }

  /** These packs are part of the storage now. What was claimed stays so until the catalog surely knows it: for this run. */
  committed(packs: readonly PackId[]): void {
    for (const pack of packs) this.#packs.add(pack);
  }
}
