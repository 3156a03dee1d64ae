import type { ImapFlow } from 'imapflow';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import type { FolderTakenBack, Made, RestoreItem, TakenBack } from '../destination.ts';
import { flagsRevision, sortFlags } from '../message-flags.ts';
import { strings } from './destination-folders.ts';
import { Twins } from './destination-twins.ts';
import { itemKey, uidOf } from './listing.ts';

/**
 * Removes a message that a restore made, provided that it has the flags that it was made with: what somebody has read, answered or
 * marked since is theirs. A message itself never changes. The folder must be there.
 */
export async function takeMessage(
  client: ImapFlow,
  path: string,
  item: RestoreItem,
  made: Made | undefined,
  how: 'look' | 'take',
): Promise<TakenBack> {
  await client.mailboxOpen(path, { readOnly: how === 'look' });
  const uid = made === undefined ? await uidByContent(client, item) : uidByKey(client, made);
  if (uid === 'unknown') return 'unknown';
  const row = uid === undefined ? false : await client.fetchOne(String(uid), { uid: true, flags: true }, { uid: true });
  if (uid === undefined || row === false || row?.uid === undefined) return 'gone';
  if (!isUntouched(row.flags ?? new Set(), made?.revision ?? revisionOf(item))) return 'changed';
  if (how === 'look') return 'taken';
  await removeMessage(client, item, uid);
  return 'taken';
}

/** Plain EXPUNGE would take along whatever else is marked as deleted. */
export async function removeMessage(client: ImapFlow, item: RestoreItem, uid: number): Promise<void> {
  if (!client.capabilities.has('UIDPLUS'))
    throw new StrataError('not.supported', 'never', { reason: 'removing a single message needs UIDPLUS' });
  if (await client.messageDelete(String(uid), { uid: true })) return;
  throw new StrataError('restore.write-failed', 'later', {
    item: item.manifest.name,
    reason: 'the message could not be removed',
  });
}

/** Asked anew: somebody may have put something in since the folders were listed. */
export async function takeFolder(client: ImapFlow, path: string): Promise<FolderTakenBack> {
  const listed = await client.list();
  const own = listed.find((entry) => entry.path === path);
  if (own === undefined) return 'gone';
  if (listed.some((entry) => entry.path.startsWith(`${path}${own.delimiter}`))) return 'in-use';
  const status = await client.status(path, { messages: true });
  if (status === false || status.messages !== 0) return 'in-use';
  await client.mailboxDelete(path);
  await client.mailboxUnsubscribe(path);
  return 'taken';
}

/** A folder that was made anew counts from the beginning: then no number says anything. */
function uidByKey(client: ImapFlow, { key }: Made): number | 'unknown' {
  const uid = uidOf(key);
  return client.mailbox !== false && itemKey(String(client.mailbox.uidValidity), uid) === key ? uid : 'unknown';
}

/** The restore was killed before the server's answer. */
async function uidByContent(client: ImapFlow, item: RestoreItem): Promise<number | undefined> {
  const uidNext = client.mailbox === false ? undefined : client.mailbox.uidNext;
  const twin = await new Twins(uidNext ?? 2 ** 32).find(client, { ...item, wasBegun: true });
  return twin?.kind === 'identical' ? twin.uid : undefined;
}

/** The mark for deleting may be from an undo that was killed between marking and removing. */
function isUntouched(flags: ReadonlySet<string>, revision: string): boolean {
  const now = flagsRevision(sortFlags(flags));
  return now === revision || flagsRevision(sortFlags([...flags].filter((flag) => flag !== '\\Deleted'))) === revision;
}

const revisionOf = ({ manifest: { metadata } }: RestoreItem): string =>
  flagsRevision(sortFlags([...strings(metadata['flags']), ...strings(metadata['keywords'])]));
