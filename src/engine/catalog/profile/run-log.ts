import type { RunId } from '../../../shared/domain/ids.ts';
import type { Facts } from '../../../shared/domain/strata-error.ts';
import type { LogLine } from '../profile-store.ts';
import type { Change, Connection, Statement } from '../sql/connection.ts';

type Row = Omit<LogLine, 'facts'> & { readonly facts: string };

/** How many lines more than the limit may wait to be dropped: dropping one by one would double each line's cost. */
const slack = 1000;

/** What runs said, the newest lines of all of them together. */
export class RunLog {
  readonly #connection: Connection;
  readonly #limit: number;
  readonly #append: Change;
  readonly #drop: Change;
  readonly #lines: Statement<Row>;
  #sinceDrop = slack;

  constructor(connection: Connection, limit: number) {
    this.#connection = connection;
    this.#limit = limit;
    this.#append = connection.change(`
      INSERT INTO log (run, line, at_ms, level, event, facts)
      VALUES (@run, (SELECT coalesce(max(line), 0) + 1 FROM log WHERE run = @run), @atMs, @level, @event, @facts)`);
    this.#drop = connection.change('DELETE FROM log WHERE number <= (SELECT max(number) FROM log) - ?');
    this.#lines = connection.rows(`
      SELECT line, at_ms AS atMs, level, event, facts FROM log WHERE run = ? AND line > ? ORDER BY line LIMIT ?`);
  }

  append(run: RunId, atMs: number, level: LogLine['level'], event: string, facts: Facts): void {
    // A line that the power takes away is no loss, and waiting for the disk for each would slow the run down.
    this.#connection.pragma('synchronous = NORMAL');
    try {
      this.#append.run({ run, atMs, level, event, facts: JSON.stringify(facts) });
      this.#sinceDrop += 1;
      if (this.#sinceDrop < slack) return;
      this.#drop.run(this.#limit);
      this.#sinceDrop = 0;
    } finally {
      this.#connection.pragma('synchronous = FULL');
    }
  }

  lines(run: RunId, after: number, limit: number): LogLine[] {
    return this.#lines.all(run, after, limit).map((row) => ({ ...row, facts: JSON.parse(row.facts) as Facts }));
  }
}
