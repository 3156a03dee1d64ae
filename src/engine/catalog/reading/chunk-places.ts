import type { ChunkLocation } from '../../../shared/domain/commit.ts';
import type { ChunkId, PackId } from '../../../shared/domain/ids.ts';
import type { Connection, Statement } from '../sql/connection.ts';

/** Ids are read in steps, so that nobody who is slow to take them keeps a statement open. */
const step = 10_000;

type PlaceRow = readonly [
  at: number,
  pack: number,
  record: number,
  recordOffset: number,
  recordLength: number,
  offset: number,
  length: number,
];

const isBefore = ([, pack, record, , , offset]: PlaceRow, other: PlaceRow | undefined): boolean =>
  other === undefined || (pack - other[1] || record - other[2] || offset - other[5]) < 0;

export class ChunkPlaces {
  readonly #place: Statement<Omit<ChunkLocation, 'id'>>;
  readonly #places: Statement<PlaceRow>;
  readonly #packs: Statement<readonly [number: number, pack: PackId]>;
  readonly #next: Statement<ChunkId>;

  constructor(connection: Connection) {
    this.#place = connection.rows(`
      SELECT lower(hex(p.uid)) AS pack, c.record, c.record_offset AS recordOffset, c.record_length AS recordLength, c.offset, c.length
      FROM chunks c JOIN packs p ON p.id = c.pack WHERE c.id = unhex(?) ORDER BY c.pack, c.record, c.offset LIMIT 1`);
    this.#places = connection.tuples(`
      SELECT w.key, c.pack, c.record, c.record_offset, c.record_length, c.offset, c.length
      FROM json_each(?) w CROSS JOIN chunks c ON c.id = unhex(w.value)`);
    this.#packs = connection.tuples('SELECT id, lower(hex(uid)) FROM packs WHERE id IN (SELECT value FROM json_each(?))');
    this.#next = connection.column(`SELECT DISTINCT lower(hex(id)) FROM chunks WHERE id > unhex(?) ORDER BY id LIMIT ${step}`);
  }

  locate(id: ChunkId): ChunkLocation | undefined {
    const place = this.#place.get(id);
    return place === undefined ? undefined : { id, ...place };
  }

  /** Those that are known. Most of what one costs is the asking, and then what crosses from there: so no names, and no id twice. */
  locateAll(ids: readonly ChunkId[]): Map<ChunkId, ChunkLocation> {
    const rows = this.#places.all(JSON.stringify(ids));
    const packs = new Map(this.#packs.all(JSON.stringify([...new Set(rows.map(([, pack]) => pack))])));
    const firsts: PlaceRow[] = [];
    // Of several places the first counts: the one that is told of one alone.
    for (const row of rows) if (isBefore(row, firsts[row[0]])) firsts[row[0]] = row;
    const found = new Map<ChunkId, ChunkLocation>();
    for (const [index, id] of ids.entries()) {
      const [, number = 0, record = 0, recordOffset = 0, recordLength = 0, offset = 0, length = 0] = firsts[index] ?? [];
      const pack = packs.get(number);
      if (pack !== undefined) found.set(id, { id, pack, record, recordOffset, recordLength, offset, length });
    }
    return found;
  }

  *ids(): Iterable<ChunkId> {
    for (let batch = this.#next.all(''); batch.length > 0; batch = this.#next.all(batch.at(-1) ?? '')) yield* batch;
  }
}
