import type { Commit, SourceDescription } from '../../../shared/domain/commit.ts';
import type { RunId, SourceId } from '../../../shared/domain/ids.ts';
import { type Tally, tallies } from '../rows/tallies.ts';
import type { Connection, Statement } from '../sql/connection.ts';

export class CommitList {
  readonly #bodies: Statement<string>;
  readonly #newest: Statement<string>;
  readonly #firstMs: Statement<number>;
  readonly #newestMs: Statement<number | null>;
  readonly #moments: Statement<string>;
  readonly #momentTimes: Statement<number>;
  readonly #complete: Statement<readonly [SourceId, number]>;
  readonly #completions: Statement<number>;
  readonly #listed: Statement<readonly [SourceId, number]>;
  readonly #ofRun: Statement<string>;
  readonly #sources: Statement<{ readonly uid: string; readonly name: string; readonly settings: string }>;
  readonly #tally: Statement<number>;

  constructor(connection: Connection) {
    this.#bodies = connection.column('SELECT body FROM commits ORDER BY sequence');
    this.#newest = connection.column('SELECT body FROM commits ORDER BY sequence DESC LIMIT 1');
    this.#firstMs = connection.column('SELECT at_ms FROM commits ORDER BY sequence LIMIT 1');
    this.#newestMs = connection.column('SELECT max(at_ms) FROM commits');
    this.#moments = connection.column(
      'SELECT body FROM commits WHERE is_moment = 1 AND is_forgotten = 0 ORDER BY sequence DESC LIMIT ?',
    );
    this.#momentTimes = connection.column('SELECT at_ms FROM commits WHERE is_moment = 1 AND is_forgotten = 0 ORDER BY at_ms');
    this.#complete = connection.tuples('SELECT uid, complete_at_ms FROM sources WHERE complete_at_ms IS NOT NULL');
    this.#completions = connection.column(`
      SELECT c.at_ms FROM (SELECT at_ms, body FROM commits WHERE at_ms >= ? ORDER BY sequence DESC LIMIT ?) c,
        json_each(c.body, '$.completeSources') s
      WHERE s.value = ? ORDER BY c.at_ms`);
    this.#listed = connection.tuples('SELECT uid, listed_at_ms FROM sources WHERE listed_at_ms IS NOT NULL');
    this.#ofRun = connection.column(
      'SELECT body FROM commits WHERE run = (SELECT id FROM runs WHERE uid = ?) ORDER BY sequence DESC LIMIT 1',
    );
    this.#sources = connection.rows('SELECT uid, name, settings FROM sources WHERE name IS NOT NULL ORDER BY id');
    this.#tally = connection.column('SELECT value FROM state WHERE name = ?');
  }

  commits(): Commit[] {
    return this.#bodies.all().map(asCommit);
  }

  newest(): Commit | undefined {
    return this.#newest.all().map(asCommit)[0];
  }

  firstMs(): number | null {
    return this.#firstMs.get() ?? null;
  }

  newestMs(): number | null {
    return this.#newestMs.get() ?? null;
  }

  moments(limit: number): Commit[] {
    return this.#moments.all(limit).map(asCommit);
  }

  momentTimes(): number[] {
    return this.#momentTimes.all();
  }

  protectedUntil(): Map<SourceId, number> {
    return new Map(this.#complete.all());
  }

  completions(source: SourceId, sinceMs: number, mostCommits: number): number[] {
    return this.#completions.all(sinceMs, mostCommits, source);
  }

  listed(): Map<SourceId, number> {
    return new Map(this.#listed.all());
  }

  /** The one that ended the run: a run's last commit. */
  ofRun(run: RunId): Commit | undefined {
    return this.#ofRun.all(run).map(asCommit)[0];
  }

  /** As the newest commit that names it describes it. */
  sources(): SourceDescription[] {
    return this.#sources.all().map(({ uid, name, settings }) => ({
      id: uid as SourceId,
      name,
      settings: JSON.parse(settings) as SourceDescription['settings'],
    }));
  }

  totals(): Record<Tally, number> {
    const totals = Object.fromEntries(tallies.map((name) => [name, this.#tally.get(name) ?? 0]));
    return totals as Record<Tally, number>;
  }
}

const asCommit = (body: string): Commit => JSON.parse(body) as Commit;
