/**
 * Giving back: what was selected, as of a moment, to a destination.
 *
 * Promises: every byte that is written was checked against its digest; nothing that exists is changed unless `replace` was asked for;
 * a dry run writes nothing anywhere; what failed is listed.
 * An undo takes back only what is as the restore made it, and puts back what gave way only where the storage has it.
 * Works without any source: a destination is all that it needs.
 */
export { measureVanished, writtenForm } from './chosen.ts';
export { recentSince } from './recent-first.ts';
export { runRestore, type RestoreInput } from './restore.ts';
export { type Trial, tryRestore } from './trial.ts';
export { runUndo } from './undo.ts';
