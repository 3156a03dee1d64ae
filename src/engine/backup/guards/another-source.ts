import type { SourceDescription } from '../../../shared/domain/commit.ts';
import type { SourceSettings } from '../../../shared/domain/source-settings.ts';
import type { FolderState } from '../work.ts';

/**
 * Another disk is at the place of the one that was known, or another account is behind the name. Asked only when most items are
 * gone: a disk that merely changed its number still holds what it held.
 */
export function isAnother(
  now: SourceDescription,
  known: SourceDescription | undefined,
  folders: readonly FolderState[],
): boolean {
  if (known !== undefined && accountOf(now.settings) !== accountOf(known.settings)) return true;
  // A server gives folders new identities when it is rebuilt, and a mail program writes an mbox anew; a disk does neither.
  if (['imap', 'jmap', 'caldav', 'carddav', 'mbox', 'thunderbird'].includes(now.settings.kind)) return false;
  const roots = folders.filter(({ parent }) => parent === null);
  const tops = folders.filter(({ parent }) => roots.some(({ item }) => item === parent));
  return [...roots, ...tops].some(
    ({ known: before, sighting }) =>
      before?.identity !== undefined && sighting.identity !== undefined && before.identity !== sighting.identity,
  );
}

function accountOf(settings: SourceSettings): string {
  switch (settings.kind) {
    case 'imap':
      return `${settings.host.toLowerCase()} ${settings.user}`;
    case 'jmap':
    case 'caldav':
    case 'carddav':
      // One account can be reached by several addresses of its host.
      return `${/^(?:https?:\/\/)?([^/:]*)/i.exec(settings.url)?.[1]?.toLowerCase()} ${settings.user}`;
    case 'maildir':
    case 'mbox':
    case 'item-files':
    case 'thunderbird':
      return settings.path;
    case 'files':
      return ''; // its paths are folders with identities of their own
  }
}
