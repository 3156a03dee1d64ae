/**
 * The life of a run: start, progress, stop, outcome, history. Runs a function and does not know that it is a backup.
 *
 * Promises: a run that ended is stored with its outcome before anybody is told; a run that the engine did not see ending is shown as interrupted.
 */
export { RunDesk, type RunBody, type RunEnd, type RunningRun, type RunNotices, type StartRun } from './run-desk.ts';
