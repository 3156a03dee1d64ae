import path from 'node:path';
import type { FileSystem } from '../../kernel/file-system.ts';
import { pollAgainAndAgain } from '../polling.ts';
import type { Source } from '../source.ts';
import { watchTrees } from '../tree-watch.ts';
import { lastPart } from './folder-list.ts';

/** How a kind's folders lie below its root, by paths with `/`. */
export interface Layout {
  readonly matters: (changed: string) => boolean;
  /** The key of the folder that a changed path belongs to. One that is no folder's leads nowhere, and does no harm. */
  readonly folderOf: (changed: string) => string;
}

/** What programs write beside an mbox while they work on it. */
const besideMbox = /\.(?:lock|msf|tmp|cmeta|ibex|ev-summary|swp)$|~$/i;

export const mboxLayout: Layout = {
  matters: (changed) => !besideMbox.test(changed),
  folderOf: (changed) => changed.replace(/\.imap$/i, '.mbox'),
};

export const itemFilesLayout: Layout = { matters: () => true, folderOf: (changed) => path.posix.dirname(changed) };

/** Thunderbird names them so by itself; others are found by the next scan. */
const addressBook = /(?:^|\/)(?:abook(?:-\d+)?|history)\.sqlite(?:-wal)?$/;

/** Mail, accounts and address books. All else in a profile changes with every minute that Thunderbird runs. */
export const thunderbirdLayout: Layout = {
  matters: (changed) =>
    !besideMbox.test(changed) &&
    (addressBook.test(changed) || /(?:^|\/)(?:Mail\/|ImapMail\/|prefs\.js$|profiles\.ini$)/.test(changed)) &&
    !/\/tmp\//.test(changed),
  folderOf: (changed) => changed.replace(/\/(?:cur|new)(?:\/[^/]*)?$/, '').replace(/\.sqlite-wal$/, '.sqlite'),
};

/** Directories are watched. One file alone is looked at now and then: what lies beside it may be anything. */
export function watchLocal(root: string, files: FileSystem, { matters, folderOf }: Layout): NonNullable<Source['watch']> {
  const below = (changed: string): string => path.relative(root, changed).replaceAll(path.sep, '/');
  return async (listener) => {
    if (files.stat(root)?.type === 'file') return pollAgainAndAgain(listener, [lastPart(root)]);
    const tree = {
      files,
      roots: [root],
      matters: (_: string, changed: string) => matters(below(changed)),
      folderOf: (_: string, changed: string) => folderOf(below(changed)),
    };
    return watchTrees(tree, listener);
  };
}
