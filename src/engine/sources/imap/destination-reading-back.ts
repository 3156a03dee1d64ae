import type { ImapFlow } from 'imapflow';
import type { Difference, Made } from '../destination.ts';
import { flagsRevision, sortFlags } from '../message-flags.ts';
import { isSameMessage } from './destination-same-message.ts';
import { itemKey, uidOf } from './listing.ts';

interface Expected {
  readonly bytes: () => Promise<Buffer>;
  readonly cameMs: number | undefined;
}

/** A message as the server has it by now, held against what it was given. Servers keep the date of arrival to the second. */
export async function readMessageBack(
  client: ImapFlow,
  made: Made,
  { bytes, cameMs }: Expected,
): Promise<readonly Difference[] | 'missing'> {
  const uid = uidOf(made.key);
  await client.mailboxOpen(made.folder, { readOnly: true });
  if (client.mailbox === false || itemKey(String(client.mailbox.uidValidity), uid) !== made.key) return 'missing';
  const wanted = { uid: true, flags: true, internalDate: true, source: true };
  const row = await client.fetchOne(String(uid), wanted, { uid: true });
  if (row === false || row?.source === undefined) return 'missing';
  const original = await bytes();
  const content: Difference[] = row.source.equals(original) ? [] : isSameMessage(row.source, original) ? ['form'] : ['content'];
  const hasFlags = flagsRevision(sortFlags(row.flags ?? [])) === made.revision;
  const date = new Date(row.internalDate ?? Number.NaN).getTime();
  const hasDate = cameMs === undefined || Math.floor(date / 1000) === Math.floor(cameMs / 1000);
  return [...content, ...(hasFlags ? [] : ['flags' as const]), ...(hasDate ? [] : ['date' as const])];
}
