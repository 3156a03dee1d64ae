import type { SourceSettings } from './source-settings.ts';
import { StrataError } from './strata-error.ts';

/** Why nothing can go back to where it came from; undefined: nothing stands in the way. @param platform As Node names it. */
export function noWayBack(
  { name, settings }: { readonly name: string; readonly settings: SourceSettings },
  platform: string,
): StrataError | undefined {
  const facts = { source: name };
  switch (settings.kind) {
    case 'jmap':
      return new StrataError('restore.only-read', 'never', facts);
    case 'mbox':
    case 'item-files':
    case 'thunderbird':
      // Another program's files, of which it keeps books that would not fit any more.
      return new StrataError('restore.not-back', 'never', facts);
    case 'files': {
      const path = settings.paths.find((one) => !isOfSystem(one, platform));
      return path === undefined ? undefined : new StrataError('restore.other-system', 'never', { ...facts, path });
    }
    case 'imap':
    case 'maildir':
    case 'caldav':
    case 'carddav':
      return undefined;
  }
}

/** Whether an absolute path is one of this system: a drive or a share, or else a tree with one root. */
export const isOfSystem = (path: string, platform: string): boolean =>
  platform === 'win32' ? /^([a-z]:[\\/]|\\\\)/i.test(path) : path.startsWith('/');
