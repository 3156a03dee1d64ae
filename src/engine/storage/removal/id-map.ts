import type { ChunkId } from '../../../shared/domain/ids.ts';
import { wordsOf, wordsPerId } from '../id-set.ts';

/** A number, not 0, for each chunk id, in 20 bytes. Of ids it keeps the first 128 bits, like IdSet. */
export class IdMap {
  #words = new Uint32Array(1024 * wordsPerId);
  #values = new Uint32Array(1024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** 0: it has none. */
  get(id: ChunkId): number {
    return this.#values[this.#place(wordsOf(id))] ?? 0;
  }

  set(id: ChunkId, value: number): void {
    const words = wordsOf(id);
    this.#put(this.#place(words), words, value);
  }

  /** Adds bits to what it has, and tells what it had. */
  mark(id: ChunkId, bits: number): number {
    const words = wordsOf(id);
    const place = this.#place(words);
    const before = this.#values[place] ?? 0;
    if ((before & bits) !== bits) this.#put(place, words, before | bits);
    return before;
  }

  #put(place: number, words: Uint32Array, value: number): void {
    if (this.#values[place] === 0) this.#size += 1;
    this.#words.set(words, place * wordsPerId);
    this.#values[place] = value;
    if (this.#size * 3 > this.#values.length * 2) this.#grow();
  }

  /** Where the id is, or where it would be. */
  #place(words: Uint32Array): number {
    const last = this.#values.length - 1;
    let place = (words[1] ?? 0) & last;
    while (this.#values[place] !== 0 && !this.#isAt(place, words)) place = (place + 1) & last;
    return place;
  }

  #isAt(place: number, words: Uint32Array): boolean {
    const at = place * wordsPerId;
    for (let index = 0; index < wordsPerId; index++) if (this.#words[at + index] !== words[index]) return false;
    return true;
  }

  #grow(): void {
    const words = this.#words;
    const values = this.#values;
    this.#words = new Uint32Array(words.length * 2);
    this.#values = new Uint32Array(values.length * 2);
    for (const [index, value] of values.entries()) {
      if (value === 0) continue;
      const id = words.subarray(index * wordsPerId, (index + 1) * wordsPerId);
      const place = this.#place(id);
      this.#words.set(id, place * wordsPerId);
      this.#values[place] = value;
    }
  }
}
