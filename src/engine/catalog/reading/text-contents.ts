import { type ItemKind, itemKinds, type Manifest } from '../../../shared/domain/item.ts';
import type { Connection, Statement } from '../sql/connection.ts';
import type { Versions } from './versions.ts';

/** A content that may have a text, and the version that brought it. */
export interface TextContent {
  readonly content: number;
  readonly manifest: Manifest;
}

/** Contents that may say something, each numbered like the version that brought it. */
export interface TextContentList {
  /** In the order in which they came. */
  after(content: number, limit: number): TextContent[];
  /** Those of many that are still there. */
  thoseThere(contents: readonly number[]): ReadonlySet<number>;
  count(after: number): number;
  /** Whether a commit since then may have made contents go, or come back. */
  areRearranged(since: number): boolean;
}

/** Kinds of items that say something. */
const saying: readonly ItemKind[] = ['message', 'event', 'task', 'note', 'contact', 'file'];

/** Of the catalog's rows. */
export class TextContents implements TextContentList {
  readonly #versions: Versions;
  readonly #ids: Statement<number>;
  readonly #there: Statement<number>;
  readonly #count: Statement<number>;
  readonly #rearranged: Statement<number>;

  constructor(connection: Connection, versions: Versions) {
    this.#versions = versions;
    const kinds = saying.map((kind) => itemKinds.indexOf(kind)).join();
    const from = `contents t CROSS JOIN versions v ON v.id = t.id
      WHERE (t.digest IS NOT NULL OR t.parts IS NOT NULL) AND v.kind IN (${kinds})`;
    this.#ids = connection.column(`SELECT t.id FROM ${from} AND t.id > ? ORDER BY t.id LIMIT ?`);
    this.#there = connection.column(`SELECT t.id FROM ${from} AND t.id IN (SELECT value FROM json_each(?))`);
    this.#count = connection.column(`SELECT count(*) FROM ${from} AND t.id > ?`);
    this.#rearranged = connection.column(
      `SELECT 1 FROM commits WHERE sequence > ? AND body ->> 'kind' IN ('prune', 'repair') LIMIT 1`,
    );
  }

  after(content: number, limit: number): TextContent[] {
    const ids = this.#ids.all(content, limit);
    return this.#versions.manifests(ids).map((manifest, index) => ({ content: ids[index] ?? 0, manifest }));
  }

  thoseThere(contents: readonly number[]): ReadonlySet<number> {
    return new Set(this.#there.all(JSON.stringify(contents)));
  }

  areRearranged(since: number): boolean {
    return this.#rearranged.get(since) === 1;
  }

  count(after: number): number {
    return this.#count.get(after) ?? 0;
  }
}
