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

  constructor(before: ReadonlyMap<ItemId, number>, isAlone: boolean) {
    this.#before = before;
    this.#isAlone = isAlone;
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

  acts(): Required<Pick<CommitActs, 'unchooses' | 'chooses'>> {
    return { unchooses: [...this.#left], chooses: [...this.#taken] };
  }
}
