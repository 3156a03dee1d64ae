import {
  leastBytesPerSecond,
  mostRequestsPerSecond,
  type SourceLimits,
  type WithLimits,
} from '../../../shared/domain/source-limits.ts';
import { davAddress, isLocal } from '../../../shared/domain/source-settings.ts';
import type { SourceSummary } from '../../state/index.ts';

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** A source as text, while it is edited. */
export interface Edited {
  readonly name: string;
  readonly url: string;
  readonly host: string;
  readonly port: string;
  readonly user: string;
  /** Of a server: requests and megabytes a second; empty: no limit. */
  readonly requests: string;
  readonly megabytes: string;
  readonly paths: string;
  readonly exclude: string;
  readonly secret: string;
  readonly keep: boolean;
}

export function begin({ name, settings, secret }: SourceSummary): Edited {
  return {
    name,
    url: 'url' in settings ? settings.url : '',
    host: settings.kind === 'imap' ? settings.host : '',
    port: settings.kind === 'imap' ? String(settings.port) : '',
    user: 'user' in settings ? settings.user : '',
    ...limitsAsText(settings),
    paths: settings.kind === 'files' ? settings.paths.join('\n') : isLocal(settings) ? settings.path : '',
    exclude: settings.exclude.join('\n'),
    secret: '',
    keep: secret === 'keychain',
  };
}

const megabyte = 1_000_000;

function limitsAsText(settings: SourceSummary['settings']): Pick<Edited, 'requests' | 'megabytes'> {
  const { requestsPerSecond = null, bytesPerSecond = null } = ('limits' in settings ? settings.limits : undefined) ?? {};
  return {
    requests: requestsPerSecond === null ? '' : String(requestsPerSecond),
    megabytes: bytesPerSecond === null ? '' : String(bytesPerSecond / megabyte),
  };
}

/** Undefined: what was typed is no limit that can be kept. */
function limitsOf({ requests, megabytes }: Edited): WithLimits | undefined {
  const limits: SourceLimits = {
    requestsPerSecond: requests.trim() === '' ? null : Number(requests),
    bytesPerSecond: megabytes.trim() === '' ? null : Math.round(Number(megabytes.replace(',', '.')) * megabyte),
  };
  const { requestsPerSecond: asked, bytesPerSecond: bytes } = limits;
  if (asked !== null && !(Number.isInteger(asked) && asked >= 1 && asked <= mostRequestsPerSecond)) return undefined;
  if (bytes !== null && !(Number.isSafeInteger(bytes) && bytes >= leastBytesPerSecond)) return undefined;
  return asked === null && bytes === null ? {} : { limits };
}

function without<Settings extends WithLimits>({ limits: _, ...rest }: Settings): Omit<Settings, 'limits'> {
  return rest;
}

/** Undefined: something that is needed is missing. */
export function settingsOf(former: SourceSummary['settings'], edited: Edited): SourceSummary['settings'] | undefined {
  const exclude = linesOf(edited.exclude);
  switch (former.kind) {
    case 'imap': {
      const port = Number(edited.port);
      const host = edited.host.trim();
      const user = edited.user.trim();
      const limits = limitsOf(edited);
      if (limits === undefined || host === '' || user === '' || !Number.isInteger(port) || port < 1 || port > 65_535)
        return undefined;
      // A certificate was approved for one server only.
      const certificateSha256 = host === former.host ? former.certificateSha256 : null;
      return { ...without(former), host, port, user, certificateSha256, exclude, ...limits };
    }
    case 'jmap':
    case 'caldav':
    case 'carddav': {
      const url = edited.url.trim();
      const user = edited.user.trim();
      const limits = limitsOf(edited);
      if (limits === undefined || !davAddress.test(url) || user === '') return undefined;
      const certificateSha256 = url === former.url ? former.certificateSha256 : null;
      return { ...without(former), url, user, certificateSha256, exclude, ...limits };
    }
    case 'maildir':
    case 'mbox':
    case 'item-files':
    case 'thunderbird': {
      const path = edited.paths.trim();
      return path === '' ? undefined : { ...former, path, exclude };
    }
    case 'files': {
      const paths = linesOf(edited.paths);
      return paths.length === 0 ? undefined : { ...former, paths, exclude };
    }
  }
}
