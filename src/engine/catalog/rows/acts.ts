import type { Commit, CommitActs } from '../../../shared/domain/commit.ts';
import type { PackId } from '../../../shared/domain/ids.ts';
import { canonicalJson, type JsonValue } from '../../../shared/domain/json.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import type { Change, Connection, Statement } from '../sql/connection.ts';
import { Hiding } from './hiding.ts';
import { Purging } from './purging.ts';
import type { Tallies } from './tallies.ts';
import type { VersionWriter } from './version-writer.ts';

/** What a commit does beside adding versions. docs/format/commit.md */
export class Acts {
  readonly #tallies: Tallies;
  readonly #hiding: Hiding;
  readonly #purging: Purging;
  readonly #forget: Change;
  readonly #put: Record<'holds' | 'freezes', Change>;
  readonly #drop: Record<'holds' | 'freezes', Change>;
  readonly #unchoose: Change;
  readonly #choose: Change;
  readonly #letGo: Change;
  readonly #keep: Change;
  readonly #giveBack: Change;
  readonly #pack: Statement<readonly [number, number | null]>;
  readonly #removePack: Change;
  readonly #removeChunks: Change;
  readonly #loseChunk: Change;
  readonly #forgetPlaces: Change;

  constructor(connection: Connection, tallies: Tallies, writer: VersionWriter) {
    this.#tallies = tallies;
    this.#hiding = new Hiding(connection, tallies);
    this.#purging = new Purging(connection, writer);
    this.#forget = connection.change(
      'UPDATE commits SET is_forgotten = @forgotten WHERE sequence = @sequence AND is_moment = 1 AND is_forgotten <> @forgotten',
    );
    const put = (table: string): Change =>
      connection.change(`INSERT INTO ${table} (id, body) VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body`);
    const drop = (table: string): Change => connection.change(`DELETE FROM ${table} WHERE id = ?`);
    this.#put = { holds: put('holds'), freezes: put('freezes') };
    this.#drop = { holds: drop('holds'), freezes: drop('freezes') };
    this.#unchoose = connection.change(
      'INSERT INTO unchosen (item, since_ms) SELECT id, @atMs FROM items WHERE uid = @item ON CONFLICT DO NOTHING',
    );
    this.#letGo = connection.change(
      'UPDATE unchosen SET let_go_ms = @atMs WHERE item = (SELECT id FROM items WHERE uid = @item) AND let_go_ms IS NULL',
    );
    this.#keep = connection.change('UPDATE unchosen SET let_go_ms = NULL WHERE item = (SELECT id FROM items WHERE uid = @item)');
    this.#choose = connection.change('DELETE FROM unchosen WHERE item = (SELECT id FROM items WHERE uid = @item)');
    this.#giveBack = connection.change(`
      INSERT INTO given_back (source, folder_key, key, item, version, revision)
      SELECT @source, @folder, @key, id, @version, @revision FROM items WHERE uid = @item
      ON CONFLICT DO UPDATE SET item = excluded.item, version = excluded.version, revision = excluded.revision`);
    this.#pack = connection.tuples('SELECT id, size_bytes FROM packs WHERE uid = unhex(?)');
    this.#removePack = connection.change('UPDATE packs SET size_bytes = NULL WHERE id = ?');
    // Nothing else asks for the chunks of a pack, so there is no index for it: one walk over all chunks.
    this.#removeChunks = connection.change('DELETE FROM chunks WHERE pack IN (SELECT value FROM json_each(?))');
    this.#loseChunk = connection.change('INSERT INTO lost_chunks (id) VALUES (unhex(?)) ON CONFLICT DO NOTHING');
    this.#forgetPlaces = connection.change('DELETE FROM chunks WHERE id = unhex(?)');
  }

  /** In the order of the format. Returns the bytes of the packs that went. */
  apply(commit: Commit, isRebuild: boolean): number {
    for (const sequence of commit.forgets ?? []) this.#showMoment(sequence, 1);
    for (const sequence of commit.remembers ?? []) this.#showMoment(sequence, 0);
    for (const versions of commit.hides ?? []) this.#hiding.hide(versions);
    for (const versions of commit.shows ?? []) this.#hiding.show(versions, isRebuild);
    this.#keepAndRelease('holds', commit.holds, commit.releases);
    this.#keepAndRelease('freezes', commit.freezes, commit.thaws);
    for (const item of commit.unchooses ?? []) this.#unchoose.run({ item, atMs: commit.atMs });
    for (const item of commit.chooses ?? []) this.#choose.run({ item });
    for (const item of commit.letsGo ?? []) this.#letGo.run({ item, atMs: commit.atMs });
    for (const item of commit.keeps ?? []) this.#keep.run({ item });
    for (const made of commit.givesBack ?? []) this.#giveBack.run({ ...made });
    // In a rebuild the manifests are what became of them: stubs where something was removed.
    if (!isRebuild && commit.movedManifests !== undefined) this.#purge(commit);
    const removedBytes = this.#removePacks(commit.removes ?? []);
    for (const chunk of commit.losesChunks ?? []) {
      this.#forgetPlaces.run(chunk);
      this.#loseChunk.run(chunk);
    }
    return removedBytes;
  }

  #showMoment(sequence: number, forgotten: 0 | 1): void {
    const { changes } = this.#forget.run({ sequence, forgotten });
    this.#tallies.add('moments', forgotten === 1 ? -changes : changes);
  }

  #keepAndRelease(
    table: 'holds' | 'freezes',
    kept: CommitActs['holds'] | CommitActs['freezes'],
    released: readonly string[] = [],
  ): void {
    for (const each of kept ?? []) this.#put[table].run(each.id, canonicalJson(each as unknown as JsonValue));
    for (const id of released) this.#drop[table].run(id);
  }

  /** A prune that moves anything moves every record that holds something hidden. What a repair moved cannot be told from here. */
  #purge(commit: Commit): void {
    if (commit.kind === 'prune') return this.#purging.purge();
    if (this.#purging.isAnythingHidden()) throw new StrataError('catalog.unusable', 'later', { applied: commit.sequence - 1 });
  }

  #removePacks(packs: readonly PackId[]): number {
    let bytes = 0;
    const numbers: number[] = [];
    for (const pack of packs) {
      const [number, sizeBytes] = this.#pack.get(pack) ?? [];
      if (number === undefined || sizeBytes === null || sizeBytes === undefined) continue;
      bytes += sizeBytes;
      numbers.push(number);
      this.#removePack.run(number);
    }
    if (numbers.length > 0) this.#removeChunks.run(JSON.stringify(numbers));
    return bytes;
  }
}
