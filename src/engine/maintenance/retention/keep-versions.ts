import type { ItemKind } from '../../../shared/domain/item.ts';
import type { RemovalReason, Retention, RetentionRules } from '../../../shared/domain/retention.ts';
import type { EndedVersion } from '../../catalog/index.ts';
import type { Calendar } from './calendar.ts';
import { hasKeepRules } from './keep-moments.ts';

/** One job's word on the versions of one source. */
export interface Keeper {
  /** Null keeps everything. */
  readonly retention: Retention | null;
  readonly calendar: Calendar;
  /** Times of the kept moments that show the source, rising. Empty where moments are no reason to keep anything. */
  readonly momentsMs: readonly number[];
}

type VersionRules = Pick<RetentionRules, 'deletedDays' | 'maxAgeDays' | 'maxVersions'>;
/** What a version is decided by, beside its own members. */
export interface Present {
  readonly nowMs: number;
  /** By hand: what was deleted at least so many days ago goes, whatever the rules say of deleted items. Null: not asked for. */
  readonly olderThanDays: number | null;
}

export const rulesOf = (retention: Retention, kind: ItemKind): VersionRules => retention.byKind[kind] ?? retention.rules;

/** Whether some moment lies in the version's interval. */
export function isShown(version: Pick<EndedVersion, 'validFromMs' | 'validToMs'>, momentsMs: readonly number[]): boolean {
  let low = 0;
  let high = momentsMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((momentsMs[middle] ?? 0) < version.validFromMs) low = middle + 1;
    else high = middle;
  }
  const moment = momentsMs[low];
  return moment !== undefined && (version.validToMs === null || moment < version.validToMs);
}

/**
 * Why one job lets a version go that has ended; undefined: it stays. Of deletions and of the present state nothing is said here.
 * docs/decisions/0080-removing.md, rules 2, 3, 5 and 6.
 */
export function lettingGo(version: EndedVersion, keeper: Keeper, present: Present): RemovalReason | undefined {
  const { retention, calendar, momentsMs } = keeper;
  if (isShown(version, momentsMs)) return undefined;
  const isPast = (sinceMs: number, days: number): boolean => calendar.day(present.nowMs) - calendar.day(sinceMs) > days;
  const { goneSinceMs, validToMs } = version;
  if (present.olderThanDays !== null && goneSinceMs !== null && isPast(goneSinceMs, present.olderThanDays - 1)) return 'by-hand';
  if (retention === null) return undefined;

  const rules = rulesOf(retention, version.kind);
  const byMoments = hasKeepRules(retention.rules.keep);
  if (goneSinceMs !== null) {
    if (rules.deletedDays > 0 && isPast(goneSinceMs, rules.deletedDays)) return 'deleted';
    // Until then the last state before the deletion stays in any case, and without moments to choose by all of it.
    return byMoments && version.newer > 0 ? 'moments' : undefined;
  }
  if (byMoments) return 'moments';
  if (rules.maxVersions !== null && version.newer >= rules.maxVersions) return 'count';
  if (rules.maxAgeDays !== null && validToMs !== null && isPast(validToMs, rules.maxAgeDays)) return 'age';
  return undefined;
}
