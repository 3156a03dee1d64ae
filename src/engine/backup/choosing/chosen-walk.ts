import type { FolderVisit } from '../../sources/source.ts';
import type { Judge } from './judge.ts';
import { SeenFolders } from './seen-folders.ts';

/** A folder that is taken, or that something is in which is. */
export interface ChosenVisit {
  readonly visit: FolderVisit;
  /** From below the root down. */
  readonly names: readonly string[];
  /** Nothing directly in it is taken, but for an account's own settings at the top. */
  readonly isPassed: boolean;
}

/** Of all folders of a walk those that are chosen, and those that these lie in. */
export class ChosenWalk {
  readonly #judge: Judge;
  readonly #seen = new SeenFolders();
  /** On the way to nothing yet. */
  readonly #waiting = new Map<string, ChosenVisit>();
  readonly #skipped = new Set<string>();

  constructor(judge: Judge) {
    this.#judge = judge;
  }

  async *visits(walk: AsyncIterable<FolderVisit>): AsyncGenerator<ChosenVisit> {
    for await (const visit of walk) {
      const { names, uses } = this.#seen.see(visit);
      const { verdict } = this.#judge.folder(names, uses);
      if (verdict === 'skipped' && names.length > 0) {
        this.#skipped.add(names.join('/'));
        continue;
      }
      const chosen: ChosenVisit = { visit, names, isPassed: verdict !== 'taken' };
      // What could not be listed may hold what is chosen: that must be known.
      if (chosen.isPassed && names.length > 0 && (visit.scan !== undefined || visit.passedBy !== undefined)) {
        this.#waiting.set(visit.folder.key, chosen);
        continue;
      }
      yield* this.#above(visit.parentKey);
      yield chosen;
    }
  }

  /** It was seen, or lies in one that was seen, and was not taken. */
  wasSkipped(names: readonly string[]): boolean {
    return names.some((_, depth) => this.#skipped.has(names.slice(0, depth + 1).join('/')));
  }

  #above(key: string | null): ChosenVisit[] {
    const found = key === null ? undefined : this.#waiting.get(key);
    if (found === undefined || key === null) return [];
    this.#waiting.delete(key);
    return [...this.#above(found.visit.parentKey), found];
  }
}
