import fs from 'node:fs';
import { Connection } from '../../../src/engine/catalog/sql/connection.ts';

/**
 * An address book with the tables that Thunderbird makes (`SQLiteDirectory`, versions 78 to 128), and open as long as a Thunderbird would
 * be: with a log beside the file that is written into the file when it is closed. No Thunderbird has written it.
 */
export class MadeAddressBook {
  readonly path: string;
  readonly #database: Connection;

  constructor(path: string) {
    this.path = path;
    this.#database = new Connection({ path, synchronous: 'normal', cacheKiB: 1024, unusable: 'catalog.unusable' });
    this.#database.execute(tables);
  }

  /** Replaces what was written of it. */
  card(uid: string, values: Readonly<Record<string, string>>): this {
    this.removeCard(uid);
    const insert = this.#database.change('INSERT INTO properties (card, name, value) VALUES (?, ?, ?)');
    for (const [name, value] of Object.entries(values)) insert.run(uid, name, value);
    return this;
  }

  removeCard(uid: string): void {
    this.#database.change('DELETE FROM properties WHERE card = ?').run(uid);
  }

  list(uid: string, name: string, members: readonly string[]): this {
    this.#database.change('INSERT OR REPLACE INTO lists VALUES (?, ?, ?, ?)').run(uid, name, '', '');
    this.#database.change('DELETE FROM list_cards WHERE list = ?').run(uid);
    for (const member of members) this.#database.change('INSERT INTO list_cards VALUES (?, ?)').run(uid, member);
    return this;
  }

  say(sql: string): this {
    this.#database.execute(sql);
    return this;
  }

  /** The log goes into the file. */
  close(): void {
    this.#database.close();
  }

  get logBytes(): number {
    return fs.existsSync(`${this.path}-wal`) ? fs.statSync(`${this.path}-wal`).size : 0;
  }
}

const tables = `
  CREATE TABLE properties (card TEXT, name TEXT, value TEXT);
  CREATE INDEX properties_card ON properties (card);
  CREATE INDEX properties_name ON properties (name);
  CREATE TABLE lists (uid TEXT PRIMARY KEY, name TEXT, nickName TEXT, description TEXT);
  CREATE TABLE list_cards (list TEXT, card TEXT, PRIMARY KEY (list, card));
  PRAGMA user_version = 4;
`;
