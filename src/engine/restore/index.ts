/**
 * Giving back: what was selected, as of a moment, to a destination.
 *
 * Promises: every byte that is written was checked against its digest; nothing that exists is changed unless `replace` was asked for;
 * a dry run writes nothing anywhere; what failed is listed.
 * Works without any source: a destination is all that it needs.
 */
export { measureVanished } from './chosen.ts';
export { runRestore, type RestoreInput } from './restore.ts';
