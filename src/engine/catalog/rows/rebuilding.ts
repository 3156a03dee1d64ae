import type { CommitContents } from '../../../shared/domain/commit.ts';
import type { CatalogRebuild } from '../catalog.ts';
import type { Connection } from '../sql/connection.ts';
import type { Applying } from './applying.ts';
import { createIndexes, dropIndexes, writeState } from './layout.ts';

/** Fills an empty catalog: words and indexes come last, in one go, so that none is touched at random. */
export class Rebuilding implements CatalogRebuild {
  readonly #connection: Connection;
  readonly #applying: Applying;

  constructor(connection: Connection, applying: Applying) {
    if (applying.applied().sequence !== 0) throw new Error('only an empty catalog can be rebuilt');
    this.#connection = connection;
    this.#applying = applying;
    connection.transaction(() => {
      writeState(connection, 'rebuilding', 1);
      dropIndexes(connection);
    });
  }

  apply(contents: CommitContents): void {
    this.#applying.apply(contents, 'rebuild');
  }

  finish(): void {
    this.#connection.transaction(() => {
      createIndexes(this.#connection);
      this.#applying.indexAllWords();
      writeState(this.#connection, 'rebuilding', 0);
    });
  }
}
