import { errnoOf } from '../../kernel/file-failure.ts';
import type { DirectoryEntry, FileSystem } from '../../kernel/file-system.ts';
import type { LocalFolder } from './folder.ts';
import { FolderList, isDirectory, lastPart, listed } from './folder-list.ts';
import { identityOf, ItemStore } from './item-store.ts';
import { looksLikeMbox } from './mbox-file.ts';
import { MboxStore } from './mbox-store.ts';
import { type AddressBook, addressBooksOf } from './address-books.ts';
import { AddressBookStore } from './address-book-store.ts';
import type { PlaceWithDatabases } from './place.ts';
import { accountsOf, parsePrefs, profilesAt, textOf } from './thunderbird-prefs.ts';

/** Each account is a folder with its mail folders in it, and so are the address books; of several profiles each is one above those. */
export function thunderbirdFolders(root: string, place: PlaceWithDatabases): readonly LocalFolder[] {
  const { files } = place;
  const list = new FolderList();
  const profiles = profilesAt(root, files);
  for (const { name, path } of profiles) {
    const key = path === root ? '' : path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
    const above = profiles.length > 1 ? list.add(undefined, name, { key, specialUse: null, store: undefined }) : undefined;
    try {
      const prefs = parsePrefs(textOf(`${path}/prefs.js`, files));
      const search = new Search(path, key, place, list);
      for (const account of accountsOf(prefs, path)) search.account(above, account.name, account.directory);
      search.addressBooks(above, addressBooksOf(prefs, path, files));
    } catch (error) {
      const reason = errnoOf(error);
      // Of one profile among several the others can still be told.
      if (reason === undefined || above === undefined) throw error;
      list.all[list.all.indexOf(above)] = { ...above, unreadable: reason };
    }
  }
  return list.all;
}

const specialUses: Readonly<Record<string, string>> = {
  ...{
    Inbox: '\\Inbox',
    INBOX: '\\Inbox',
    Sent: '\\Sent',
    Drafts: '\\Drafts',
    Trash: '\\Trash',
    Junk: '\\Junk',
    Archives: '\\Archive',
  },
};

class Search {
  readonly #profile: string;
  readonly #prefix: string;
  readonly #place: PlaceWithDatabases;
  readonly #files: FileSystem;
  readonly #list: FolderList;

  constructor(profile: string, key: string, place: PlaceWithDatabases, list: FolderList) {
    this.#profile = profile;
    this.#prefix = key === '' ? '' : `${key}/`;
    this.#place = place;
    this.#files = place.files;
    this.#list = list;
  }

  account(above: LocalFolder | undefined, name: string, directory: string): void {
    const entries = listed(directory, this.#files);
    const folder = this.#list.add(above, name, {
      key: this.#keyOf(directory),
      specialUse: null,
      store: undefined,
      ...(typeof entries === 'string' ? { unreadable: entries } : {}),
    });
    if (typeof entries !== 'string') this.#below(folder, directory, entries, true);
  }

  addressBooks(above: LocalFolder | undefined, books: readonly AddressBook[]): void {
    if (books.length === 0) return;
    const key = `${this.#prefix}address books`;
    const parent = this.#list.add(above, 'Address Books', { key, specialUse: null, store: undefined });
    for (const { name, file } of books) {
      const path = `${this.#profile}/${file}`;
      const store = new AddressBookStore(path, this.#place);
      this.#list.add(parent, name, { key: this.#keyOf(path), specialUse: null, store });
    }
  }

  /** `Work`, an mbox or a directory with `cur`, and its folders in `Work.sbd`. */
  #below(parent: LocalFolder, directory: string, entries: readonly DirectoryEntry[], isTop: boolean): void {
    const names = new Set(entries.map(({ name }) => name));
    const bases = new Set<string>();
    for (const entry of entries) {
      const { name } = entry;
      if (name.endsWith('.sbd')) bases.add(name.slice(0, -'.sbd'.length));
      else if (this.#holdsMail(entry, directory, names)) bases.add(name);
    }
    for (const base of [...bases].sort()) {
      const path = `${directory}/${base}`;
      const folder = this.#list.add(parent, base, {
        ...this.#mailAt(path, names.has(base)),
        specialUse: (isTop ? specialUses[base] : undefined) ?? null,
      });
      if (names.has(`${base}.sbd`)) this.#enter(folder, `${path}.sbd`);
    }
  }

  #enter(folder: LocalFolder, directory: string): void {
    const entries = listed(directory, this.#files);
    if (typeof entries !== 'string') return this.#below(folder, directory, entries, false);
    this.#list.add(folder, lastPart(directory), {
      ...{ key: this.#keyOf(directory), specialUse: null, store: undefined, unreadable: entries },
    });
  }

  #holdsMail(entry: DirectoryEntry, directory: string, names: ReadonlySet<string>): boolean {
    const { name } = entry;
    const path = `${directory}/${name}`;
    if (isDirectory(entry, directory, this.#files)) return this.#files.lstat(`${path}/cur`)?.type === 'directory';
    if (/\.(?:msf|dat|html|json|sqlite|ini|txt|lock)$/i.test(name)) return false;
    const looks = looksLikeMbox(path, this.#files);
    // The index beside it says that it is a folder, whatever is in it now.
    return looks === 'mbox' || names.has(`${name}.msf`);
  }

  #mailAt(path: string, isThere: boolean): Omit<LocalFolder, 'parentKey' | 'name' | 'path' | 'specialUse'> {
    const stat = isThere ? this.#files.stat(path) : undefined;
    const key = this.#keyOf(path);
    if (stat === undefined) return { key, store: undefined };
    const identity = identityOf(stat);
    if (stat.type !== 'directory') return { key, identity, store: new MboxStore(path, this.#place) };
    return {
      key,
      identity,
      store: new ItemStore(`${path}/cur`, this.#files, (name) => (name.startsWith('.') ? undefined : 'message')),
    };
  }

  /** Below the profile, so that it stays the same when the profile is moved. */
  #keyOf(path: string): string {
    return path.startsWith(`${this.#profile}/`) ? `${this.#prefix}${path.slice(this.#profile.length + 1)}` : path;
  }
}
