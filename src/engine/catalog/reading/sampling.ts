import type { PackSummary } from '../../../shared/domain/commit.ts';
import type { PackId } from '../../../shared/domain/ids.ts';
import type { Manifest } from '../../../shared/domain/item.ts';
import { below, type Random } from '../../kernel/random.ts';
import { folderKind } from '../rows/layout.ts';
import type { Connection, Statement } from '../sql/connection.ts';
import type { Versions } from './versions.ts';

/** So often chance may fall on a version that was drawn before, until what there is counts as drawn. */
const mostRepeats = 20;

/** What is there to be read back: packs, and items by chance. */
export class Sampling {
  readonly #packs: Statement<readonly [pack: string, sizeBytes: number]>;
  readonly #last: Statement<number | null>;
  readonly #next: Statement<number>;
  readonly #versions: Versions;

  constructor(connection: Connection, versions: Versions) {
    this.#versions = versions;
    this.#packs = connection.tuples('SELECT lower(hex(uid)), size_bytes FROM packs WHERE size_bytes IS NOT NULL ORDER BY id');
    this.#last = connection.column('SELECT max(id) FROM versions');
    this.#next = connection.column(`
      SELECT v.id FROM versions v JOIN contents c ON c.id = v.content
      WHERE v.id >= ? AND v.gone = 0 AND v.kind <> ${folderKind} AND c.digest IS NOT NULL AND c.size_bytes <= ? ORDER BY v.id LIMIT 1`);
  }

  packs(): PackSummary[] {
    return this.#packs.all().map(([id, sizeBytes]) => ({ id: id as PackId, sizeBytes }));
  }

  sample(count: number, mostBytes: number, random: Random): Manifest[] {
    const last = this.#last.get() ?? 0;
    const drawn = new Set<number>();
    for (let repeats = 0; drawn.size < count && repeats < mostRepeats; ) {
      const id = this.#next.get(1 + below(random, last), mostBytes) ?? this.#next.get(0, mostBytes);
      if (id === undefined) break;
      if (drawn.has(id)) repeats += 1;
      drawn.add(id);
    }
    return [...drawn].map((id) => this.#versions.manifest(id));
  }
}
