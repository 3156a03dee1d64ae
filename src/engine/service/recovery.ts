import type { SourceId, StorageId } from '../../shared/domain/ids.ts';
import type { OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';

/** What of a source would be lost, and how soon it would be back, as measured with one storage. */
export interface Recovery {
  readonly storage: StorageId;
  readonly storageName: string;
  /** Null: it was not saved to its end within that time. */
  readonly point: RecoveryPoint | null;
  /** For all of it, by the newest trial restore. Null: none has told. */
  readonly time: { readonly wholeMs: number; readonly atMs: number } | null;
}

/** How far apart the moments are at which all of the source was saved. */
export interface RecoveryPoint {
  /** Of the first that is looked at. */
  readonly sinceMs: number;
  readonly moments: number;
  /** The median; null: there is only one. */
  readonly usualMs: number | null;
  /** With what has passed since the last. */
  readonly longestMs: number;
}

const lookedAtMs = 30 * 24 * 60 * 60 * 1000;
/** Of a job that runs each minute that is a day and a half: enough to tell, and few enough to ask each time. */
const mostMoments = 2000;

/** With each storage that is open and remembers the source. */
export async function recoveriesOf(
  source: SourceId,
  parts: Pick<Parts, 'store' | 'clock'>,
  open: OpenStorages,
): Promise<Recovery[]> {
  const found: Recovery[] = [];
  const nowMs = parts.clock.nowMs();
  for (const { id, name, rehearsed } of parts.store.storages()) {
    if (!open.isOpen(id)) continue;
    const { catalog } = await open.use(id);
    if (!catalog.protectedUntil().has(source)) continue;
    const mark = rehearsed?.[source];
    found.push({
      ...{ storage: id, storageName: name },
      point: pointOf(catalog.completions(source, nowMs - lookedAtMs, mostMoments), nowMs),
      time: mark?.wholeMs === undefined ? null : { wholeMs: mark.wholeMs, atMs: mark.atMs },
    });
  }
  return found;
}

/** @param times ascending. */
export function pointOf(times: readonly number[], nowMs: number): RecoveryPoint | null {
  const [first] = times;
  const last = times.at(-1);
  if (first === undefined || last === undefined) return null;
  // A clock that was set back makes no gap.
  const gaps = times.slice(1).map((time, index) => Math.max(0, time - (times[index] ?? time)));
  const sorted = gaps.toSorted((a, b) => a - b);
  return {
    sinceMs: first,
    moments: times.length,
    usualMs: sorted[Math.floor((sorted.length - 1) / 2)] ?? null,
    longestMs: Math.max(0, nowMs - last, ...gaps),
  };
}
