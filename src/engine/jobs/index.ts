/**
 * The life of a run: start, progress, stop, outcome, history. Runs a function and does not know that it is a backup.
 *
 * Promises: a run that ended is stored with its outcome before anybody is told; a run that the engine did not see ending is shown as interrupted.
 */
export { RunDesk } from './run-desk.ts';
export { Turns } from './turns.ts';
export type { RunBody, RunEnd, RunningRun } from './run-request.ts';
