import type { SourceSummary } from '../state/index.ts';

/** Where a source is, in one line. */
export function placeOf({ settings }: Pick<SourceSummary, 'settings'>): string {
  switch (settings.kind) {
    case 'imap':
      return `${settings.host}:${settings.port}`;
    case 'jmap':
    case 'caldav':
    case 'carddav':
      return settings.url;
    case 'maildir':
    case 'mbox':
    case 'item-files':
    case 'thunderbird':
      return settings.path;
    case 'files':
      return settings.paths.join(', ');
  }
}
