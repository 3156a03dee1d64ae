import type { PackSummary } from '../../../shared/domain/commit.ts';
import type { PackId, SourceId } from '../../../shared/domain/ids.ts';
import type { Manifest } from '../../../shared/domain/item.ts';
import { below, type Random } from '../../kernel/random.ts';
import type { Candidate } from '../catalog.ts';
import { folderKind } from '../rows/layout.ts';
import type { Connection, Statement } from '../sql/connection.ts';
import type { Versions } from './versions.ts';

/** So often chance may fall on a version that was drawn before, until what there is counts as drawn. */
const mostRepeats = 20;
/** Row numbers of one page: few enough that nobody waits for it. */
const pageRows = 5000;

type CandidateRow = readonly [row: number, source: SourceId, sizeBytes: number, fromMs: number, toMs: number | null];

/** What is there to be read back: packs, and items by chance. */
export class Sampling {
  readonly #packs: Statement<readonly [pack: string, sizeBytes: number]>;
  readonly #last: Statement<number | null>;
  readonly #next: Statement<number>;
  readonly #page: Statement<CandidateRow>;
  readonly #versions: Versions;

  constructor(connection: Connection, versions: Versions) {
    this.#versions = versions;
    this.#packs = connection.tuples('SELECT lower(hex(uid)), size_bytes FROM packs WHERE size_bytes IS NOT NULL ORDER BY id');
    this.#last = connection.column('SELECT max(id) FROM versions');
    this.#next = connection.column(`
      SELECT v.id FROM versions v JOIN contents c ON c.id = v.content
      WHERE v.id >= ? AND v.gone = 0 AND v.kind <> ${folderKind} AND c.digest IS NOT NULL AND c.size_bytes <= ? ORDER BY v.id LIMIT 1`);
    this.#page = connection.tuples(`
      SELECT v.id, so.uid, c.size_bytes, v.valid_from, v.valid_to
      FROM versions v JOIN contents c ON c.id = v.content JOIN sources so ON so.id = v.source
      WHERE v.id > ? AND v.id <= ? AND v.gone = 0 AND v.kind <> ${folderKind} AND c.digest IS NOT NULL ORDER BY v.id`);
  }

  packs(): PackSummary[] {
    return this.#packs.all().map(([id, sizeBytes]) => ({ id: id as PackId, sizeBytes }));
  }

  *candidates(): Iterable<readonly Candidate[]> {
    const last = this.#last.get() ?? 0;
    for (let from = 0; from < last; from += pageRows) {
      yield this.#page
        .all(from, from + pageRows)
        .map(([row, source, sizeBytes, validFromMs, validToMs]) => ({ row, source, sizeBytes, validFromMs, validToMs }));
    }
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
