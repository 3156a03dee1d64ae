import { isStrataError } from '../../../src/shared/domain/strata-error.ts';
import { type Catalog, openCatalog, removeCatalog, replaceCatalog } from '../../../src/engine/catalog/index.ts';
import { NodeFileSystem } from '../../../src/engine/kernel/node-file-system.ts';
import { catchUp, fillCatalog } from '../../../src/engine/maintenance/index.ts';
import type { Storage } from '../../../src/engine/storage/index.ts';
import { testRun } from '../../kit/storage-world.ts';
import type { OpenedWorld } from '../sim-world.ts';

const files = new NodeFileSystem();
const placeIn = (folder: string): string => `${folder}/catalog.sqlite`;

const opened = (path: string, storage: Storage): Catalog => openCatalog({ path, key: storage.catalogKey(), files });

/** A new one is made aside from the storage alone, and takes the place of the one that is there, as a rebuild does it. */
export function rebuildCatalog(folder: string, { storage, deps }: OpenedWorld): void {
  const aside = `${placeIn(folder)}.new`;
  removeCatalog(files, aside);
  const fresh = opened(aside, storage);
  fillCatalog(storage, fresh, testRun(deps));
  fresh.close();
  replaceCatalog(files, aside, placeIn(folder));
}

/** All rows, of the catalog that is there: brought up to date, or thrown away where it cannot be used. */
export function rowsOfCatalog(folder: string, { storage, deps }: OpenedWorld): string[] {
  const caught = caughtUp(folder, storage);
  if (caught !== undefined) return caught;
  removeCatalog(files, placeIn(folder));
  const catalog = opened(placeIn(folder), storage);
  fillCatalog(storage, catalog, testRun(deps));
  return rowsOf(catalog);
}

/** Undefined: it is unusable, and says so. */
function caughtUp(folder: string, storage: Storage): string[] | undefined {
  let catalog: Catalog | undefined;
  try {
    catalog = opened(placeIn(folder), storage);
    catchUp(storage, catalog);
    return rowsOf(catalog);
  } catch (error) {
    catalog?.close();
    if (isStrataError(error) && error.code === 'catalog.unusable') return undefined;
    throw error;
  }
}

function rowsOf(catalog: Catalog): string[] {
  const rows = [...catalog.dump()];
  catalog.close();
  return rows;
}
