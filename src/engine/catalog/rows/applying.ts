import type { CommitId } from '../../../shared/domain/ids.ts';
import type {
  ChunkLocation,
  Commit,
  CommitActs,
  CommitContents,
  PackSummary,
  SourceCursors,
  SourceDescription,
} from '../../../shared/domain/commit.ts';
import type { JsonValue } from '../../../shared/domain/json.ts';
import { canonicalJson } from '../../../shared/domain/json.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import type { Manifest } from '../../../shared/domain/item.ts';
import type { RowsBasis } from '../catalog.ts';
import type { Change, Connection, Statement } from '../sql/connection.ts';
import { Acts } from './acts.ts';
import { readState, writeState } from './layout.ts';
import { RowNumbers } from './row-numbers.ts';
import { Tallies } from './tallies.ts';
import { VersionWriter } from './version-writer.ts';

/** Steps of a few hundredths of a second. */
const chunksAtOnce = 5000;
const manifestsAtOnce = 1000;
/** More would take a gigabyte for a million. */
const sortedTogether = 100_000;
const wordsAtOnce = 5000;

/** `append`: to a catalog that is in use. `rebuild`: from the beginning, knowing what became of everything. */
type ApplyMode = 'append' | 'rebuild';

/**
 * Turns commits into rows. What a row holds, and its number, depends on the order of the commits and of what is in them,
 * and on nothing else: two catalogs of the same commits are equal row for row.
 */
export class Applying {
  readonly #connection: Connection;
  readonly #numbers: RowNumbers;
  readonly #tallies: Tallies;
  readonly #versions: VersionWriter;
  readonly #acts: Acts;
  readonly #insertCommit: Change;
  readonly #countPacks: Change;
  readonly #isRemoved: Statement<0 | 1>;
  readonly #putSource: Change;
  readonly #completeSource: Change;
  readonly #putCursor: Change;
  readonly #forgetCursor: Change;
  readonly #insertChunk: Change;
  readonly #indexWords: Change;
  readonly #lastContent: Statement<number>;
  /** Of what is applied ahead: the last content that can be searched, and how many manifests came after it. */
  #lastIndexed = 0;
  #wordless = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#numbers = new RowNumbers(connection);
    this.#tallies = new Tallies(connection);
    this.#versions = new VersionWriter(connection, this.#numbers, this.#tallies);
    this.#acts = new Acts(connection, this.#tallies, this.#versions);
    this.#insertCommit = connection.change(
      'INSERT INTO commits (sequence, run, at_ms, is_moment, is_forgotten, pack_bytes, body) VALUES (?, ?, ?, ?, 0, 0, ?)',
    );
    this.#countPacks = connection.change('UPDATE commits SET pack_bytes = ? WHERE sequence = ?');
    this.#isRemoved = connection.column('SELECT size_bytes IS NULL FROM packs WHERE uid = unhex(?)');
    this.#putSource = connection.change('UPDATE sources SET name = ?, settings = ?, listed_at_ms = ? WHERE id = ?');
    this.#completeSource = connection.change('UPDATE sources SET complete_at_ms = ? WHERE id = ?');
    this.#putCursor = connection.change(
      'INSERT INTO cursors (source, folder_key, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
    );
    this.#forgetCursor = connection.change('DELETE FROM cursors WHERE source = ? AND folder_key = ?');
    this.#insertChunk = connection.change(`
      INSERT INTO chunks (id, pack, record, record_offset, record_length, offset, length) VALUES (unhex(?), ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING`);
    this.#indexWords = connection.change(`
      INSERT INTO words (rowid, title, sender, recipient) SELECT id, coalesce(title, name, key), sender, recipient FROM contents
      WHERE id > ? AND id <= ?`);
    this.#lastContent = connection.column('SELECT coalesce(max(id), 0) FROM contents');
  }

  applied(): { readonly sequence: number; readonly id: CommitId | null } {
    return {
      sequence: Number(readState(this.#connection, 'sequence') ?? 0),
      id: (readState(this.#connection, 'commit') as CommitId | undefined) ?? null,
    };
  }

  apply(contents: CommitContents): void {
    this.#connection.transaction(() => {
      const lastContent = this.#lastContent.get() ?? 0;
      for (const _ of this.#steps(contents, 'append'));
      this.#indexWords.run(lastContent, Number.MAX_SAFE_INTEGER);
      this.#finish(contents.commit, 'append');
    });
  }

  /** The same while the commit is made: what its rows' numbers depend on, then its manifests, and the rest when it is true. */
  beginAhead({ run, sources }: RowsBasis): void {
    this.#connection.begin();
    this.#lastIndexed = this.#lastContent.get() ?? 0;
    this.#wordless = 0;
    this.#numbers.forget();
    this.#tallies.begin();
    this.#numbers.run(run);
    for (const source of sources) this.#numbers.source(source);
    this.#versions.begin();
  }

  addAhead(manifest: Manifest): void {
    this.#versions.write(manifest);
    this.#wordless += 1;
    if (this.#wordless >= wordsAtOnce) this.#indexWordsAhead();
  }

  /** As they come: at the end everybody waits. */
  #indexWordsAhead(): void {
    const last = this.#lastContent.get() ?? 0;
    this.#indexWords.run(this.#lastIndexed, last);
    this.#lastIndexed = last;
    this.#wordless = 0;
  }

  endAhead(commit: Commit, chunks: Iterable<ChunkLocation>): void {
    this.#refuseStranger(commit);
    this.#applyCommit(commit, 'append');
    for (const chunk of inIndexOrder(chunks)) this.#applyChunk(chunk);
    this.#indexWordsAhead();
    this.#finish(commit, 'append');
    this.#connection.commit();
  }

  /** The same in small steps, for a catalog that nobody looks at; words are left for later. */
  *applyInSteps(contents: CommitContents): Iterable<void> {
    this.#connection.begin();
    yield* this.#steps(contents, 'rebuild');
    this.#finish(contents.commit, 'rebuild');
    this.#connection.commit();
  }

  /** What {@link applyInSteps} left for later. */
  *indexWordsInSteps(): Iterable<void> {
    const last = this.#lastContent.get() ?? 0;
    for (let after = 0; after < last; after += wordsAtOnce) {
      this.#indexWords.run(after, after + wordsAtOnce);
      yield;
    }
  }

  *#steps({ commit, chunks, manifests }: CommitContents, mode: ApplyMode): Iterable<void> {
    this.#refuseStranger(commit);
    this.#numbers.forget();
    this.#tallies.begin();
    this.#applyCommit(commit, mode);
    let rows = 0;
    for (const chunk of inIndexOrder(chunks)) {
      this.#applyChunk(chunk);
      if (++rows % chunksAtOnce === 0) yield;
    }
    this.#versions.begin();
    for (const manifest of manifests) {
      this.#versions.write(manifest);
      if (++rows % manifestsAtOnce === 0) yield;
    }
  }

  #finish(commit: Commit, mode: ApplyMode): void {
    this.#countCommit(commit, this.#acts.apply(commit, mode === 'rebuild'));
    this.#tallies.end();
    writeState(this.#connection, 'sequence', commit.sequence);
    writeState(this.#connection, 'commit', commit.id);
  }

  #refuseStranger(commit: Commit): void {
    const last = this.applied();
    if (commit.sequence === last.sequence + 1 && commit.previous === last.id) return;
    throw new StrataError('catalog.unusable', 'later', { applied: last.sequence, offered: commit.sequence });
  }

  #applyCommit(commit: Commit, mode: ApplyMode): void {
    const run = this.#numbers.run(commit.run);
    const { sequence, atMs, kind } = commit;
    this.#insertCommit.run(sequence, run, atMs, Number(kind === 'full'), canonicalJson(withoutActs(commit)));
    for (const source of commit.sources) this.#applySource(source, atMs);
    for (const id of commit.completeSources) this.#completeSource.run(atMs, this.#numbers.source(id));
    for (const pack of commit.packs) this.#applyPack(pack, mode);
    for (const cursors of commit.cursors) this.#applyCursors(cursors);
  }

  #applySource({ id, name, settings }: SourceDescription, atMs: number): void {
    this.#putSource.run(name, canonicalJson(settings as unknown as JsonValue), atMs, this.#numbers.source(id));
  }

  /** What came back with a pack from the trash, only a rebuild can tell. */
  #applyPack({ id, sizeBytes }: PackSummary, mode: ApplyMode): void {
    if (mode === 'append' && this.#isRemoved.get(id) === 1) throw new StrataError('catalog.unusable', 'later', { pack: id });
    this.#numbers.pack(id, sizeBytes);
  }

  #countCommit(commit: Commit, removedBytes: number): void {
    const bytes = commit.packs.reduce((sum, pack) => sum + pack.sizeBytes, 0) - removedBytes;
    this.#countPacks.run(bytes, commit.sequence);
    this.#tallies.add('packBytes', bytes);
    this.#tallies.add('moments', commit.kind === 'full' ? 1 : 0);
  }

  #applyCursors({ source, folders }: SourceCursors): void {
    const number = this.#numbers.source(source);
    for (const [folderKey, cursor] of Object.entries(folders)) {
      if (cursor === null) this.#forgetCursor.run(number, folderKey);
      else this.#putCursor.run(number, folderKey, canonicalJson(cursor));
    }
  }

  #applyChunk({ id, pack, record, recordOffset, recordLength, offset, length }: ChunkLocation): void {
    this.#insertChunk.run(id, this.#numbers.pack(pack), record, recordOffset, recordLength, offset, length);
  }
}

const acts: { readonly [Act in keyof CommitActs]-?: true } = {
  forgets: true,
  remembers: true,
  hides: true,
  shows: true,
  holds: true,
  releases: true,
  freezes: true,
  thaws: true,
  unchooses: true,
  chooses: true,
  letsGo: true,
  keeps: true,
  givesBack: true,
  movedManifests: true,
  removes: true,
  losesChunks: true,
};

/** What the acts did is in the rows, and they can be many. */
const withoutActs = (commit: Commit): JsonValue =>
  Object.fromEntries(Object.entries(commit).filter(([member]) => !Object.hasOwn(acts, member)));

/**
 * Ids are random, and so would be the pages that they touch: sorted, a commit's chunks go in twice as fast (measured, 30,000 into
 * 300,000).
 */
function* inIndexOrder(chunks: Iterable<ChunkLocation>): Iterable<ChunkLocation> {
  let part: ChunkLocation[] = [];
  for (const chunk of chunks) {
    part.push(chunk);
    if (part.length < sortedTogether) continue;
    yield* byBeginning(part);
    part = [];
  }
  yield* byBeginning(part);
}

/** By the first 32 bits of their ids: pages do not ask for more. Numbers are sorted ten times as fast as texts. */
function* byBeginning(chunks: readonly ChunkLocation[]): Iterable<ChunkLocation> {
  const places = Float64Array.from(chunks, ({ id }, place) => Number.parseInt(id.slice(0, 8), 16) * sortedTogether + place);
  for (const place of places.sort()) {
    const chunk = chunks[place % sortedTogether];
    if (chunk !== undefined) yield chunk;
  }
}
