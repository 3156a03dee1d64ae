import type { PackSummary } from '../../../shared/domain/commit.ts';
import type { PackId } from '../../../shared/domain/ids.ts';
import type { Failure } from '../../../shared/domain/strata-error.ts';
import type { StoredReading } from '../../catalog/index.ts';

const dayMs = 86_400_000;

/** What of a storage was read back, and what came of it. */
export interface Verification {
  packs: number;
  bytes: number;
  /** Of them, what was read within the last `days`, and was right. */
  days: number;
  packsVerified: number;
  bytesVerified: number;
  /** By when every pack had been read, and was right; null: some never was. */
  verifiedAtMs: number | null;
  lastReadAtMs: number | null;
  /** Packs of which the last reading was wrong, and those of which only the first try was. */
  damaged: number;
  flickered: number;
  /** The damage that was found last. */
  failure: Failure | null;
}

export function verificationOf(
  packs: readonly PackSummary[],
  readings: ReadonlyMap<PackId, StoredReading>,
  { days, nowMs }: { readonly days: number; readonly nowMs: number },
): Verification {
  const read = packs.flatMap(({ id, sizeBytes }) => {
    const reading = readings.get(id);
    // A time that has not come yet says nothing of when it was.
    return reading === undefined || reading.atMs > nowMs ? [] : [{ ...reading, sizeBytes }];
  });
  const right = read.filter(({ outcome }) => outcome !== 'damaged');
  const recent = right.filter(({ atMs }) => nowMs - atMs <= days * dayMs);
  const wrong = read.filter(({ outcome }) => outcome === 'damaged').sort((a, b) => b.atMs - a.atMs);
  return {
    packs: packs.length,
    bytes: bytesOf(packs),
    days,
    packsVerified: recent.length,
    bytesVerified: bytesOf(recent),
    verifiedAtMs: packs.length > 0 && right.length === packs.length ? least(right.map(({ atMs }) => atMs)) : null,
    lastReadAtMs: read.length === 0 ? null : -least(read.map(({ atMs }) => -atMs)),
    damaged: wrong.length,
    flickered: right.filter(({ outcome }) => outcome === 'flickered').length,
    failure: wrong[0]?.failure ?? null,
  };
}

const bytesOf = (packs: readonly { readonly sizeBytes: number }[]): number =>
  packs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
/** Of more numbers than a call takes arguments. */
const least = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.min(a, b), Infinity);
