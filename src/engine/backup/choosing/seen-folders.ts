import type { FolderUse } from '../../../shared/domain/choice.ts';
import type { FolderVisit } from '../../sources/source.ts';
import { noUses, usesOf } from './judge.ts';

export interface SeenFolder {
  /** From below the root down. */
  readonly names: readonly string[];
  /** Its own and those of the folders that it lies in. */
  readonly uses: ReadonlySet<FolderUse>;
}

/** Where the folders of a walk lie, and what for: parents come before children. */
export class SeenFolders {
  readonly #seen = new Map<string, SeenFolder>();

  see(visit: FolderVisit): SeenFolder {
    const parent = visit.parentKey === null ? undefined : this.#seen.get(visit.parentKey);
    const own = usesOf(visit);
    const inherited = parent?.uses ?? noUses;
    const seen = {
      names: parent === undefined ? [] : [...parent.names, visit.folder.name],
      uses: own.length === 0 ? inherited : new Set([...inherited, ...own]),
    };
    this.#seen.set(visit.folder.key, seen);
    return seen;
  }
}
