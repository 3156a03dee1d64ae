import { Connection } from './connection.ts';

export interface CatalogFile {
  readonly path: string;
  /** 64 hex digits. */
  readonly key: string;
  /** The SQLite build to load; undefined: the one inside the package. */
  readonly nativeBinding?: string | undefined;
}

/** To a catalog's file. Losing the last transactions with the power is no loss: the storage has them. */
export const catalogConnection = ({ path, key, nativeBinding }: CatalogFile): Connection =>
  new Connection({ path, key, nativeBinding, synchronous: 'normal', cacheKiB: 65_536, unusable: 'catalog.unusable' });
