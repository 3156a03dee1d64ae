import type { ChunkId, SourceId } from '../../../shared/domain/ids.ts';
import type { Connection, Statement } from '../sql/connection.ts';
import { longContents } from './affected-items.ts';

/** Contents of which a chunk is nowhere any more. Nearly always there is none, and then nobody is asked. */
export class LostContents {
  readonly #connection: Connection;
  readonly #chunks: Statement<ChunkId>;
  readonly #anyIn: Statement<number>;
  #digests: ReadonlySet<string> | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#chunks = connection.column(
      'SELECT lower(hex(l.id)) FROM lost_chunks l WHERE NOT EXISTS (SELECT 1 FROM chunks c WHERE c.id = l.id)',
    );
    this.#anyIn = connection.column(`
      WITH lost AS MATERIALIZED (SELECT unhex(value) AS digest, value AS text FROM json_each(@lost))
      SELECT 1 FROM contents c JOIN items i ON i.id = c.item JOIN versions v ON v.id = i.newest
      WHERE v.content = c.id AND v.gone = 0 AND v.source = (SELECT id FROM sources WHERE uid = @source)
        AND (c.digest IN (SELECT digest FROM lost)
          OR EXISTS (SELECT 1 FROM json_each(c.parts) part WHERE part.value ->> 1 IN (SELECT text FROM lost))) LIMIT 1`);
  }

  /** Whether what is there now of a source needs one. */
  isAnyIn(source: SourceId): boolean {
    const lost = this.#lost();
    return lost.size > 0 && this.#anyIn.get({ lost: JSON.stringify([...lost]), source }) === 1;
  }

  /** @param parts As they are stored, where the content is not one part alone. */
  has(digest: string, parts: string | null): boolean {
    const lost = this.#lost();
    if (lost.size === 0) return false;
    if (parts === null) return lost.has(digest);
    return (JSON.parse(parts) as [string, string, number][]).some(([, each]) => lost.has(each));
  }

  /** Something was applied. */
  forget(): void {
    this.#digests = undefined;
  }

  #lost(): ReadonlySet<string> {
    if (this.#digests === undefined) {
      const chunks = new Set(this.#chunks.all());
      this.#digests = new Set([...chunks, ...(chunks.size === 0 ? [] : longContents(this.#connection, chunks))]);
    }
    return this.#digests;
  }
}
