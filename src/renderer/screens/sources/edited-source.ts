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
    paths: settings.kind === 'files' ? settings.paths.join('\n') : isLocal(settings) ? settings.path : '',
    exclude: settings.exclude.join('\n'),
    secret: '',
    keep: secret === 'keychain',
  };
}

/** Undefined: something that is needed is missing. */
export function settingsOf(former: SourceSummary['settings'], edited: Edited): SourceSummary['settings'] | undefined {
  const exclude = linesOf(edited.exclude);
  switch (former.kind) {
    case 'imap': {
      const port = Number(edited.port);
      const host = edited.host.trim();
      const user = edited.user.trim();
      if (host === '' || user === '' || !Number.isInteger(port) || port < 1 || port > 65_535) return undefined;
      // A certificate was approved for one server only.
      const certificateSha256 = host === former.host ? former.certificateSha256 : null;
      return { ...former, host, port, user, certificateSha256, exclude };
    }
    case 'jmap':
    case 'caldav':
    case 'carddav': {
      const url = edited.url.trim();
      const user = edited.user.trim();
      if (!davAddress.test(url) || user === '') return undefined;
      return { ...former, url, user, certificateSha256: url === former.url ? former.certificateSha256 : null, exclude };
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
