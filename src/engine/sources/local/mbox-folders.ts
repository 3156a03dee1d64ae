import type { DirectoryEntry, FileSystem } from '../../kernel/file-system.ts';
import type { LocalFolder } from './folder.ts';
import { FolderList, isDirectory, lastPart, listed } from './folder-list.ts';
import { identityOf } from './item-store.ts';
import { imapBackupIndex } from './imap-backup-index.ts';
import { looksLikeMbox } from './mbox-file.ts';
import { MboxStore } from './mbox-store.ts';
import type { Place } from './place.ts';

const extension = /\.(?:mbox|mbx)$/i;
/** What programs put beside an mbox. */
const beside = /\.(?:lock|msf|tmp|cmeta|ibex|ev-summary|imap)$/i;

/** One mbox, or all that lie in a directory and below it. */
export function mboxFolders(root: string, place: Place): readonly LocalFolder[] {
  const { files } = place;
  const list = new FolderList();
  const stat = files.stat(root);
  if (stat === undefined) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
  if (stat.type === 'directory') {
    const entries = files.list(root).toSorted((one, other) => (one.name < other.name ? -1 : 1));
    new Search(root, place, list).below(undefined, '', entries);
  } else if (looksLikeMbox(root, files) !== 'other') {
    const { shown, folder } = mboxAt(root, lastPart(root), place);
    list.add(undefined, shown, folder);
  }
  return list.all;
}

interface MboxFolder {
  readonly shown: string;
  readonly folder: Omit<LocalFolder, 'parentKey' | 'name' | 'path'>;
}

/** With what imap-backup keeps beside it; without that, its messages would not be what they were. */
function mboxAt(path: string, key: string, place: Place): MboxFolder {
  const stat = place.files.stat(path);
  const common = { key, specialUse: null, ...(stat === undefined ? {} : { identity: identityOf(stat) }) };
  const stem = path.replace(extension, '');
  const shown = lastPart(stem);
  const index = extension.test(path) ? imapBackupIndex(`${stem}.imap`, place.files) : undefined;
  if (index === undefined) return { shown, folder: { ...common, store: new MboxStore(path, place) } };
  if ('unreadable' in index) return { shown: plainName(shown), folder: { ...common, store: undefined, ...index } };
  return { shown: plainName(shown), folder: { ...common, store: new MboxStore(path, place, index.beside) } };
}

/** imap-backup writes what no file may be called as `%3a;`. */
const plainName = (name: string): string =>
  name.replace(/%([0-9a-f]{1,6});/gi, (whole, hex: string) => {
    const code = Number.parseInt(hex, 16);
    return code > 0x1f && code <= 0x10_ff_ff && (code < 0xd8_00 || code > 0xdf_ff) ? String.fromCodePoint(code) : whole;
  });

class Search {
  readonly #root: string;
  readonly #place: Place;
  readonly #files: FileSystem;
  readonly #list: FolderList;

  constructor(root: string, place: Place, list: FolderList) {
    this.#root = root;
    this.#place = place;
    this.#files = place.files;
    this.#list = list;
  }

  /** `Work.mbox` and the directory `Work` beside it are one folder with folders in it. */
  below(parent: LocalFolder | undefined, prefix: string, entries: readonly DirectoryEntry[]): void {
    const directory = prefix === '' ? this.#root : `${this.#root}/${prefix.slice(0, -1)}`;
    const directories = new Set(entries.filter((entry) => isDirectory(entry, directory, this.#files)).map(({ name }) => name));
    for (const { name } of entries) {
      if (directories.has(name) || !this.#isMbox(`${directory}/${name}`, name)) continue;
      const key = `${prefix}${name}`;
      const mbox = mboxAt(`${directory}/${name}`, key, this.#place);
      const folder = this.#list.add(parent, mbox.shown, mbox.folder);
      const inside = [`${name}.sbd`, name.replace(extension, '')].find((one) => directories.delete(one));
      if (inside !== undefined) this.#enter(folder, `${prefix}${inside}/`, `${directory}/${inside}`);
    }
    for (const name of directories) this.#add(parent, name, prefix, directory);
  }

  /** A directory counts if there is an mbox in it or below, or if it cannot be looked into. */
  #add(parent: LocalFolder | undefined, name: string, prefix: string, directory: string): void {
    const before = this.#list.all.length;
    const folder = this.#list.add(parent, name, { key: `${prefix}${name}`, specialUse: null, store: undefined });
    const entries = listed(`${directory}/${name}`, this.#files);
    if (typeof entries === 'string') {
      this.#list.all[before] = { ...folder, unreadable: entries };
      return;
    }
    this.below(folder, `${prefix}${name}/`, entries);
    const holdsFolders = entries.length === 0 || this.#list.all.length > before + 1;
    if (!holdsFolders) this.#list.all.pop();
  }

  #enter(folder: LocalFolder, prefix: string, directory: string): void {
    const entries = listed(directory, this.#files);
    if (typeof entries === 'string')
      this.#list.add(folder, lastPart(directory), {
        key: prefix.slice(0, -1),
        specialUse: null,
        store: undefined,
        unreadable: entries,
      });
    else this.below(folder, prefix, entries);
  }

  /** A name that says so counts even where the content does not: it is then unreadable, and not gone. */
  #isMbox(path: string, name: string): boolean {
    const looks = looksLikeMbox(path, this.#files);
    return !name.startsWith('.') && !beside.test(name) && (looks !== 'other' || extension.test(name));
  }
}
