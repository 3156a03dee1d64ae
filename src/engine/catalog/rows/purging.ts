import { stubOf } from '../../../shared/domain/stub.ts';
import { Versions } from '../reading/versions.ts';
import type { Change, Connection, Statement } from '../sql/connection.ts';
import type { VersionWriter, WrittenVersion } from './version-writer.ts';

/** So many items are asked for at once. */
const batch = 1000;

/**
 * Makes stubs of all that is hidden: what a prune did to the records of manifests. An item of which something goes is written
 * again whole, as a rebuild would write it, so that both come to the same rows.
 */
export class Purging {
  readonly #versions: Versions;
  readonly #writer: VersionWriter;
  readonly #affected: Statement<number>;
  readonly #isAnythingHidden: Statement<number>;
  readonly #idsOf: Statement<number>;
  readonly #changeWords: Record<'forget' | 'learn', Change>;
  readonly #deleteContent: Change;
  readonly #deleteVersions: Change;
  readonly #contentsFrom: Statement<number>;
  readonly #dropLists: Change;
  readonly #dropShapes: Change;

  constructor(connection: Connection, writer: VersionWriter) {
    this.#versions = new Versions(connection);
    this.#writer = writer;
    this.#affected = connection.column(`
      SELECT DISTINCT item FROM versions INDEXED BY hidden_versions WHERE hidden = 1 AND item > ? ORDER BY item LIMIT ${batch}`);
    this.#isAnythingHidden = connection.column('SELECT 1 FROM versions INDEXED BY hidden_versions WHERE hidden = 1 LIMIT 1');
    this.#idsOf = connection.column('SELECT id FROM versions INDEXED BY versions_by_item WHERE item = ? ORDER BY id');
    const words = 'coalesce(title, name, key), sender, recipient FROM contents WHERE id = ?';
    this.#changeWords = {
      forget: connection.change(`INSERT INTO words (words, rowid, title, sender, recipient) SELECT 'delete', id, ${words}`),
      learn: connection.change(`INSERT INTO words (rowid, title, sender, recipient) SELECT id, ${words}`),
    };
    this.#deleteContent = connection.change('DELETE FROM contents WHERE id = ?');
    this.#deleteVersions = connection.change('DELETE FROM versions WHERE item = ?');
    this.#contentsFrom = connection.column(
      'SELECT DISTINCT content FROM versions WHERE item = ? AND content > 0 ORDER BY content',
    );
    // Neither is asked for by its digest at any other time, so there is no index for it: one walk over all contents.
    this.#dropLists = connection.change(`
      DELETE FROM chunk_lists WHERE digest NOT IN (
        SELECT digest FROM contents WHERE digest IS NOT NULL
        UNION ALL SELECT unhex(part.value ->> 1) FROM contents, json_each(parts) part WHERE parts IS NOT NULL)`);
    this.#dropShapes = connection.change('DELETE FROM shapes WHERE id NOT IN (SELECT shape FROM versions)');
  }

  isAnythingHidden(): boolean {
    return this.#isAnythingHidden.get() === 1;
  }

  purge(): void {
    if (!this.isAnythingHidden()) return;
    for (let items = this.#affected.all(0); items.length > 0; items = this.#affected.all(items.at(-1) ?? 0)) {
      for (const item of items) this.#purgeItem(item);
    }
    this.#dropLists.run();
    this.#dropShapes.run();
  }

  #purgeItem(item: number): void {
    const written = this.#idsOf.all(item).map((id): WrittenVersion => {
      const { manifest, validToMs, isHidden } = this.#versions.stored(id);
      return { id, manifest: isHidden ? stubOf(manifest) : manifest, validToMs };
    });
    for (const content of this.#contentsFrom.all(item)) {
      this.#changeWords.forget.run(content);
      this.#deleteContent.run(content);
    }
    this.#deleteVersions.run(item);
    this.#writer.rewrite(item, written);
    for (const content of this.#contentsFrom.all(item)) this.#changeWords.learn.run(content);
  }
}
