import type { PackSummary } from '../../../shared/domain/commit.ts';
import type { PackId } from '../../../shared/domain/ids.ts';
import type { StoredReading } from '../../catalog/index.ts';
import type { PackReading } from '../../storage/index.ts';

/** When each pack of a storage was last read whole, and what came of it. What was put is durable when `put` returns. */
export interface ReadingBook {
  all(): ReadonlyMap<PackId, StoredReading>;
  put(reading: StoredReading): void;
  /** Forgets all other packs. */
  keepOnly(packs: readonly PackSummary[]): void;
}

export function readingOf(pack: PackSummary, { damages, flickered }: PackReading, atMs: number): StoredReading {
  const [damage] = damages;
  const outcome = damage !== undefined ? 'damaged' : flickered !== undefined ? 'flickered' : 'good';
  return { pack: pack.id, atMs, outcome, failure: damage?.failure ?? flickered ?? null };
}
