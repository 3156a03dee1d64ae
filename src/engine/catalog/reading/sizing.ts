import type { ItemId, SourceId } from '../../../shared/domain/ids.ts';
import { type ItemKind, itemKinds } from '../../../shared/domain/item.ts';
import { type FolderSize, noSize, type SenderSize, sumOf } from '../../../shared/domain/size.ts';
import { turn } from '../../kernel/turn.ts';
import { folderKind } from '../rows/layout.ts';
import type { Connection, Statement } from '../sql/connection.ts';
import { nth } from './versions.ts';

type Sent = readonly [sender: string | null, items: number, itemBytes: number, versions: number, versionBytes: number];

/** `mostVersions`: of one spelling in one step. */
type Found = SenderSize & { readonly mostVersions: number };

/** Versions that are looked at before others get a turn: some milliseconds. */
const step = 5000;

type Counted = readonly [
  source: string,
  folder: string | null,
  kind: number,
  items: number,
  itemBytes: number,
  versions: number,
  versionBytes: number,
];

/** How much there is of what, now and in all versions that are seen. Kept until something is applied: it takes a look at all of them. */
export class Sizing {
  readonly #present: Statement<Counted>;
  readonly #folders: Statement<number | null>;
  readonly #ended: Statement<Counted>;
  readonly #seen: Statement<number>;
  readonly #sent: Statement<Sent>;
  #sizes: Promise<FolderSize[]> | undefined;
  #senders: { readonly name: string; readonly found: Promise<SenderSize[]> } | undefined;

  constructor(connection: Connection) {
    // What is there now was counted when it came. What ended is found in the index, and only that is read.
    this.#present = connection.tuples(`
      SELECT so.uid, i.uid, z.kind, z.items, z.bytes, z.items, z.bytes
      FROM sizes z JOIN sources so ON so.id = z.source LEFT JOIN items i ON i.id = z.folder`);
    // From one to the next, without a look at what is in them.
    this.#folders = connection.column(`
      WITH RECURSIVE f(id) AS (
        SELECT min(folder) FROM versions INDEXED BY items_by_folder WHERE kind <> ${folderKind} AND folder > 0
        UNION ALL
        SELECT (SELECT min(v.folder) FROM versions v INDEXED BY items_by_folder WHERE v.kind <> ${folderKind} AND v.folder > f.id)
        FROM f WHERE f.id IS NOT NULL)
      SELECT id FROM f`);
    this.#ended = connection.tuples(`
      SELECT so.uid, i.uid, v.kind, 0, 0, count(*), sum(c.size_bytes)
      FROM versions v INDEXED BY items_by_folder CROSS JOIN contents c ON c.id = v.content CROSS JOIN sources so ON so.id = v.source
        LEFT JOIN items i ON i.id = v.folder
      WHERE v.kind <> ${folderKind} AND v.folder IS ? AND v.gone = 0 AND v.valid_to > 0 GROUP BY v.source, v.kind`);
    this.#seen = connection.column(`
      SELECT v.id FROM versions v INDEXED BY items_by_folder
      WHERE v.kind <> ${folderKind} AND v.folder = (SELECT id FROM items WHERE uid = ?) AND v.gone = 0`);
    this.#sent = connection.tuples(`
      SELECT c.sender, sum(v.valid_to IS NULL), sum(iif(v.valid_to IS NULL, c.size_bytes, 0)), count(*), sum(c.size_bytes)
      FROM json_each(@ids) w CROSS JOIN versions v ON v.id = w.value CROSS JOIN contents c ON c.id = v.content
      WHERE @kind IS NULL OR v.kind = @kind GROUP BY c.sender`);
  }

  /** Something was applied. */
  forget(): void {
    this.#sizes = undefined;
    this.#senders = undefined;
  }

  sizes(): Promise<FolderSize[]> {
    const found = this.#sizes ?? this.#countSizes();
    this.#sizes = found;
    // What failed is looked for anew by whoever asks again.
    found.catch(() => this.forget());
    return found;
  }

  senders(folders: readonly ItemId[], kind: ItemKind | null): Promise<SenderSize[]> {
    const name = JSON.stringify([folders, kind]);
    if (this.#senders?.name === name) return this.#senders.found;
    const found = this.#countSenders(folders, kind);
    this.#senders = { name, found };
    found.catch(() => this.forget());
    return found;
  }

  async #countSizes(): Promise<FolderSize[]> {
    const sums = new Map<string, FolderSize>();
    const add = ([source, folder, kind, items, itemBytes, versions, versionBytes]: Counted): void => {
      const place = { source: source as SourceId, folder: folder as ItemId | null, kind: nth(itemKinds, kind) };
      const key = JSON.stringify(place);
      const size = { items, itemBytes, versions, versionBytes };
      sums.set(key, { ...place, ...sumOf([sums.get(key) ?? noSize, size]) });
    };
    for (const row of this.#present.all()) add(row);
    for (const folder of new Set([...this.#folders.all(), null])) {
      for (const row of this.#ended.all(folder)) add(row);
      await turn();
    }
    return [...sums.values()];
  }

  async #countSenders(folders: readonly ItemId[], kind: ItemKind | null): Promise<SenderSize[]> {
    const found = new Map<string, Found>();
    for (const folder of new Set(folders)) {
      const seen = this.#seen.all(folder);
      for (let at = 0; at < seen.length; at += step) {
        const ids = JSON.stringify(seen.slice(at, at + step));
        const sent = this.#sent.all({ ids, kind: kind === null ? null : itemKinds.indexOf(kind) });
        for (const one of sent) addTo(found, one);
        await turn();
      }
    }
    return [...found.values()]
      .map(({ mostVersions: _, ...size }) => size)
      .sort((a, b) => b.versionBytes - a.versionBytes || (a.address < b.address ? -1 : 1));
  }
}

/** One address is one sender, however it is written; its name is the one under which most came at once. */
function addTo(found: Map<string, Found>, [text, items, itemBytes, versions, versionBytes]: Sent): void {
  const { address, name } = senderOf(text ?? '');
  const sent = { items, itemBytes, versions, versionBytes };
  const known = found.get(address);
  const isUsual = known === undefined || versions > known.mostVersions;
  found.set(address, {
    address,
    name: isUsual ? name : known.name,
    mostVersions: isUsual ? versions : known.mostVersions,
    ...sumOf(known === undefined ? [sent] : [known, sent]),
  });
}

/** `Bob <Bob@x.example>` → `bob@x.example` and `Bob`. What has no address is its own. */
function senderOf(text: string): { readonly address: string; readonly name: string } {
  const opens = text.indexOf('<');
  const closes = text.indexOf('>', opens);
  const address = opens < 0 || closes < 0 ? text : text.slice(opens + 1, closes);
  const name = opens < 0 ? '' : text.slice(0, opens).replaceAll('"', '').trim();
  return { address: address.trim().toLowerCase(), name };
}
