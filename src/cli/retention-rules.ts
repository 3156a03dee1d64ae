import { itemKinds } from '../shared/domain/item.ts';
import { keepEverything, type Retention, type RetentionRules } from '../shared/domain/retention.ts';
import { StrataError } from '../shared/domain/strata-error.ts';

type KindRules = NonNullable<Retention['byKind'][keyof Retention['byKind']]>;

const counts = ['last', 'hourly', 'daily', 'weekly', 'monthly', 'yearly'] as const;
const unitDays: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, y: 365 };

/**
 * `last=10 daily=7 within=30d deleted=30d gone=30d max-age=1y max-versions=50`, and the last four of one kind of item as
 * `contact:deleted=0`. `none`: keep everything.
 */
export function parseRetention(text: string): Retention | null {
  if (text.trim() === 'none') return null;
  let rules: RetentionRules = keepEverything.rules;
  const byKind: Record<string, KindRules> = {};
  const ofKinds: (readonly [string, string, string])[] = [];
  for (const word of text.split(/[\s,]+/).filter((part) => part !== '')) {
    const match = /^(?:([a-z-]+):)?([a-z-]+)=([0-9]+[dwmy]?|never)$/.exec(word);
    const [, kind, name = '', value = ''] = match ?? [];
    if (match === null) throw unreadable(word);
    if (kind === undefined) rules = withRule(rules, name, value, word);
    else if (itemKinds.some((known) => known === kind)) ofKinds.push([kind, name, value]);
    else throw unreadable(word);
  }
  // A kind differs from the rest in what is said of it, and in nothing else, whatever the order of the words.
  for (const [kind, name, value] of ofKinds) {
    const { deletedDays, maxAgeDays, maxVersions } = byKind[kind] ?? rules;
    byKind[kind] = withKindRule({ deletedDays, maxAgeDays, maxVersions }, name, value) ?? fail(`${kind}:${name}=${value}`);
  }
  return { rules, byKind };
}

function withRule(rules: RetentionRules, name: string, value: string, word: string): RetentionRules {
  const keep = counts.find((rule) => rule === name);
  if (keep !== undefined && /^[0-9]+$/.test(value)) return { ...rules, keep: { ...rules.keep, [keep]: Number(value) } };
  if (name === 'within') return { ...rules, keep: { ...rules.keep, withinDays: daysOf(value) } };
  if (name === 'gone') return { ...rules, goneSourceDays: daysOf(value) };
  const changed = withKindRule(rules, name, value);
  return changed === undefined ? fail(word) : { ...rules, ...changed };
}

function withKindRule<Rules extends KindRules>(rules: Rules, name: string, value: string): Rules | undefined {
  switch (name) {
    case 'deleted':
      return { ...rules, deletedDays: daysOf(value) };
    case 'max-age':
      return { ...rules, maxAgeDays: value === 'never' ? null : Math.max(1, daysOf(value)) };
    case 'max-versions':
      return { ...rules, maxVersions: value === 'never' ? null : Math.max(1, Number.parseInt(value, 10)) };
    default:
      return undefined;
  }
}

/** A number alone is days; 0 and `never` are for ever. */
function daysOf(value: string): number {
  if (value === 'never') return 0;
  return Number.parseInt(value, 10) * (unitDays[value.at(-1) ?? ''] ?? 1);
}

const fail = (word: string): never => {
  throw unreadable(word);
};
const unreadable = (word: string): StrataError =>
  new StrataError('usage.invalid', 'never', {
    reason: `“${word}” is no rule. Use last=, hourly=, daily=, weekly=, monthly=, yearly=, within=30d, deleted=30d, gone=30d, max-age=1y, max-versions=50, KIND:deleted=…, or none.`,
  });

/** The same words back. */
/** What jobs on a storage begin with: `usual` is what the settings say for all new jobs, so that `none` has to be said by rules. */
export const parseDefaultRetention = (text: string): Retention | null =>
  text.trim() === usual ? null : (parseRetention(text) ?? keepEverything);

export function defaultRetentionText(retention: Retention | null): string {
  if (retention === null) return usual;
  const text = retentionText(retention);
  return text === retentionText(keepEverything) ? retentionText(null) : text;
}

const usual = 'usual';

export function retentionText(retention: Retention | null): string {
  if (retention === null) return 'none';
  const { keep, goneSourceDays, ...rules } = retention.rules;
  const words = counts.filter((rule) => keep[rule] > 0).map((rule) => `${rule}=${keep[rule]}`);
  if (keep.withinDays > 0) words.push(`within=${keep.withinDays}d`);
  words.push(...kindWords(rules), `gone=${forEver(goneSourceDays)}`);
  for (const [kind, own] of Object.entries(retention.byKind)) words.push(...kindWords(own).map((word) => `${kind}:${word}`));
  return words.join(' ');
}

const forEver = (days: number): string => (days === 0 ? 'never' : `${days}d`);

function kindWords({ deletedDays, maxAgeDays, maxVersions }: KindRules): string[] {
  return [
    `deleted=${forEver(deletedDays)}`,
    ...(maxAgeDays === null ? [] : [`max-age=${maxAgeDays}d`]),
    ...(maxVersions === null ? [] : [`max-versions=${maxVersions}`]),
  ];
}
