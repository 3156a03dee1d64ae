import type { Change, Connection, Statement } from '../sql/connection.ts';
import { parsed } from './parsed.ts';

/** A table of JSON documents by id, in the order in which they were first put. */
export class Documents<Document extends { readonly id: string }> {
  readonly #all: Statement<string>;
  readonly #put: Change;
  readonly #remove: Change;
  readonly #connection: Connection;

  constructor(
    connection: Connection,
    table: 'storages' | 'sources' | 'jobs' | 'mirrors' | 'captures' | 'job_books' | 'job_actions' | 'alert_channels',
  ) {
    this.#connection = connection;
    this.#all = connection.column(`SELECT body FROM ${table} ORDER BY rowid`);
    this.#put = connection.change(
      `INSERT INTO ${table} (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body`,
    );
    this.#remove = connection.change(`DELETE FROM ${table} WHERE id = ?`);
  }

  all(): Document[] {
    return this.#all.all().map((body) => parsed<Document>(body, this.#connection));
  }

  put(document: Document): void {
    this.#put.run(document.id, JSON.stringify(document));
  }

  remove(id: Document['id']): void {
    this.#remove.run(id);
  }
}
