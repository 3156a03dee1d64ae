import type { FileSystem } from '../../kernel/file-system.ts';
import type { Prefs } from './thunderbird-prefs.ts';

export interface AddressBook {
  readonly name: string;
  /** In the profile's own directory. */
  readonly file: string;
}

/** Are there in every profile, and are named by what is in `prefs.js` only where a person renamed them. */
const usual: readonly AddressBook[] = [
  { name: 'Personal Address Book', file: 'abook.sqlite' },
  { name: 'Collected Addresses', file: 'history.sqlite' },
];

/** `ldap_2.servers.NAME.filename` and `.description`; what else is called so are directories on servers. */
const setting = /^ldap_2\.servers\.([^.]{1,200})\.filename$/;
/** Never outside of the profile. What is older (`.mab`) is in a format that Thunderbird itself does not read any more. */
const plainFile = /^[^/\\]{1,200}\.sqlite$/;

/** Address books that are there as files, each once. */
export function addressBooksOf(prefs: Prefs, profile: string, files: FileSystem): readonly AddressBook[] {
  const books = new Map(usual.map((book) => [book.file, book]));
  for (const [key, file] of prefs) {
    const id = setting.exec(key)?.[1];
    if (id === undefined || !plainFile.test(file)) continue;
    const named = prefs.get(`ldap_2.servers.${id}.description`);
    books.set(file, { name: named ?? books.get(file)?.name ?? file.replace(/\.sqlite$/, ''), file });
  }
  return [...books.values()].filter(({ file }) => files.lstat(`${profile}/${file}`)?.type === 'file');
}
