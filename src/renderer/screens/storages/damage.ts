import type { StorageSummary } from '../../state/index.ts';

interface Damage {
  /** Of what is there now, as far as it is known. */
  readonly problems: number;
  /** Pieces that a repair since then found nowhere. */
  readonly missing: number;
  /** Since the last check; null: none, or there was no need of one. */
  readonly repair: StorageSummary['lastRepair'];
}

/** What a check found is over when a repair came after it; what a reading since then found is not. */
export function damageOf({ lastCheck, lastRepair, verification }: StorageSummary): Damage {
  const found = lastRepair === null ? (lastCheck?.report.findings.length ?? 0) : 0;
  const problems = Math.max(found, verification?.damaged ?? 0);
  return { problems, missing: problems === 0 ? (lastRepair?.lost ?? 0) : 0, repair: lastRepair };
}
