import type { KeepRules, KeptBy } from '../../../shared/domain/retention.ts';
import type { Calendar, Slots } from './calendar.ts';

/** A commit that ended a cycle. */
export interface Moment {
  /** Tells which of two is newer. Its time does not: a clock may have been wrong. */
  readonly sequence: number;
  readonly atMs: number;
}

const slotRules = ['hourly', 'daily', 'weekly', 'monthly', 'yearly'] as const satisfies readonly (keyof Slots)[];

/** Whether moments are a reason to keep anything. */
export const hasKeepRules = (rules: KeepRules): boolean =>
  rules.last > 0 || rules.withinDays > 0 || slotRules.some((rule) => rules[rule] > 0);

/**
 * Why each moment of one job stays, by sequence; one that has no reason is to be forgotten. Rules add up. Slots are those of the
 * calendar, and of several moments in one slot the newest counts. Newer is what was committed later: moments with times of their
 * own choosing take the slots of no other for long.
 */
export function keepMoments(
  moments: readonly Moment[],
  rules: KeepRules,
  calendar: Calendar,
  nowMs: number,
): Map<number, readonly KeptBy[]> {
  const newestFirst = [...moments].sort((a, b) => b.sequence - a.sequence);
  if (!hasKeepRules(rules)) return new Map(newestFirst.map(({ sequence }) => [sequence, ['everything']]));
  const today = calendar.day(nowMs);
  const taken = new Map(slotRules.map((rule) => [rule, new Set<string>()]));
  return new Map(
    newestFirst.map((moment, index): [number, readonly KeptBy[]] => {
      const keptBy: KeptBy[] = index === 0 ? ['newest'] : [];
      if (index < rules.last) keptBy.push('last');
      const slots = calendar.slots(moment.atMs);
      for (const [rule, seen] of taken) {
        if (seen.has(slots[rule]) || seen.size >= rules[rule]) continue;
        seen.add(slots[rule]);
        keptBy.push(rule);
      }
      if (rules.withinDays > 0 && today - calendar.day(moment.atMs) <= rules.withinDays) keptBy.push('withinDays');
      return [moment.sequence, keptBy];
    }),
  );
}
