import type { ChunkId, PackId } from '../../shared/domain/ids.ts';
import { IdTable } from './id-table.ts';
import type { ChunkLocator } from './storage.ts';

/** Which chunks need not be stored again. */
export interface Dedup {
  /** True for whoever asks first about a chunk that is not stored: he must store it before the next commit. */
  claim(id: ChunkId): boolean;
}

/**
 * New chunks until the next commit, beyond what is known then: 512 MiB of them, on average over 2 KB each after compression.
 * What does not fit is deduplicated by each thread for itself.
 */
const newChunks = 250_000;

/**
 * Asks the catalog, and remembers what this run claimed; from {@link share} on in a table that other threads see, too.
 * A chunk whose pack is gone is not stored.
 */
export class LocatedChunks implements Dedup {
  readonly #locator: ChunkLocator;
  readonly #packs: Set<PackId>;
  #claimed = new Set<ChunkId>();
  #shared: SharedChunks | undefined;

  constructor(locator: ChunkLocator, packs: Iterable<PackId>) {
    this.#locator = locator;
    this.#packs = new Set(packs);
  }

  claim(id: ChunkId): boolean {
    if (this.#shared !== undefined) return this.#shared.claim(id);
    if (this.#claimed.has(id) || this.#isStored(id)) return false;
    this.#claimed.add(id);
    return true;
  }

  /** These packs are part of the storage now. What was claimed stays so: the catalog may learn of it later. */
  committed(packs: readonly PackId[]): void {
    for (const pack of packs) this.#packs.add(pack);
  }

  /** Whether another table should be shared, with room for as many again. */
  get isCrowded(): boolean {
    return this.#shared?.isCrowded ?? false;
  }

  /**
   * A table of all that is known, for other threads. Undefined where the locator cannot list what it knows.
   * @param needed The packs that the storage should have: if one is gone, each chunk is asked where it lies.
   */
  share(needed: Iterable<PackId>): SharedArrayBuffer | undefined {
    const known = this.#locator.chunkIds?.();
    if (known === undefined) return undefined;
    const isWhole = [...needed].every((pack) => this.#packs.has(pack));
    const ids = [...(isWhole ? known : [...known].filter((id) => this.#isStored(id))), ...this.#claimed];
    const memory = IdTable.room(ids.length + newChunks);
    const table = new IdTable(memory);
    for (const id of ids) table.add(id);
    this.#claimed = new Set();
    this.#shared = new SharedChunks(memory);
    return memory;
  }

  #isStored(id: ChunkId): boolean {
    const location = this.#locator.locate(id);
    return location !== undefined && this.#packs.has(location.pack);
  }
}

/** One thread's view of a shared table. */
export class SharedChunks implements Dedup {
  readonly #table: IdTable;
  readonly #beyond = new Set<ChunkId>();

  constructor(memory: SharedArrayBuffer) {
    this.#table = new IdTable(memory);
  }

  get isCrowded(): boolean {
    return this.#table.isCrowded;
  }

  claim(id: ChunkId): boolean {
    const outcome = this.#table.add(id);
    if (outcome !== 'full') return outcome === 'added';
    // Another thread may store it as well; twice is harmless.
    if (this.#beyond.has(id)) return false;
    this.#beyond.add(id);
    return true;
  }
}
