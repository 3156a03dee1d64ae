import type { CommitActs } from '../../../shared/domain/commit.ts';
import type { ItemId } from '../../../shared/domain/ids.ts';

/**
 * What is known and no longer taken. Of that nothing is concluded: it is neither changed nor gone. A folder stands for itself and for what
 * is directly in it.
 */
export class LeftBehind {
  readonly #before: ReadonlyMap<ItemId, number>;
  readonly #left = new Set<ItemId>();
  readonly #taken = new Set<ItemId>();
  /** False: another job takes something else of the same source, and may take this. Then nothing new is marked. */
  readonly #isAlone: boolean;
  readonly #fate: LeftOutFate;

  constructor(before: ReadonlyMap<ItemId, number>, isAlone: boolean, fate: LeftOutFate = stays) {
    this.#before = before;
    this.#isAlone = isAlone;
    this.#fate = fate;
  }

  wasLeft(item: ItemId): boolean {
    return this.#before.has(item);
  }

  leave(item: ItemId): void {
    if (this.#isAlone && !this.#before.has(item)) this.#left.add(item);
  }

  take(item: ItemId): void {
    if (this.#before.has(item)) this.#taken.add(item);
  }

  /** What a person says of all that is left out holds for what was left out before, too. */
  acts(): Required<Pick<CommitActs, 'unchooses' | 'chooses' | 'letsGo' | 'keeps'>> {
    const { letsGo, letGo } = this.#fate;
    const still = (items: Iterable<ItemId>): ItemId[] => [...items].filter((item) => !this.#taken.has(item));
    const unmarked = [...this.#before.keys(), ...this.#left].filter((item) => !letGo.has(item));
    return {
      unchooses: [...this.#left],
      chooses: [...this.#taken],
      letsGo: this.#isAlone && letsGo ? still(unmarked) : [],
      keeps: letsGo ? [] : still(letGo.keys()),
    };
  }
}

/** What becomes of what is left out. */
export interface LeftOutFate {
  /** Retention may take it. */
  readonly letsGo: boolean;
  /** Of what it may take so far. */
  readonly letGo: ReadonlyMap<ItemId, unknown>;
}
const stays: LeftOutFate = { letsGo: false, letGo: new Map() };
