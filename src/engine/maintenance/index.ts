/**
 * What keeps a storage and its catalog honest: bringing the catalog up to date, making it anew, checking the storage.
 * Refuses to change a storage: nothing in this room writes to one.
 */
export { adoptStorage } from './adopt.ts';
export { catchUp, fillCatalog, fillCatalogInTurns } from './catch-up.ts';
export { checkStorage } from './check.ts';
