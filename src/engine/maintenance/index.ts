/**
 * What keeps a storage and its catalog honest: bringing the catalog up to date, making it anew, checking the storage, and taking out
 * of it what nothing needs any more.
 * Refuses to decide: what to hide is for rules and people; what was hidden and is needed by nothing is all that ever goes.
 */
export { adoptStorage } from './adopt.ts';
export { catchUp, fillCatalog, fillCatalogInTurns } from './catch-up.ts';
export { checkStorage } from './check.ts';
export { emptyTrash, planPrune, prune, returnFromTrash } from './prune.ts';
export { type TrashBatch, type TrashSummary, trashSummary } from './trash-summary.ts';
