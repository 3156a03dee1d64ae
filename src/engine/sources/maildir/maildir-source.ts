import path from 'node:path';
import type { MaildirSettings } from '../../../shared/domain/source-settings.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import type { FileSystem } from '../../kernel/file-system.ts';
import type { Source } from '../source.ts';
import { watchTrees } from '../tree-watch.ts';
import { MaildirSession } from './maildir-session.ts';
import { inboxKey, mailboxesOf } from './mailboxes.ts';

export function maildirSource(settings: MaildirSettings, files: FileSystem): Source {
  const root = settings.path.replace(/(?<=.)[\\/]+$/, '');
  return {
    async open() {
      if (mailboxesOf(root, files).length === 0)
        throw new StrataError('source.missing', 'after-user-action', { path: `${root}/cur` });
      return new MaildirSession(root, settings.exclude, files);
    },
    watch: (listener) =>
      watchTrees({ files, roots: [root], matters: isNews, folderOf: (_, changed) => mailboxKeyAt(root, changed) }, listener),
  };
}

/** What a mail server keeps for itself changes with every look at the mailbox. */
const isNews = (root: string, changed: string): boolean => {
  const name = path.basename(changed);
  return (
    !/^(?:tmp|dovecot[.-](?:index|uidlist)|dovecot\.list|\.temp\.)/.test(name) &&
    path.basename(path.dirname(changed)) !== 'tmp' &&
    changed !== root
  );
};

/** The key of the folder that a path below the root belongs to; the root's for what concerns folders themselves. */
function mailboxKeyAt(root: string, changed: string): string {
  const parts = path.relative(root, changed).split(path.sep);
  const end = parts.findIndex((part) => part === 'cur' || part === 'new');
  const levels = end === -1 ? parts.slice(0, -1) : parts.slice(0, end);
  return levels.length === 0 ? (end === -1 ? '' : inboxKey) : levels.join('/');
}
