import type { StoredJob, StoredSource } from '../catalog/index.ts';
import { storagesOf } from './job-storages.ts';

/** What nobody else should work with while this job runs. */
export function needsOf(job: Pick<StoredJob, 'sources' | 'storage' | 'alsoTo'>, stored: readonly StoredSource[]): Set<string> {
  const { sources } = job;
  const accounts = stored.filter(({ id }) => sources.includes(id)).flatMap(({ settings }) => accountOf(settings));
  return new Set([...storagesOf(job).map((id) => `storage ${id}`), ...sources.map((id) => `source ${id}`), ...accounts]);
}

/** Two sources may be one account: one server, one person. */
function accountOf(settings: StoredSource['settings']): string[] {
  if (!('user' in settings)) return [];
  const server = 'host' in settings ? settings.host : settings.url;
  return [`account ${settings.user} at ${server}`.toLowerCase()];
}
