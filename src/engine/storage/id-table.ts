import type { ChunkId } from '../../shared/domain/ids.ts';

/**
 * A set of chunk ids in memory that threads share, without locks: 16 bytes an id.
 *
 * It keeps the first 128 bits. Ids are keyed hashes, so nobody outside can look for two that agree in them, and by chance two of
 * a billion do with 1e-21. An entry is four words; the first is taken by an atomic exchange, the last one is written last and
 * tells that the entry is whole. Neither is ever zero: a zero there means free, or not yet whole.
 */
export class IdTable {
  readonly #words: Int32Array;
  readonly #mask: number;
  /** The word after the entries counts them. */
  readonly #counter: number;
  readonly #most: number;

  /** @param shared From {@link IdTable.room}, or from another thread's `shared`. */
  constructor(shared: SharedArrayBuffer) {
    this.#words = new Int32Array(shared);
    this.#counter = this.#words.length - 1;
    this.#mask = this.#counter / 4 - 1;
    // Above this, runs of taken places grow long.
    this.#most = Math.floor((this.#mask + 1) * 0.75);
  }

  /** Memory for at least so many ids. The system gives pages only when they are touched. */
  static room(ids: number): SharedArrayBuffer {
    const entries = 2 ** Math.ceil(Math.log2(Math.max(1024, ids * 1.5)));
    return new SharedArrayBuffer((entries * 4 + 1) * 4);
  }

  get shared(): SharedArrayBuffer {
    return this.#words.buffer as SharedArrayBuffer;
  }

  get size(): number {
    return Atomics.load(this.#words, this.#counter);
  }

  /** No more will be taken in: `add` then answers `full` for ids that are not there. */
  get isFull(): boolean {
    return this.size >= this.#most;
  }

  get isCrowded(): boolean {
    return this.size >= this.#most / 2;
  }

  has(id: ChunkId): boolean {
    return this.#find(id, false) === 'known';
  }

  /** `added` for exactly one of all threads that bring the same id. */
  add(id: ChunkId): 'added' | 'known' | 'full' {
    return this.#find(id, true);
  }

  #find(id: ChunkId, insert: boolean): 'added' | 'known' | 'full' {
    const words = this.#words;
    const first = word(id, 0) || 1;
    const second = word(id, 8);
    const third = word(id, 16);
    const last = word(id, 24) || 1;
    for (let entry = (second >>> 0) & this.#mask; ; entry = (entry + 1) & this.#mask) {
      const at = entry * 4;
      let taken = Atomics.load(words, at);
      if (taken === 0) {
        if (!insert || this.isFull) return 'full';
        taken = Atomics.compareExchange(words, at, 0, first);
        if (taken === 0) {
          words[at + 1] = second;
          words[at + 2] = third;
          Atomics.store(words, at + 3, last);
          Atomics.add(words, this.#counter, 1);
          return 'added';
        }
      }
      if (taken !== first) continue;
      // The other thread is between two of the lines above: a few nanoseconds.
      while (Atomics.load(words, at + 3) === 0);
      if (words[at + 1] === second && words[at + 2] === third && words[at + 3] === last) return 'known';
    }
  }
}

/** Ids are hashes, so any bits of them place an entry as well as any others. */
const word = (id: ChunkId, at: number): number => Number.parseInt(id.slice(at, at + 8), 16) | 0;

/** The same for one thread, growing as needed. */
export class GrowingIdSet {
  #tables: IdTable[] = [new IdTable(IdTable.room(65_536))];

  get size(): number {
    return this.#tables.reduce((sum, table) => sum + table.size, 0);
  }

  has(id: ChunkId): boolean {
    return this.#tables.some((table) => table.has(id));
  }

  /** True when it was not there. */
  add(id: ChunkId): boolean {
    if (this.#tables.slice(0, -1).some((table) => table.has(id))) return false;
    const outcome = this.#tables.at(-1)?.add(id);
    if (outcome !== 'full') return outcome === 'added';
    // Each table is as large as all before it together, so there are few.
    this.#tables = [...this.#tables, new IdTable(IdTable.room(this.size))];
    return this.add(id);
  }
}
