import type { CommitContents } from '../../../shared/domain/commit.ts';
import type { Connection } from '../sql/connection.ts';
import type { Applying } from './applying.ts';
import { createIndexesInSteps, dropIndexes, writeState } from './layout.ts';

/**
 * Fills an empty catalog: words and indexes come last, in one go, so that none is touched at random. A step is short, but for the
 * making of an index. Each gives the number of commits that are done.
 */
export function* rebuildInSteps(connection: Connection, applying: Applying, all: Iterable<CommitContents>): Iterable<number> {
  if (applying.applied().sequence !== 0) throw new Error('only an empty catalog can be rebuilt');
  connection.transaction(() => {
    writeState(connection, 'rebuilding', 1);
    dropIndexes(connection);
  });
  let done = 0;
  for (const contents of all) {
    for (const _ of applying.applyInSteps(contents)) yield done;
    yield ++done;
  }
  connection.begin();
  for (const _ of createIndexesInSteps(connection)) yield done;
  for (const _ of applying.indexWordsInSteps()) yield done;
  writeState(connection, 'rebuilding', 0);
  connection.commit();
}
