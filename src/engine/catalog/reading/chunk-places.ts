import type { ChunkLocation } from '../../../shared/domain/commit.ts';
import type { ChunkId } from '../../../shared/domain/ids.ts';
import type { Connection, Statement } from '../sql/connection.ts';

/** Ids are read in steps, so that nobody who is slow to take them keeps a statement open. */
const step = 10_000;

export class ChunkPlaces {
  readonly #place: Statement<Omit<ChunkLocation, 'id'>>;
  readonly #places: Statement<ChunkLocation>;
  readonly #next: Statement<ChunkId>;

  constructor(connection: Connection) {
    const columns = `
      lower(hex(p.uid)) AS pack, c.record, c.record_offset AS recordOffset, c.record_length AS recordLength, c.offset, c.length
      FROM chunks c JOIN packs p ON p.id = c.pack`;
    this.#place = connection.rows(`SELECT ${columns} WHERE c.id = unhex(?) ORDER BY c.pack, c.record, c.offset LIMIT 1`);
    // Of several places the last that is told counts: the one that is told of one alone.
    this.#places = connection.rows(`
      SELECT lower(hex(c.id)) AS id, ${columns} WHERE c.id IN (SELECT unhex(value) FROM json_each(?))
      ORDER BY c.pack DESC, c.record DESC, c.offset DESC`);
    this.#next = connection.column(`SELECT DISTINCT lower(hex(id)) FROM chunks WHERE id > unhex(?) ORDER BY id LIMIT ${step}`);
  }

  locate(id: ChunkId): ChunkLocation | undefined {
    const place = this.#place.get(id);
    return place === undefined ? undefined : { id, ...place };
  }

  /** Those that are known. Most of what one costs is the asking. */
  locateAll(ids: readonly ChunkId[]): Map<ChunkId, ChunkLocation> {
    return new Map(this.#places.all(JSON.stringify(ids)).map((place) => [place.id, place]));
  }

  *ids(): Iterable<ChunkId> {
    for (let batch = this.#next.all(''); batch.length > 0; batch = this.#next.all(batch.at(-1) ?? '')) yield* batch;
  }
}
