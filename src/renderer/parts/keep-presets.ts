import { keepEverything, type KeepRules, type Retention, type RetentionRules } from '../../shared/domain/retention.ts';

/** What a person chooses from before any number is typed. */
export const presets = ['everything', 'deleted', 'working', 'critical', 'archive', 'own'] as const;
export type Preset = (typeof presets)[number];

const noMoments: KeepRules = { last: 0, hourly: 0, daily: 0, weekly: 0, monthly: 0, yearly: 0, withinDays: 0 };
const usual: RetentionRules = { keep: noMoments, deletedDays: 30, goneSourceDays: 30, maxAgeDays: null, maxVersions: null };

const rulesOf: Readonly<Record<Exclude<Preset, 'everything' | 'own'>, RetentionRules>> = {
  deleted: usual,
  working: { ...usual, keep: { ...noMoments, withinDays: 7 } },
  critical: { ...usual, keep: { ...noMoments, withinDays: 2, daily: 30, weekly: 52 } },
  archive: { ...usual, keep: { ...noMoments, monthly: 12, yearly: 100 }, deletedDays: 365, goneSourceDays: 0 },
};

/** Null keeps everything. `own` begins with what there was. */
export function retentionOf(preset: Preset, before: Retention | null): Retention | null {
  if (preset === 'everything') return null;
  if (preset === 'own') return before ?? { rules: usual, byKind: {} };
  return { rules: rulesOf[preset], byKind: before?.byKind ?? {} };
}

/** The choice that stands for the rules as they are. */
export function presetOf(retention: Retention | null): Preset {
  if (retention === null || isSame(retention, keepEverything)) return 'everything';
  if (Object.keys(retention.byKind).length > 0) return 'own';
  const known = Object.entries(rulesOf).find(([, rules]) => isSame(rules, retention.rules));
  return known === undefined ? 'own' : (known[0] as Preset);
}

export const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

/** Rules come back from the engine with their members in another order. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}
