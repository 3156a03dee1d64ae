import type { DensityDay, Moment } from '../../state/index.ts';
import { startOfDay } from '../../words/format.ts';

/** The moments of a storage, oldest first, and which of them matter to the folder that is shown. */
export interface Timeline {
  readonly moments: readonly Moment[];
  /** Ascending times of the moments at which the folder may have changed. */
  readonly changedMs: readonly number[];
}

/**
 * A folder's changes are known by day, a moment's by run: a moment matters when its run saved or lost anything on a day on which
 * the folder changed. So no change is passed over, and few moments are offered that changed only other folders.
 */
export function createTimeline(moments: readonly Moment[], density: readonly DensityDay[] | null): Timeline {
  const ascending = [...moments].sort((a, b) => a.atMs - b.atMs);
  const days = density && new Set(density.map(({ dayMs }) => dayMs));
  const changed = ascending.filter(({ atMs, saved, vanished }) => saved + vanished > 0 && (!days || days.has(startOfDay(atMs))));
  return { moments: ascending, changedMs: changed.map(({ atMs }) => atMs) };
}

/** Index of the first time that is at or after `ms`. */
function firstFrom(times: readonly number[], ms: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** `at` null is now, which lies after every moment. Undefined: there is none. */
export function previousOf(times: readonly number[], at: number | null): number | undefined {
  const end = at === null ? times.length : firstFrom(times, at);
  // The newest moment and now show the same.
  return times[at === null ? end - 2 : end - 1];
}

/**
 * The newest time at which the view looked different: the one before the last change until `at`. `changes` are ascending.
 * Undefined: it never did.
 */
export function previousChange(changes: readonly number[], at: number | null): number | undefined {
  const last = at === null ? changes.length : firstFrom(changes, at + 1);
  return changes[last - 2];
}

/** Null: the next step is now. Undefined: it is now already. */
export function nextOf(times: readonly number[], at: number | null): number | null | undefined {
  if (at === null) return undefined;
  const next = firstFrom(times, at + 1);
  return next >= times.length - 1 ? null : times[next];
}

/** The time that is nearest to `ms`; null (now) beyond the newest. */
export function nearest(times: readonly number[], ms: number): number | null {
  const newest = times.at(-1);
  if (newest === undefined || ms >= newest) return null;
  const after = firstFrom(times, ms);
  const [before, next] = [times[after - 1], times[after]];
  if (before === undefined) return next ?? null;
  if (next === undefined || ms - before <= next - ms) return before;
  return next === newest ? null : next;
}
