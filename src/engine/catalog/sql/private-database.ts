import { isStrataError } from '../../../shared/domain/strata-error.ts';
import { withFileFailure } from '../../kernel/file-failure.ts';
import type { FileSystem } from '../../kernel/file-system.ts';
import { Connection } from './connection.ts';
import { createPrivateFile, removeDatabase } from './database-file.ts';

export interface PrivateDatabase {
  readonly path: string;
  /** 64 hex digits. May be the catalog's: every page of either file is written under a random nonce of its own. */
  readonly key: string;
  readonly files: FileSystem;
  readonly nativeBinding?: string;
}

/** A file beside a catalog, encrypted like it. Begins anew where it cannot be read: for what is known elsewhere, too. */
export function openPrivateDatabase<Value>(options: PrivateDatabase, use: (connection: Connection) => Value): Value {
  try {
    return open(options, use);
  } catch (error) {
    if (!isStrataError(error) || error.code !== 'catalog.unusable') throw error;
    withFileFailure(options.path, () => removeDatabase(options.files, options.path));
    return open(options, use);
  }
}

/** What a power cut takes of the newest rows is found elsewhere again. */
function open<Value>({ path, key, files, nativeBinding }: PrivateDatabase, use: (connection: Connection) => Value): Value {
  withFileFailure(path, () => createPrivateFile(files, path));
  const connection = new Connection({
    ...{ path, key, nativeBinding },
    ...{ synchronous: 'normal', cacheKiB: 1024, unusable: 'catalog.unusable' },
  });
  try {
    return use(connection);
  } catch (error) {
    connection.close();
    throw error;
  }
}
