import type { ListResponse } from 'imapflow';
import type { JsonObject } from '../../../shared/domain/json.ts';
import type { MailboxState } from './cursor.ts';
import type { FolderProperties } from './properties.ts';
import type { ForeignPrefixes } from './read-only-imap.ts';

/** A folder as the server lists it. */
export interface RemoteFolder {
  /** The full path, as the server spells it, decoded. */
  readonly key: string;
  /** The same before it was decoded: the name for commands. */
  readonly listedAs: string;
  readonly parentKey: string;
  readonly name: string;
  /** What it is known by, whatever it is called (MAILBOXID). */
  readonly mailboxId?: string;
  /** Whose it is, where it is not the account's own (RFC 2342). */
  readonly namespace?: keyof ForeignPrefixes;
  readonly delimiter: string | null;
  /** `\Sent` and the like, as the server says it (RFC 6154); never guessed from the name. */
  readonly specialUse: string | null;
  readonly subscribed: boolean;
  readonly flags: readonly string[];
  /** False for a folder that only holds folders. */
  readonly holdsMessages: boolean;
  /** What the server said while listing; undefined where it did not. */
  readonly state: MailboxState | undefined;
  readonly excluded: boolean;
}

/** Say what is in a folder at this moment, not what it is. */
const passing: ReadonlySet<string> = new Set([
  '\\haschildren',
  '\\hasnochildren',
  '\\marked',
  '\\unmarked',
  '\\subscribed',
  '\\recent',
]);
/** RFC 6154, section 2; those are told as the special use, spelled as there: Cyrus writes them small. */
const specialUses: ReadonlyMap<string, string> = new Map(
  ['\\All', '\\Archive', '\\Drafts', '\\Flagged', '\\Important', '\\Junk', '\\Sent', '\\Trash'].map((use) => [
    use.toLowerCase(),
    use,
  ]),
);

/** Parents before children, INBOX first, then by name. A parent that the server does not list is added: it holds no messages. */
export function arrangeFolders(
  listed: readonly ListResponse[],
  isExcluded: (path: string, delimiter: string | null) => boolean,
  foreign: ForeignPrefixes = { 'other-users': [], shared: [] },
): RemoteFolder[] {
  const folders = new Map<string, RemoteFolder>();
  for (const entry of listed)
    if (entry.path !== '') folders.set(entry.path, { ...asFolder(entry, isExcluded), ...namespaceOf(entry.path, foreign) });
  for (const folder of [...folders.values()]) addParents(folders, folder, isExcluded);
  const children = new Map<string, RemoteFolder[]>();
  for (const folder of folders.values()) {
    const siblings = children.get(folder.parentKey);
    if (siblings === undefined) children.set(folder.parentKey, [folder]);
    else siblings.push(folder);
  }
  const below = (parentKey: string): RemoteFolder[] =>
    (children.get(parentKey) ?? []).sort(inboxFirst).flatMap((folder) => [folder, ...below(folder.key)]);
  return below('');
}

/** What a restore needs to make the folder again. */
export function folderMetadata(
  folder: RemoteFolder,
  state: MailboxState | undefined,
  properties: FolderProperties = {},
): JsonObject {
  const { key, delimiter, specialUse, subscribed, flags, namespace, mailboxId } = folder;
  const known = state ?? folder.state;
  return {
    path: key,
    delimiter,
    specialUse,
    subscribed,
    flags,
    ...(namespace === undefined ? {} : { namespace }),
    ...properties,
    ...(mailboxId === undefined ? {} : { mailboxId }),
    ...(known === undefined ? {} : { uidValidity: known.uidValidity }),
  };
}

function namespaceOf(path: string, foreign: ForeignPrefixes): Pick<RemoteFolder, 'namespace'> {
  for (const namespace of ['other-users', 'shared'] as const)
    if (foreign[namespace].some((prefix) => path.startsWith(prefix) || path === prefix.slice(0, -1))) return { namespace };
  return {};
}

function asFolder(entry: ListResponse, isExcluded: (path: string, delimiter: string | null) => boolean): RemoteFolder {
  const delimiter = entry.delimiter || null;
  const flags = [...entry.flags].filter((flag) => !passing.has(flag.toLowerCase()));
  const isInbox = entry.path === 'INBOX';
  return {
    key: entry.path,
    listedAs: entry.pathAsListed,
    ...placeOf(entry.path, delimiter),
    delimiter,
    specialUse: isInbox ? '\\Inbox' : (flags.flatMap((flag) => specialUses.get(flag.toLowerCase()) ?? []).at(0) ?? null),
    // imapflow leaves it out where it is not.
    subscribed: entry.subscribed === true,
    flags: flags.filter((flag) => !specialUses.has(flag.toLowerCase())).sort(),
    holdsMessages: !flags.some((flag) => ['\\noselect', '\\nonexistent'].includes(flag.toLowerCase())),
    state: stateOf(entry),
    excluded: isExcluded(entry.path, delimiter),
  };
}

function placeOf(path: string, delimiter: string | null): { parentKey: string; name: string } {
  const end = delimiter === null ? -1 : path.lastIndexOf(delimiter);
  if (end <= 0 || end === path.length - 1) return { parentKey: '', name: path };
  const parent = path.slice(0, end);
  // A server may spell INBOX in its own way where it is a parent (RFC 3501, section 5.1: its case does not matter).
  return { parentKey: parent.toUpperCase() === 'INBOX' ? 'INBOX' : parent, name: path.slice(end + 1) };
}

function addParents(
  folders: Map<string, RemoteFolder>,
  child: RemoteFolder,
  isExcluded: (path: string, delimiter: string | null) => boolean,
): void {
  const { parentKey, delimiter } = child;
  if (parentKey === '' || folders.has(parentKey)) return;
  const parent: RemoteFolder = {
    key: parentKey,
    listedAs: parentKey,
    ...placeOf(parentKey, delimiter),
    ...(child.namespace === undefined ? {} : { namespace: child.namespace }),
    delimiter,
    specialUse: null,
    subscribed: false,
    flags: ['\\NonExistent'],
    holdsMessages: false,
    state: undefined,
    excluded: isExcluded(parentKey, delimiter),
  };
  folders.set(parentKey, parent);
  addParents(folders, parent, isExcluded);
}

function stateOf({ status }: ListResponse): MailboxState | undefined {
  if (status?.uidValidity === undefined || status.messages === undefined) return undefined;
  return {
    uidValidity: status.uidValidity.toString(),
    uidNext: status.uidNext ?? null,
    highestModseq: status.highestModseq?.toString() ?? null,
    messages: status.messages,
  };
}

function inboxFirst(one: RemoteFolder, other: RemoteFolder): number {
  if (one.key === 'INBOX' || other.key === 'INBOX') return one.key === 'INBOX' ? -1 : 1;
  return one.name < other.name ? -1 : 1;
}
