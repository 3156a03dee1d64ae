import { keepRuleNames, type Retention, type RetentionRules } from './retention.ts';

type Spans = Pick<RetentionRules, 'deletedDays' | 'maxAgeDays' | 'maxVersions'>;

/** Whether something that stays by the one may go by the other. In doubt: yes. */
export function keepsLess(before: Retention | null, after: Retention | null): boolean {
  if (after === null) return false;
  if (before === null) return true;
  const kinds = new Set([...Object.keys(before.byKind), ...Object.keys(after.byKind)]) as Set<keyof Retention['byKind']>;
  const pairs: (readonly [Spans, Spans])[] = [
    [before.rules, after.rules],
    ...[...kinds].map((kind) => [before.byKind[kind] ?? before.rules, after.byKind[kind] ?? after.rules] as const),
  ];
  return (
    momentsLess(before.rules, after.rules) ||
    isShorter(before.rules.goneSourceDays, after.rules.goneSourceDays) ||
    pairs.some(
      ([then, now]) =>
        isShorter(then.deletedDays, now.deletedDays) ||
        isShorter(then.maxAgeDays ?? 0, now.maxAgeDays ?? 0) ||
        isShorter(then.maxVersions ?? 0, now.maxVersions ?? 0),
    )
  );
}

/** Without a rule for moments, none is forgotten. */
function momentsLess({ keep: before }: RetentionRules, { keep: after }: RetentionRules): boolean {
  const hasNone = keepRuleNames.every((name) => after[name] === 0);
  const hadNone = keepRuleNames.every((name) => before[name] === 0);
  return !hasNone && (hadNone || keepRuleNames.some((name) => after[name] < before[name]));
}

/** Zero is for ever. */
const isShorter = (before: number, after: number): boolean => after !== 0 && (before === 0 || after < before);
