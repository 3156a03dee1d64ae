import type { StoredJob, StoredSource } from '../catalog/index.ts';

/** What nobody else should work with while this job runs. */
export function needsOf({ sources, storage }: StoredJob, stored: readonly StoredSource[]): Set<string> {
  const accounts = stored.filter(({ id }) => sources.includes(id)).flatMap(({ settings }) => accountOf(settings));
  return new Set([`storage ${storage}`, ...sources.map((id) => `source ${id}`), ...accounts]);
}

/** Two sources may be one account: one server, one person. */
function accountOf(settings: StoredSource['settings']): string[] {
  if (!('user' in settings)) return [];
  const server = 'host' in settings ? settings.host : settings.url;
  return [`account ${settings.user} at ${server}`.toLowerCase()];
}
