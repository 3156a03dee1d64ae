/**
 * Giving back: what was selected, as of a moment, to a destination.
 *
 * Promises: every byte that is written was checked against its digest; nothing that exists is changed unless `replace` was asked for;
 * a dry run writes nothing anywhere; what failed is listed.
 * What is removed before a restore was proved right then to be in the storage, byte for byte; everything else stays.
 * An undo takes back only what is as the restore made it, and puts back what gave way only where the storage has it.
 * Works without any source: a destination is all that it needs.
 */
export { measured, measureVanished, writtenForm } from './chosen.ts';
export { type Emptied, runEmptying } from './emptying.ts';
export { Gone } from './gone.ts';
export { recentSince } from './recent-first.ts';
export type { Lanes, RestoreInput } from './lane.ts';
export { runRestore } from './restore.ts';
export { findTargetFolders, type TargetFolders } from './target-folders.ts';
export { type Trial, tryRestore } from './trial.ts';
export { runUndo } from './undo.ts';
