import type { ChunkId } from '../../shared/domain/ids.ts';
import { IdMap } from './removal/id-map.ts';

const isNeeded = 1;
const isThere = 2;

/** Which chunks versions need and which ones packs have, told in any order and as often as one likes. */
export class ChunkBalance {
  readonly #ids = new IdMap();
  #missing = 0;

  /** How many are needed and not there, by what was told so far. */
  get missing(): number {
    return this.#missing;
  }

  need(id: ChunkId): void {
    if (this.#ids.mark(id, isNeeded) === 0) this.#missing += 1;
  }

  find(id: ChunkId): void {
    if (this.#ids.mark(id, isThere) === isNeeded) this.#missing -= 1;
  }

  isThere(id: ChunkId): boolean {
    return (this.#ids.get(id) & isThere) !== 0;
  }
}
