import type { ItemId, SourceId } from '../../../shared/domain/ids.ts';
import { changes, itemKinds } from '../../../shared/domain/item.ts';
import type { EndedVersion } from '../catalog.ts';
import type { Gone } from '../rows/layout.ts';
import type { Connection, Statement } from '../sql/connection.ts';
import { nth } from './versions.ts';

/** So many items are read at once. */
const batch = 5000;

type Row = readonly [
  itemNumber: number,
  item: string,
  version: number,
  kind: number,
  folder: string | null,
  change: number,
  validFromMs: number,
  validToMs: number | null,
  sizeBytes: number,
  gone: Gone,
];

/** What retention decides on. */
export class EndedVersions {
  readonly #lastItem: Statement<number>;
  readonly #rows: Statement<Row>;
  readonly #present: Statement<Row>;

  constructor(connection: Connection) {
    this.#lastItem = connection.column('SELECT coalesce(max(id), 0) FROM items');
    // What has one version only has none that ended: most items are passed by without looking at a row.
    this.#rows = connection.tuples(`
      SELECT v.item, i.uid, v.n, v.kind, f.uid, v.change, v.valid_from, v.valid_to,
        CASE WHEN v.gone & 1 THEN 0 ELSE c.size_bytes END, v.gone
      FROM versions v INDEXED BY versions_by_item CROSS JOIN items i ON i.id = v.item CROSS JOIN contents c ON c.id = v.content
        LEFT JOIN items f ON f.id = v.folder
      WHERE v.item IN (
          SELECT item FROM versions INDEXED BY versions_by_item WHERE item > @after AND item <= @after + ${batch}
          GROUP BY item HAVING count(*) > 1)
        AND v.source = (SELECT id FROM sources WHERE uid = @source)
      ORDER BY v.item, v.id`);
    this.#present = connection.tuples(`
      SELECT v.item, i.uid, v.n, v.kind, f.uid, v.change, v.valid_from, v.valid_to, c.size_bytes, v.gone
      FROM versions v INDEXED BY versions_by_item CROSS JOIN items i ON i.id = v.item CROSS JOIN contents c ON c.id = v.content
        LEFT JOIN items f ON f.id = v.folder
      WHERE v.item > @after AND v.item <= @after + ${batch} AND v.source = (SELECT id FROM sources WHERE uid = @source)
        AND v.valid_to IS NULL AND v.gone = 0
      ORDER BY v.item`);
  }

  /** What is there now, folders included: versions that have not ended. As above. */
  *present(source: SourceId): Iterable<EndedVersion> {
    const last = this.#lastItem.get() ?? 0;
    for (let after = 0; after < last; after += batch) {
      for (const row of this.#present.all({ after, source })) yield versionOf(row, 0, null);
    }
  }

  /** What is applied after the first step may or may not be seen. */
  *of(source: SourceId): Iterable<EndedVersion> {
    const last = this.#lastItem.get() ?? 0;
    for (let after = 0; after < last; after += batch) {
      let versions: Row[] = [];
      for (const row of this.#rows.all({ after, source })) {
        if (versions[0] !== undefined && versions[0][0] !== row[0]) {
          yield* endedOf(versions);
          versions = [];
        }
        versions.push(row);
      }
      yield* endedOf(versions);
    }
  }
}

/** Of one item, all its versions given. */
function endedOf(versions: readonly Row[]): EndedVersion[] {
  const newest = versions.at(-1);
  if (newest === undefined) return [];
  const goneSinceMs = (newest[9] & 1) === 1 ? newest[6] : null;
  let newer = 0;
  const ended: EndedVersion[] = [];
  for (const row of versions.toReversed()) {
    const [, , , , , , , validToMs, , gone] = row;
    if (gone < 2 && (validToMs !== null || gone === 1)) ended.push(versionOf(row, newer, goneSinceMs));
    if (gone === 0) newer += 1;
  }
  return ended.reverse();
}

function versionOf(
  [, item, version, kind, folder, change, validFromMs, validToMs, sizeBytes]: Row,
  newer: number,
  goneSinceMs: number | null,
): EndedVersion {
  return {
    item: item as ItemId,
    version,
    kind: nth(itemKinds, kind),
    folder: folder as ItemId | null,
    change: nth(changes, change),
    validFromMs,
    validToMs,
    sizeBytes,
    newer,
    goneSinceMs,
  };
}
