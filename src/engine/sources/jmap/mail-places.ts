import type { RunContext } from '../../kernel/run-context.ts';
import { ChangesOfEmails } from './changes.ts';
import { fromCursor } from './cursor.ts';
import { MailboxListing } from './listing.ts';
import { listMailboxes } from './mailboxes.ts';
import type { Above, Place } from './place.ts';
import type { ReadOnlyJmap } from './read-only-jmap.ts';
import { readEmails } from './reading.ts';

/** The mailboxes of an account, parents before children. */
export async function mailPlaces(jmap: ReadOnlyJmap, above: Above, run: RunContext): Promise<readonly Place[]> {
  const { mailboxes, emailState } = await listMailboxes(jmap, above.path);
  const changes = new ChangesOfEmails(jmap, emailState, run);
  const { isShared } = jmap.account;
  return mailboxes.map((mailbox) => ({
    key: above.prefix + mailbox.id,
    parentKey: mailbox.parentKey === '' ? above.key : above.prefix + mailbox.parentKey,
    path: mailbox.path,
    metadata: { ...mailbox.metadata, ...(isShared ? { namespace: 'other-users' } : {}) },
    specialUse: mailbox.specialUse,
    isShared,
    count: () => Promise.resolve(mailbox.emails),
    knows: (cursor) => fromCursor(cursor) !== undefined,
    scan: (cursor) =>
      new MailboxListing(jmap, { mailbox, emailState, changes, known: fromCursor(cursor), idsOf: above.prefix }, run),
    read: (wanted, reading) => readEmails(jmap, wanted, reading),
  }));
}
