import type { ItemKind } from '../../shared/domain/item.ts';
import type { SourceKind } from '../../shared/domain/source-settings.ts';
import type { KindName } from '../widgets/index.ts';

/** Which of the five colours and icons stands for what. */
export const kindOfItem: Readonly<Record<ItemKind, KindName>> = {
  message: 'mail',
  event: 'calendar',
  task: 'tasks',
  contact: 'contacts',
  note: 'tasks',
  file: 'files',
  folder: 'files',
  account: 'contacts',
  'directory-entry': 'contacts',
};

export const kindOfSource: Readonly<Record<SourceKind, KindName>> = {
  imap: 'mail',
  jmap: 'mail',
  maildir: 'mail',
  files: 'files',
  caldav: 'calendar',
  carddav: 'contacts',
  mbox: 'mail',
  'item-files': 'mail',
  thunderbird: 'mail',
};
