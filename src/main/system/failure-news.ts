import type { Run } from '../../shared/domain/run.ts';

/** Which failed backups a person is told of at once. The window lists them all, told or not. */

/** A cause that stays is told of again after a day, so that it is neither forgotten nor a nuisance. */
const againAfterMs = 24 * 3_600_000;
/** What passes by itself, a network or a server, is news when it did not pass. */
const patience = 3;
/** So many of the job's newest runs the decision needs. */
export const runsNeeded = patience + 1;

/**
 * `newest` are the job's last runs, the failed one first. `toldAtMs`: when its cause was last told of, if it was.
 * A failure is the same cause when the run before it failed with the same code.
 */
export function isNews(newest: readonly Pick<Run, 'status' | 'failure'>[], toldAtMs: number | undefined, nowMs: number): boolean {
  const failure = newest[0]?.failure;
  if (newest[0]?.status !== 'failed' || !failure) return false;
  const other = newest.findIndex((run) => run.status !== 'failed' || run.failure?.code !== failure.code);
  const times = other === -1 ? newest.length : other;
  if (times === (failure.retry === 'later' ? patience : 1)) return true;
  const isTooEarly = failure.retry === 'later' && times < patience;
  return !isTooEarly && (toldAtMs === undefined || nowMs - toldAtMs >= againAfterMs);
}
