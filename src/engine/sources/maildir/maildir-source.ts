import type { MaildirSettings } from '../../../shared/domain/source-settings.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import type { FileSystem } from '../../kernel/file-system.ts';
import type { Source } from '../source.ts';
import { MaildirSession } from './maildir-session.ts';
import { mailboxesOf } from './mailboxes.ts';

export function maildirSource(settings: MaildirSettings, files: FileSystem): Source {
  const root = settings.path.replace(/(?<=.)[\\/]+$/, '');
  return {
    async open() {
      if (mailboxesOf(root, files).length === 0)
        throw new StrataError('source.missing', 'after-user-action', { path: `${root}/cur` });
      return new MaildirSession(root, settings.exclude, files);
    },
  };
}
