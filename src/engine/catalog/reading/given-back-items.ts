import type { GivenBack } from '../../../shared/domain/commit.ts';
import type { ItemId, SourceId } from '../../../shared/domain/ids.ts';
import type { KnownItem } from '../catalog.ts';
import { folderKind } from '../rows/layout.ts';
import type { Connection, Statement } from '../sql/connection.ts';
import { columns, joins, type KnownItems, type KnownTuple } from './known-items.ts';

type MadeTuple = readonly [madeKey: string, gone: number, folder: ItemId | null, ...KnownTuple];

/** What restores made, to be known again. */
export class GivenBackItems {
  readonly #known: KnownItems;
  readonly #inFolder: Statement<MadeTuple>;
  readonly #ofItem: Statement<GivenBack>;

  constructor(connection: Connection, known: KnownItems) {
    this.#known = known;
    // Of a deleted item the state before; of one that is there, as it is: only the comparing phase knows whether it is still there.
    this.#inFolder = connection.tuples(`
      SELECT g.key, last.gone, f.uid, ${columns} FROM given_back g JOIN items n ON n.id = g.item JOIN versions last ON last.id = n.newest
      JOIN versions v ON v.id = CASE WHEN last.gone = 1
        THEN (SELECT max(b.id) FROM versions b INDEXED BY versions_by_item WHERE b.item = last.item AND b.id < last.id)
        ELSE last.id END
      ${joins} LEFT JOIN items f ON f.id = v.folder
      WHERE g.source = ? AND g.folder_key = ? AND v.gone = 0 AND v.kind <> ${folderKind}
        AND v.source = (SELECT id FROM sources WHERE uid = g.source)`);
    this.#ofItem = connection.rows(`
      SELECT i.uid AS item, g.version, g.source, g.folder_key AS folder, g.key, g.revision
      FROM given_back g JOIN items i ON i.id = g.item WHERE i.uid = ? AND g.source = ? ORDER BY g.folder_key, g.key`);
  }

  inFolder(source: SourceId, folderKey: string): Map<string, { readonly item: KnownItem; readonly isGone: boolean }> {
    const rows = this.#inFolder.all(source, folderKey);
    return new Map(
      rows.map(([key, gone, folder, ...known]) => [key, { item: this.#known.known(known, folder), isGone: gone === 1 }]),
    );
  }

  ofItem(item: ItemId, source: SourceId): GivenBack[] {
    return this.#ofItem.all(item, source);
  }
}
