import type { ItemVersions } from '../../../shared/domain/commit.ts';
import { changes } from '../../../shared/domain/item.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import type { Change, Connection, Statement } from '../sql/connection.ts';
import { hiding } from './layout.ts';
import type { Place, Tallies } from './tallies.ts';
import { bringsContent } from './version-writer.ts';

interface Hideable extends Place {
  readonly id: number;
  readonly n: number;
  readonly change: number;
  readonly validFromMs: number;
  readonly hidden: number | null;
  readonly isNewest: 0 | 1;
}

/** Takes versions out of sight, and brings them back. Nothing else about them changes. */
export class Hiding {
  readonly #tallies: Tallies;
  readonly #versionsOf: Statement<Hideable>;
  readonly #set: Change;

  constructor(connection: Connection, tallies: Tallies) {
    this.#tallies = tallies;
    this.#versionsOf = connection.rows(`
      SELECT v.id, v.n, v.change, v.kind, v.source, v.folder, v.valid_from AS validFromMs, v.hidden, c.size_bytes AS bytes,
        v.id = i.newest AS isNewest
      FROM items i CROSS JOIN versions v INDEXED BY versions_by_item ON v.item = i.id JOIN contents c ON c.id = v.content
      WHERE i.uid = ?`);
    this.#set = connection.change('UPDATE versions SET hidden = ? WHERE id = ?');
  }

  hide({ item, versions }: ItemVersions): void {
    for (const version of this.#wanted(item, versions)) {
      if (version.hidden !== null) continue;
      this.#set.run(hiding.hidden, version.id);
      this.#count(version, -1);
    }
  }

  /** @param isRebuild Then a version that is removed in the end is so from the beginning, and what came in between does not matter. */
  show({ item, versions }: ItemVersions, isRebuild: boolean): void {
    for (const version of this.#wanted(item, versions)) {
      if (version.hidden === hiding.removed && !isRebuild) throw new StrataError('catalog.unusable', 'later', { item });
      if (version.hidden !== hiding.hidden) continue;
      this.#set.run(null, version.id);
      this.#count(version, 1);
    }
  }

  #wanted(item: ItemVersions['item'], versions: readonly number[]): Hideable[] {
    const wanted = new Set(versions);
    return this.#versionsOf.all(item).filter(({ n }) => wanted.has(n));
  }

  #count(version: Hideable, by: 1 | -1): void {
    const change = changes[version.change] ?? 'created';
    this.#tallies.seen(version, version.validFromMs, bringsContent(change), by);
    if (version.isNewest === 1 && change !== 'deleted') this.#tallies.present(version, by);
  }
}
