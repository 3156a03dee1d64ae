import type { ChunkLocation } from '../../../shared/domain/commit.ts';
import type { ChunkId } from '../../../shared/domain/ids.ts';
import type { Connection, Statement } from '../sql/connection.ts';

/** Ids are read in steps, so that nobody who is slow to take them keeps a statement open. */
const step = 10_000;

export class ChunkPlaces {
  readonly #place: Statement<Omit<ChunkLocation, 'id'>>;
  readonly #next: Statement<ChunkId>;

  constructor(connection: Connection) {
    this.#place = connection.rows(`
      SELECT lower(hex(p.uid)) AS pack, c.record, c.record_offset AS recordOffset, c.record_length AS recordLength, c.offset, c.length
      FROM chunks c JOIN packs p ON p.id = c.pack WHERE c.id = unhex(?)
      ORDER BY c.pack, c.record, c.offset LIMIT 1`);
    this.#next = connection.column(`SELECT DISTINCT lower(hex(id)) FROM chunks WHERE id > unhex(?) ORDER BY id LIMIT ${step}`);
  }

  locate(id: ChunkId): ChunkLocation | undefined {
    const place = this.#place.get(id);
    return place === undefined ? undefined : { id, ...place };
  }

  *ids(): Iterable<ChunkId> {
    for (let batch = this.#next.all(''); batch.length > 0; batch = this.#next.all(batch.at(-1) ?? '')) yield* batch;
  }
}
