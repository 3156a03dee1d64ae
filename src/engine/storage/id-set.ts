import type { ChunkId } from '../../shared/domain/ids.ts';

export const wordsPerId = 4;

/**
 * A set of chunk ids that takes 16 bytes for each, where a Set of texts takes 150.
 * It keeps the first 128 bits. Ids are keyed hashes, so nobody outside can look for two that agree in them, and by chance two of
 * a billion do with 1e-21.
 */
export class IdSet {
  #words = new Uint32Array(1024 * wordsPerId);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(id: ChunkId): boolean {
    return this.#words[this.#place(wordsOf(id))] !== 0;
  }

  add(id: ChunkId): void {
    const words = wordsOf(id);
    const at = this.#place(words);
    if (this.#words[at] !== 0) return;
    this.#words.set(words, at);
    this.#size += 1;
    // Above two thirds, runs of taken places grow long.
    if (this.#size * wordsPerId * 3 > this.#words.length * 2) this.#grow();
  }

  /** Where the id is, or where it would be. Ids are hashes: any bits of them place an entry as well as any others. */
  #place(words: Uint32Array): number {
    const last = this.#words.length - wordsPerId;
    let at = ((words[1] ?? 0) * wordsPerId) & last;
    while (this.#words[at] !== 0 && !this.#holds(words, at)) at = (at + wordsPerId) & last;
    return at;
  }

  #holds(words: Uint32Array, at: number): boolean {
    for (let index = 0; index < wordsPerId; index += 1) if (this.#words[at + index] !== words[index]) return false;
    return true;
  }

  #grow(): void {
    const before = this.#words;
    this.#words = new Uint32Array(before.length * 2);
    for (let at = 0; at < before.length; at += wordsPerId) {
      if (before[at] === 0) continue;
      const words = before.subarray(at, at + wordsPerId);
      this.#words.set(words, this.#place(words));
    }
  }
}

/** One for all, because it is filled for every id that is asked for. */
const scratch = new Uint32Array(wordsPerId);

/** The first is never zero, which means free. Holds until the next call. */
export function wordsOf(id: ChunkId): Uint32Array {
  for (let index = 0; index < wordsPerId; index += 1) scratch[index] = Number.parseInt(id.slice(index * 8, index * 8 + 8), 16);
  scratch[0] ||= 1;
  return scratch;
}
