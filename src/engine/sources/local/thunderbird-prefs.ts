import type { FileSystem } from '../../kernel/file-system.ts';
import { isDirectory, lastPart } from './folder-list.ts';

export type Prefs = ReadonlyMap<string, string>;

/** `user_pref("name", value);` a line; numbers and truths as the text that they are. What is none is passed over. */
export function parsePrefs(text: string): Prefs {
  const prefs = new Map<string, string>();
  for (const line of text.split('\n')) {
    const match = /^\s*user_pref\("((?:[^"\\]|\\.){1,500})",\s*(.{1,20000})\);\s*$/.exec(line);
    const value = match?.[2] === undefined ? undefined : valueOf(match[2]);
    if (match?.[1] !== undefined && value !== undefined) prefs.set(match[1], value);
  }
  return prefs;
}

function valueOf(text: string): string | undefined {
  if (!text.startsWith('"')) return text;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    // Not as the program writes it: of no use.
    return undefined;
  }
}

export interface Account {
  readonly name: string;
  /** Absolute. */
  readonly directory: string;
}

/** What holds mail on the disk: of newsgroups only lists are kept. */
const withMail = new Set(['none', 'pop3', 'imap', 'rss', 'owl', 'exchange', 'ews']);

export function accountsOf(prefs: Prefs, profile: string): readonly Account[] {
  const inOrder = (prefs.get('mail.accountmanager.accounts') ?? '')
    .split(',')
    .map((account) => prefs.get(`mail.account.${account.trim()}.server`))
    .filter((server) => server !== undefined);
  return [...new Set(inOrder)].flatMap((server) => {
    const of = (name: string): string | undefined => prefs.get(`mail.server.${server}.${name}`);
    const directory = directoryOf(of('directory-rel'), of('directory'), profile);
    if (directory === undefined || !withMail.has(of('type') ?? '')) return [];
    return [{ name: of('name') ?? `${of('userName') ?? server}@${of('hostname') ?? ''}`, directory }];
  });
}

/** `[ProfD]Mail/Local Folders` is below the profile, wherever that was moved to. */
function directoryOf(relative: string | undefined, absolute: string | undefined, profile: string): string | undefined {
  if (relative?.startsWith('[ProfD]') === true) return `${profile}/${relative.slice('[ProfD]'.length)}`;
  return absolute?.replaceAll('\\', '/');
}

/** A profile, or all that `profiles.ini` names. */
export function profilesAt(root: string, files: FileSystem): readonly { readonly name: string; readonly path: string }[] {
  const names = new Set(
    files
      .list(root)
      .filter((entry) => !isDirectory(entry, root, files))
      .map(({ name }) => name),
  );
  if (names.has('prefs.js')) return [{ name: lastPart(root), path: root }];
  if (!names.has('profiles.ini')) return [];
  return parseProfiles(textOf(`${root}/profiles.ini`, files)).map(({ name, path, isRelative }) => ({
    name,
    path: isRelative ? `${root}/${path}` : path,
  }));
}

export function parseProfiles(text: string): { readonly name: string; readonly path: string; readonly isRelative: boolean }[] {
  return text.split(/^\s*\[/m).flatMap((section) => {
    if (!/^Profile\d+\]/i.test(section)) return [];
    const value = (name: string): string | undefined => new RegExp(`^${name}=(.*)$`, 'im').exec(section)?.[1]?.trim();
    const path = value('Path')?.replaceAll('\\', '/');
    return path === undefined || path === ''
      ? []
      : [{ name: value('Name') ?? path, path, isRelative: value('IsRelative') !== '0' }];
  });
}

/** A list of settings of this length is none. */
const longest = 16 * 1024 * 1024;

export const textOf = (path: string, files: FileSystem): string => {
  const stat = files.stat(path);
  if (stat === undefined || stat.type !== 'file' || stat.sizeBytes > longest)
    throw Object.assign(new Error('EINVAL'), { code: stat === undefined ? 'ENOENT' : 'EINVAL' });
  return Buffer.from(files.readWhole(path)).toString('utf8');
};
