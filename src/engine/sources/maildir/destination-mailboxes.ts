import type { RestoreItem } from '../destination.ts';
import { inboxKey, type Mailbox } from './mailboxes.ts';
import { encodeModifiedUtf7 } from './modified-utf7.ts';

/** Where restored mail goes. */
export interface MaildirPlace {
  /** One folder for everything, levels parted by `/`; null: the folders as they were. */
  readonly folder: string | null;
  /** Everything goes below this folder; levels are parted by `/`. */
  readonly restoreRoot: string | null;
}

/** Turns folders as they were into directories of this account: those that are there, and for others names in the layout that is in use. */
export class MailboxPlaces {
  readonly #place: MaildirPlace;
  readonly #byPath = new Map<string, string>();
  readonly #isNested: boolean;

  constructor(place: MaildirPlace, mailboxes: readonly Mailbox[]) {
    this.#place = place;
    for (const { path, key, directory } of mailboxes) if (directory !== undefined) this.#byPath.set(path.join('\0'), key);
    const keys = mailboxes.map(({ key }) => key).filter((key) => key !== inboxKey);
    this.#isNested = keys.length > 0 && !keys.some((key) => key.startsWith('.'));
  }

  /** Directory names from the account's root down; none for INBOX. Undefined: a folder that is not made again. */
  of(item: RestoreItem): readonly string[] | undefined {
    const { kind, name, metadata } = item.manifest;
    if (kind === 'folder' && (name === '' || this.#place.folder !== null)) return undefined;
    // A level that only leads to others comes by itself with them.
    const flags = metadata['flags'];
    if (kind === 'folder' && Array.isArray(flags) && flags.some((flag) => /^\\(NonExistent|NoSelect)$/i.test(String(flag))))
      return undefined;
    const folders = this.#place.folder === null ? item.folderPath : split(this.#place.folder);
    const levels = [...split(this.#place.restoreRoot), ...folders, ...(kind === 'folder' ? [name] : [])];
    const key = this.#keyOf(levels);
    return key === inboxKey ? [] : key.split('/');
  }

  #keyOf(levels: readonly string[]): string {
    const last = levels.at(-1);
    if (last === undefined || (levels.length === 1 && last.toUpperCase() === 'INBOX')) return inboxKey;
    const known = this.#byPath.get(levels.join('\0'));
    if (known !== undefined) return known;
    const above = levels.length === 1 ? '' : this.#keyOf(levels.slice(0, -1));
    const level = levelName(last);
    // Below INBOX, which is the root itself, Maildir++ has names that begin with it.
    if (!this.#isNested) return `${above === '' ? '' : above === inboxKey ? '.INBOX' : above}.${level}`;
    return above === '' || above === inboxKey ? level : `${above}/${level}`;
  }
}

const split = (path: string | null): string[] => (path ?? '').split('/').filter((level) => level !== '');

/** One level must not fall apart into two, and not be taken for a part of a Maildir. */
function levelName(name: string): string {
  const safe = encodeModifiedUtf7(name.replace(/[./\0]/g, '_')) || '_';
  return ['cur', 'new', 'tmp'].includes(safe) ? `_${safe}` : safe;
}
