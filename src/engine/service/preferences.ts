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
};
const key = 'preferences';

export function readPreferences({ store }: Pick<Parts, 'store'>): Preferences {
  const text = store.preference(key);
  return text === undefined ? defaults : { ...defaults, ...(JSON.parse(text) as Partial<Preferences>) };
}

export function changePreferences(parts: Parts, change: Partial<Preferences>): Preferences {
  const preferences = { ...readPreferences(parts), ...change };
  parts.store.setPreference(key, JSON.stringify(preferences));
  parts.changed('preferences');
  return preferences;
}
