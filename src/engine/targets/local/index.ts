/**
 * A storage's place in a folder of a disk that the system has mounted.
 *
 * Promises: what it says of a target (`target.ts`), by writing aside, syncing, naming without replacing, and syncing names.
 * Refuses: names that could lead out of the folder, and a folder that holds something for a new storage.
 */
export { inspectPlace, type PlaceInspection } from './inspect-place.ts';
export { openLocalTarget } from './local-target.ts';
