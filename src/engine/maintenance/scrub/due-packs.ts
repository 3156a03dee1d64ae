import type { PackSummary } from '../../../shared/domain/commit.ts';
import type { PackId } from '../../../shared/domain/ids.ts';
import type { StoredReading } from '../../catalog/index.ts';

const dayMs = 86_400_000;
/** Packs are read a fifth sooner than they must be: for days on which the computer is off. */
const aheadShare = 0.8;

/** A pack and how long ago it was read; infinite: never, or at a time that has not come yet, which no clock can have meant. */
interface Aged {
  readonly pack: PackSummary;
  readonly ageMs: number;
}

type Readings = ReadonlyMap<PackId, StoredReading>;

/** What was never read comes first, in the order in which it came, then what was not read for longest. */
export function leastRecentlyRead(packs: readonly PackSummary[], readings: Readings, nowMs: number): PackSummary[] {
  return byAge(packs, readings, nowMs).map(({ pack }) => pack);
}

/** So many of a hundred packs, at least one: the same share taken again and again comes to all of them. */
export function shareOf(packs: readonly PackSummary[], percent: number, readings: Readings, nowMs: number): Set<PackId> {
  const count = Math.ceil((packs.length * percent) / 100);
  return new Set(
    leastRecentlyRead(packs, readings, nowMs)
      .slice(0, count)
      .map(({ id }) => id),
  );
}

/**
 * What should be read now, in this order, so that every pack is read within the days, and never many more on one day than on others:
 * what was never read, and as much of the rest as is behind. Behind is, looking back over any time, what is lacking to the share of all
 * bytes that belongs to that time.
 */
export function duePacks(
  packs: readonly PackSummary[],
  readings: Readings,
  { days, nowMs }: { readonly days: number; readonly nowMs: number },
): PackSummary[] {
  const aged = byAge(packs, readings, nowMs);
  const unread = aged.filter(({ ageMs }) => ageMs === Infinity);
  const read = aged.slice(unread.length);
  const due = unread.map(({ pack }) => pack);
  let behind = bytesBehind(read, periodMs(days));
  for (const { pack } of read) {
    behind -= pack.sizeBytes;
    if (behind < 0) break;
    due.push(pack);
  }
  return due;
}

/** When the next pack will be due, if nothing else happens; null: there are no packs. */
export function nextDueMs(
  packs: readonly PackSummary[],
  readings: Readings,
  { days, nowMs }: { readonly days: number; readonly nowMs: number },
): number | null {
  const aged = byAge(packs, readings, nowMs);
  const [oldest] = aged;
  if (oldest === undefined) return null;
  if (oldest.ageMs === Infinity) return nowMs;
  const period = periodMs(days);
  const total = bytesOf(aged);
  let soonestMs = period - oldest.ageMs;
  let newer = 0;
  for (const { pack, ageMs } of aged.toReversed()) {
    soonestMs = Math.min(soonestMs, ((oldest.pack.sizeBytes + newer) / total) * period - ageMs);
    newer += pack.sizeBytes;
  }
  return Math.ceil(nowMs + Math.max(0, soonestMs));
}

function byAge(packs: readonly PackSummary[], readings: Readings, nowMs: number): Aged[] {
  const ageOf = (id: PackId): number => {
    const ageMs = nowMs - (readings.get(id)?.atMs ?? -Infinity);
    return ageMs < 0 ? Infinity : ageMs;
  };
  const aged = packs.map((pack) => ({ pack, ageMs: ageOf(pack.id) }));
  // Infinity less itself is no number: two that were never read stay in their order.
  return aged.sort((a, b) => (a.ageMs === b.ageMs ? 0 : b.ageMs - a.ageMs));
}

/** @param aged Oldest first. */
function bytesBehind(aged: readonly Aged[], period: number): number {
  const total = bytesOf(aged);
  let behind = 0;
  let newer = 0;
  for (const { pack, ageMs } of aged.toReversed()) {
    behind = Math.max(behind, total * Math.min(1, ageMs / period) - newer);
    newer += pack.sizeBytes;
  }
  return behind;
}

const bytesOf = (aged: readonly Aged[]): number => aged.reduce((sum, { pack }) => sum + pack.sizeBytes, 0);
const periodMs = (days: number): number => days * dayMs * aheadShare;
