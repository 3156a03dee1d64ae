import type { RunId } from '../../shared/domain/ids.ts';
import { piecesLost } from '../../shared/domain/repair.ts';
import type { CheckFinding } from '../../shared/domain/run.ts';
import type { ProfileStore, StoredStorage } from '../catalog/index.ts';

/** The newest repair that changed something and came to its end after the last check. */
export interface LastRepair {
  run: RunId;
  atMs: number;
  /** Pieces of content and descriptions of versions that were nowhere any more. */
  lost: number;
}

type Checked = Pick<StoredStorage, 'id' | 'lastCheck'>;

/** Null: what the last check found is what is known. */
export function lastRepair({ id, lastCheck }: Checked, store: Pick<ProfileStore, 'lastRepair'>): LastRepair | null {
  const run = store.lastRepair(id);
  if (run === undefined || run.repair === null || run.startedAtMs < (lastCheck?.atMs ?? 0)) return null;
  return { run: run.id, atMs: run.endedAtMs ?? run.startedAtMs, lost: piecesLost(run.repair) };
}

/** What the last check found and is so still: a repair that lost nothing ends it without a further check. */
export function standingFindings(storage: Checked, store: Pick<ProfileStore, 'lastRepair'>): readonly CheckFinding[] {
  const findings = storage.lastCheck?.report.findings ?? [];
  return findings.length > 0 && lastRepair(storage, store)?.lost === 0 ? [] : findings;
}
