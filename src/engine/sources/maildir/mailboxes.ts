import { StrataError } from '../../../shared/domain/strata-error.ts';
import { errnoOf } from '../../kernel/file-failure.ts';
import type { DirectoryEntry, FileSystem } from '../../kernel/file-system.ts';
import { decodeModifiedUtf7 } from './modified-utf7.ts';

/** A folder of the account. */
export interface Mailbox {
  readonly key: string;
  readonly parentKey: string;
  readonly name: string;
  /** From the root down, as a person knows them. */
  readonly path: readonly string[];
  /** Undefined: it holds folders only, and is no directory of its own. */
  readonly directory: string | undefined;
  /** False: a directory that holds Maildirs and is none. */
  readonly holdsMessages: boolean;
  /** How a list of subscriptions may call it: levels as they are on the disk. */
  readonly levels: readonly string[];
  /** Why it could not be looked into. */
  readonly unreadable: string | undefined;
}

/** As it was found, before parents and names are sorted out. */
interface Found {
  readonly key: string;
  readonly parent: string;
  readonly level: string;
  readonly levels: readonly string[];
  readonly directory: string | undefined;
  readonly holdsMessages: boolean;
  readonly unreadable?: string | undefined;
}

export const inboxKey = '.';
const inside = new Set(['cur', 'new', 'tmp']);

/** A root that cannot be listed says nothing about what is in it: the source as a whole fails. */
export function mailboxesOf(root: string, files: FileSystem): Mailbox[] {
  try {
    return findMailboxes(root, files);
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    throw new StrataError('source.missing', 'after-user-action', { path: root }, { cause: error });
  }
}

/** All folders of the account, parents before children, INBOX first. */
function findMailboxes(root: string, files: FileSystem): Mailbox[] {
  const entries = files.list(root);
  const found = new Map<string, Found>();
  if (hasCur(entries)) {
    found.set(inboxKey, { key: inboxKey, parent: '', level: 'INBOX', levels: ['INBOX'], directory: root, holdsMessages: true });
  }
  for (const { name, type } of entries) {
    const directory = `${root}/${name}`;
    const isDirectory = type === 'directory' || (type !== 'file' && files.stat(directory)?.type === 'directory');
    if (!isDirectory || inside.has(name)) continue;
    if (name.startsWith('.')) addPlusPlus(found, name, directory, files);
    else addNested(found, '', [name], directory, files);
  }
  return arranged(found);
}

const hasCur = (entries: readonly DirectoryEntry[]): boolean =>
  entries.some(({ name, type }) => name === 'cur' && type !== 'file');

/** Maildir++: all folders lie side by side, and the dots in their names are the levels. A level need not be there itself. */
function addPlusPlus(found: Map<string, Found>, name: string, directory: string, files: FileSystem): void {
  const entries = listed(directory, files);
  // Directories with a leading dot are used by others, too.
  if (typeof entries !== 'string' && !hasCur(entries)) return;
  const levels = name.slice(1).split('.').filter(Boolean);
  if (levels.length === 0) return;
  let parent = '';
  for (let depth = 1; depth < levels.length; depth++) {
    const key = `.${levels.slice(0, depth).join('.')}`;
    if (!found.has(key)) found.set(key, virtual(key, parent, levels.slice(0, depth)));
    parent = key;
  }
  const unreadable = typeof entries === 'string' ? entries : undefined;
  const key = `.${levels.join('.')}`;
  found.set(key, {
    key,
    parent,
    level: levels.at(-1) ?? name,
    levels,
    directory,
    holdsMessages: unreadable === undefined,
    unreadable,
  });
}

const virtual = (key: string, parent: string, levels: readonly string[]): Found => ({
  key,
  parent,
  level: levels.at(-1) ?? '',
  levels,
  directory: undefined,
  holdsMessages: false,
});

/** Directories in directories. One counts if it is a Maildir, holds one somewhere below, or does not let itself be looked into. */
function addNested(
  found: Map<string, Found>,
  parent: string,
  levels: readonly string[],
  directory: string,
  files: FileSystem,
): boolean {
  const key = levels.join('/');
  const entries = listed(directory, files);
  if (typeof entries === 'string') {
    found.set(key, { ...virtual(key, parent, levels), directory, unreadable: entries });
    return true;
  }
  const holdsMessages = hasCur(entries);
  found.set(key, { ...virtual(key, parent, levels), directory, holdsMessages });
  let counts = holdsMessages;
  for (const { name, type } of entries) {
    if (type !== 'directory' || name.startsWith('.') || (holdsMessages && inside.has(name))) continue;
    counts = addNested(found, key, [...levels, name], `${directory}/${name}`, files) || counts;
  }
  if (!counts) found.delete(key);
  return counts;
}

/** The entries, or why there are none. */
function listed(directory: string, files: FileSystem): DirectoryEntry[] | string {
  try {
    return files.list(directory);
  } catch (error) {
    const reason = errnoOf(error);
    if (reason === undefined) throw error;
    return reason;
  }
}

function arranged(found: ReadonlyMap<string, Found>): Mailbox[] {
  const below = (parent: string, path: readonly string[]): Mailbox[] => {
    const taken = new Set<string>();
    const children = [...found.values()].filter((one) => one.parent === parent && one.key !== parent);
    return children.sort(inboxFirst).flatMap((one) => {
      // Two spellings of one name, or a directory beside the root's own folder that is called INBOX as well.
      const shown = decodeModifiedUtf7(one.level);
      const name = taken.has(shown) ? `${shown} (${one.key})` : shown;
      taken.add(name);
      const { key, levels, directory, holdsMessages, unreadable } = one;
      const mailbox = { key, parentKey: parent, name, path: [...path, name], directory, holdsMessages, levels, unreadable };
      return [mailbox, ...below(key, mailbox.path)];
    });
  };
  return below('', []);
}

const inboxFirst = (one: Found, other: Found): number =>
  Number(other.key === inboxKey) - Number(one.key === inboxKey) || (one.key < other.key ? -1 : 1);
