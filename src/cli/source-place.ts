import type { SourceSettings } from '../shared/domain/source-settings.ts';

/** Where it is, in one line. */
export const sourcePlace = (settings: SourceSettings): string => {
  switch (settings.kind) {
    case 'files':
      return settings.paths.join(' ');
    case 'maildir':
    case 'mbox':
    case 'item-files':
    case 'thunderbird':
      return settings.path;
    case 'jmap':
    case 'caldav':
    case 'carddav':
      return `${settings.user}, ${settings.url}`;
    case 'imap':
      return `${settings.user}@${settings.host}:${settings.port}`;
  }
};
