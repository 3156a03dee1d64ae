import { usualRecordDays } from '../../shared/domain/act.ts';
import { type NewJobs, usualNewJobs } from '../../shared/domain/new-jobs.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Parts } from './parts.ts';

export interface Preferences {
  theme: 'system' | 'light' | 'dark';
  language: 'system' | 'en' | 'de';
  closeToTray: boolean | null;
  /** `low`: everything else on the computer goes first. From the next start of the engine on. */
  priority: 'low' | 'normal';
  /** How many threads pack while a backup runs; null: two. From the next start of the engine on. */
  workers: number | null;
  /** How many servers a cycle compares at the same time; from the next cycle on. */
  servers: number;
  /** Groups of jobs of which the list shows the name alone. */
  foldedGroups: readonly string[];
  savedSearches: readonly string[];
  newJobs: NewJobs;
  /** How long the record of who did what goes back; null: to its beginning. */
  recordDays: number | null;
}

/** What nobody chose yet. */
const defaults: Preferences = {
  theme: 'system',
  language: 'system',
  closeToTray: null,
  priority: 'low',
  workers: null,
  servers: 2,
  foldedGroups: [],
  savedSearches: [],
  newJobs: usualNewJobs,
  recordDays: usualRecordDays,
};
const key = 'preferences';

export function readPreferences({ store }: Pick<Parts, 'store'>): Preferences {
  const text = store.preference(key);
  if (text === undefined) return defaults;
  const kept = { ...defaults, ...(JSON.parse(text) as Partial<Preferences>) };
  // A condition that a later Strata knows is as usual in what an earlier one wrote.
  return { ...kept, newJobs: { ...kept.newJobs, timing: { ...usualNewJobs.timing, ...kept.newJobs.timing } } };
}

export function changePreferences(parts: Parts, change: Partial<Preferences>): Preferences {
  // Every job that began with it would be refused.
  if (change.newJobs?.timing.windows?.length === 0) throw new StrataError('schedule.never', 'never');
  const preferences = { ...readPreferences(parts), ...change };
  parts.store.setPreference(key, JSON.stringify(preferences));
  parts.changed('preferences');
  return preferences;
}
