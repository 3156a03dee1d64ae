import type { SourceId } from '../../shared/domain/ids.ts';
import type { SourceSettings } from '../../shared/domain/source-settings.ts';
import type { Catalog } from '../catalog/index.ts';
import type { Lanes } from '../restore/index.ts';
import type { Parts } from './parts.ts';
import { readPreferences } from './preferences.ts';
import type { RestoreTarget } from './restore-request.ts';

/** Each account is written to by itself, as many at a time as servers are compared; what lies on this computer is one place. */
export function lanesOf(parts: Parts, catalog: Catalog, target: RestoreTarget): Lanes {
  // As the profile knows them now, else as the storage remembers them.
  const settings = new Map([...catalog.sources(), ...parts.store.sources()].map((one) => [one.id, one.settings]));
  return {
    of(source) {
      const to = writtenTo(target, source);
      const there = to === undefined ? undefined : settings.get(to);
      return there === undefined ? '' : accountOf(there);
    },
    most: readPreferences(parts).servers,
  };
}

/** Undefined: into files. */
function writtenTo(target: RestoreTarget, source: SourceId): SourceId | undefined {
  switch (target.kind) {
    case 'original':
      return source;
    case 'source':
      return target.source;
    case 'matched':
      return target.matches.find(({ from }) => from === source)?.to;
    default:
      return undefined;
  }
}

/** Two sources of one server and user are one account, whatever is read of it. Empty: this computer. */
export function accountOf(settings: SourceSettings): string {
  if (!('user' in settings)) return '';
  const host = 'host' in settings ? settings.host : hostOf(settings.url);
  return JSON.stringify([host.toLowerCase(), settings.user.toLowerCase()]);
}

const hostOf = (url: string): string => URL.parse(url.includes('://') ? url : `https://${url}`)?.hostname ?? url;
