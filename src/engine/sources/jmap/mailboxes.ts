import type { JsonObject } from '../../../shared/domain/json.ts';
import { Unintelligible } from '../web-failure.ts';
import { isMethodRefused, type ReadOnlyJmap } from './read-only-jmap.ts';
import { count, id, list, said, text } from './values.ts';

/** A mailbox as the server lists it. */
export interface RemoteMailbox {
  readonly id: string;
  /** Empty: it lies in no other. */
  readonly parentKey: string;
  readonly name: string;
  /** Names from the top down. */
  readonly path: readonly string[];
  /** `\Sent` and the like. */
  readonly specialUse: string | null;
  readonly emails: number;
  readonly metadata: JsonObject;
}

/** All of them, and the state of all emails from before anything of them was listed. */
export interface MailboxList {
  readonly mailboxes: readonly RemoteMailbox[];
  readonly emailState: string;
  readonly mailboxState: string;
}

const properties = ['id', 'name', 'parentId', 'role', 'sortOrder', 'totalEmails', 'myRights', 'isSubscribed'];

/** `above`: names of the folders that they lie in, where the account is not the user's own. */
export async function listMailboxes(jmap: ReadOnlyJmap, above: readonly string[] = []): Promise<MailboxList> {
  try {
    const [emails, mailboxes] = await jmap.ask(['Email/get', { ids: [] }], ['Mailbox/get', { ids: null, properties }]);
    const rows = list(mailboxes?.['list'], 'mailboxes').map(asMailbox);
    const states = { emailState: text(emails?.['state'], 'state'), mailboxState: text(mailboxes?.['state'], 'state') };
    return { mailboxes: arrange(rows, above), ...states };
  } catch (error) {
    // More mailboxes than it gives at once: nobody has so many, and half of them would be worse than none.
    if (isMethodRefused(error, 'requestTooLarge')) throw new Unintelligible('more mailboxes than it lists');
    throw error;
  }
}

interface Row {
  readonly id: string;
  readonly parentId: string | null;
  readonly name: string;
  readonly role: string | null;
  readonly sortOrder: number;
  readonly emails: number;
  readonly isSubscribed: boolean;
  readonly rights: readonly string[];
}

function asMailbox(value: unknown): Row {
  const row = said(value, 'mailbox');
  const { parentId, role, sortOrder } = row;
  const rights = said(row['myRights'] ?? {}, 'myRights');
  return {
    id: id(row['id'], 'mailbox'),
    parentId: parentId === null || parentId === undefined ? null : id(parentId, 'mailbox'),
    name: text(row['name'], 'mailbox').normalize('NFC'),
    role: typeof role === 'string' ? role.toLowerCase().slice(0, 60) : null,
    sortOrder: typeof sortOrder === 'number' && Number.isSafeInteger(sortOrder) ? sortOrder : 0,
    emails: count(row['totalEmails'], 'totalEmails'),
    isSubscribed: row['isSubscribed'] === true,
    rights: Object.keys(rights)
      .filter((right) => rights[right] === true)
      .sort(),
  };
}

/** Parents before children, in the order that the account's owner sees. */
function arrange(rows: readonly Row[], above: readonly string[]): RemoteMailbox[] {
  if (new Set(rows.map((row) => row.id)).size !== rows.length) throw new Unintelligible('a mailbox twice');
  const known = new Set(rows.map((row) => row.id));
  const children = new Map<string, Row[]>();
  for (const row of rows) {
    // A parent that this user may not see (RFC 8621, section 2) is none.
    const parent = row.parentId !== null && known.has(row.parentId) ? row.parentId : '';
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [row]);
    else siblings.push(row);
  }
  const arranged: RemoteMailbox[] = [];
  const below = (parentKey: string, path: readonly string[]): void => {
    for (const [row, name] of uniqueNames((children.get(parentKey) ?? []).sort(byOrder))) {
      const mailbox = remote(row, parentKey, [...path, name]);
      arranged.push(mailbox);
      below(mailbox.id, mailbox.path);
    }
  };
  if (isTooDeep(rows)) throw new Unintelligible('mailboxes too deep, or in a circle');
  below('', above);
  return arranged;
}

const mostDepth = 200;

/** More lie in one another than anybody has, or they lie in a circle. */
function isTooDeep(rows: readonly Row[]): boolean {
  const parents = new Map(rows.map((row) => [row.id, row.parentId]));
  return rows.some((row) => {
    let parent: string | null | undefined = row.parentId;
    for (let depth = 0; parent !== null && parent !== undefined; depth++) {
      if (depth === mostDepth) return true;
      parent = parents.get(parent);
    }
    return false;
  });
}

const byOrder = (one: Row, other: Row): number => one.sortOrder - other.sortOrder || (one.name < other.name ? -1 : 1);

/** The standard says that no two have the same; where they do, or one has none, its id tells them apart. */
function uniqueNames(rows: readonly Row[]): [row: Row, name: string][] {
  const times = new Map<string, number>();
  for (const { name } of rows) times.set(name, (times.get(name) ?? 0) + 1);
  return rows.map((row) => [row, row.name !== '' && times.get(row.name) === 1 ? row.name : `${row.name} (${row.id})`]);
}

const remote = (row: Row, parentKey: string, path: readonly string[]): RemoteMailbox => {
  const specialUse = (row.role === null ? undefined : uses.get(row.role)) ?? null;
  return {
    id: row.id,
    parentKey,
    name: path.at(-1) ?? '',
    path,
    specialUse,
    emails: row.emails,
    metadata: {
      path: path.join('/'),
      delimiter: '/',
      specialUse,
      subscribed: row.isSubscribed,
      flags: [],
      mailboxId: row.id,
      role: row.role,
      sortOrder: row.sortOrder,
      rights: row.rights,
    },
  };
};

/** Roles (RFC 8621, section 2) are the special uses of IMAP (RFC 6154, and \Inbox), spelled small. */
const uses: ReadonlyMap<string, string> = new Map(
  ['\\All', '\\Archive', '\\Drafts', '\\Flagged', '\\Important', '\\Inbox', '\\Junk', '\\Sent', '\\Trash'].map((use) => [
    use.slice(1).toLowerCase(),
    use,
  ]),
);
