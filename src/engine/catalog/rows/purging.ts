import { stubOf } from '../../../shared/domain/stub.ts';
import { Versions } from '../reading/versions.ts';
import type { Change, Connection, Statement } from '../sql/connection.ts';
import type { VersionWriter, WrittenVersion } from './version-writer.ts';

/**
 * Makes stubs of all that is hidden, frozen sources apart: what a prune did to the records of manifests. An item of which something
 * goes is written again whole, as a rebuild would write it, so that both come to the same rows.
 */
export class Purging {
  readonly #versions: Versions;
  readonly #writer: VersionWriter;
  readonly #affected: Statement<number>;
  readonly #isAnythingHidden: Statement<number>;
  readonly #idsOf: Statement<number>;
  readonly #forgetWords: Change;
  readonly #learnWords: Change;
  readonly #deleteContent: Change;
  readonly #deleteVersions: Change;
  readonly #contentsOf: Statement<number>;
  readonly #dropLists: Change;
  readonly #dropShapes: Change;

  constructor(connection: Connection, writer: VersionWriter) {
    this.#versions = new Versions(connection);
    this.#writer = writer;
    // An item is of one source from its first version to its last.
    this.#affected = connection.column(`
      SELECT DISTINCT item FROM versions INDEXED BY hidden_versions WHERE hidden = 1 AND source NOT IN (
        SELECT id FROM sources WHERE uid IN (SELECT body ->> 'source' FROM freezes))
      ORDER BY item`);
    this.#isAnythingHidden = connection.column('SELECT 1 FROM versions INDEXED BY hidden_versions WHERE hidden = 1 LIMIT 1');
    this.#idsOf = connection.column('SELECT id FROM versions INDEXED BY versions_by_item WHERE item = ? ORDER BY id');
    // In one statement and in order: the index of words begins a segment of its own for each further one, and for each step back.
    const words = `coalesce(title, name, key), sender, recipient FROM contents
      WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`;
    this.#forgetWords = connection.change(
      `INSERT INTO words (words, rowid, title, sender, recipient) SELECT 'delete', id, ${words}`,
    );
    this.#learnWords = connection.change(`INSERT INTO words (rowid, title, sender, recipient) SELECT id, ${words}`);
    this.#deleteContent = connection.change('DELETE FROM contents WHERE id = ?');
    this.#deleteVersions = connection.change('DELETE FROM versions WHERE item = ?');
    this.#contentsOf = connection.column('SELECT DISTINCT content FROM versions WHERE item = ? AND content > 0 ORDER BY content');
    // Neither is asked for by its digest at any other time, so there is no index for it: one walk over all contents.
    this.#dropLists = connection.change(`
      DELETE FROM chunk_lists WHERE digest NOT IN (
        SELECT digest FROM contents WHERE digest IN (SELECT digest FROM chunk_lists)
        UNION ALL SELECT unhex(part.value ->> 1) FROM contents, json_each(parts) part WHERE parts IS NOT NULL)`);
    this.#dropShapes = connection.change('DELETE FROM shapes WHERE id NOT IN (SELECT DISTINCT shape FROM versions)');
  }

  isAnythingHidden(): boolean {
    return this.#isAnythingHidden.get() === 1;
  }

  purge(): void {
    const items = this.#affected.all();
    if (items.length === 0) return;
    this.#forgetWords.run(this.#contentsOfAll(items));
    for (const item of items) this.#purgeItem(item);
    this.#learnWords.run(this.#contentsOfAll(items));
    this.#dropLists.run();
    this.#dropShapes.run();
  }

  #contentsOfAll(items: readonly number[]): string {
    return JSON.stringify(items.flatMap((item) => this.#contentsOf.all(item)));
  }

  #purgeItem(item: number): void {
    const written = this.#idsOf.all(item).map((id): WrittenVersion => {
      const { manifest, validToMs, isHidden } = this.#versions.stored(id);
      return { id, manifest: isHidden ? stubOf(manifest) : manifest, validToMs };
    });
    for (const content of this.#contentsOf.all(item)) this.#deleteContent.run(content);
    this.#deleteVersions.run(item);
    this.#writer.rewrite(item, written);
  }
}
