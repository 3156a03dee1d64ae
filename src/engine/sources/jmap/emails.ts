import type { JsonObject } from '../../../shared/domain/json.ts';
import { flagsRevision, type MessageFlags, sortFlags } from '../message-flags.ts';
import type { Sighting } from '../source.ts';
import type { ReadOnlyJmap } from './read-only-jmap.ts';
import { count, id, ids, list, names, said, text } from './values.ts';

/** An email as the server lists it: one message, in every mailbox that it lies in. */
export interface RemoteEmail {
  readonly id: string;
  readonly blobId: string;
  readonly threadId: string;
  readonly mailboxIds: ReadonlySet<string>;
  readonly flags: MessageFlags;
  readonly size: number;
  /** Null where the server says no time. */
  readonly receivedAtMs: number | null;
}

/** What reading needs hangs on the sighting. */
export interface EmailSighting extends Sighting, MessageFlags {
  readonly blobId: string;
  readonly threadId: string;
}

const asked = ['id', 'blobId', 'threadId', 'mailboxIds', 'keywords', 'size', 'receivedAt'];

/** At most {@link ReadOnlyJmap.objects} at once. What the server does not find is not in the answer. */
export async function getEmails(jmap: ReadOnlyJmap, wanted: readonly string[]): Promise<ReadonlyMap<string, RemoteEmail>> {
  const [answer] = await jmap.ask(['Email/get', { ids: wanted, properties: asked }]);
  const found = new Map<string, RemoteEmail>();
  const isWanted = new Set(wanted);
  for (const row of list(answer?.['list'], 'emails')) {
    const email = asEmail(row);
    // Of what was not asked for nothing is known, and what is told twice counts once.
    if (isWanted.has(email.id)) found.set(email.id, email);
  }
  return found;
}

/** The headers of each, as they stand in the message; nothing where the server cannot say them. */
export async function getHeaders(jmap: ReadOnlyJmap, wanted: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
  const [answer] = await jmap.ask(['Email/get', { ids: wanted, properties: ['id', 'headers'] }]);
  const found = new Map<string, Uint8Array>();
  for (const row of list(answer?.['list'], 'emails')) {
    const email = said(row, 'email');
    const lines = list(email['headers'], 'headers').map((one) => {
      const header = said(one, 'header');
      return `${text(header['name'], 'header')}:${text(header['value'], 'header')}\r\n`;
    });
    found.set(id(email['id'], 'email'), Buffer.from(`${lines.join('')}\r\n`));
  }
  return found;
}

/** `idsOf`: stands before what it is known by, where the account is not the user's own. */
export const sightingOf = (email: RemoteEmail, idsOf: string): EmailSighting => ({
  key: email.id,
  name: email.id,
  kind: 'message',
  // What an id names never changes (RFC 8621, section 4), wherever it lies. Its size stands guard over servers that use an id again.
  contentRevision: `${idsOf}${email.id}:${email.size}`,
  metadataRevision: flagsRevision(email.flags),
  identity: `${idsOf}${email.id}`,
  sizeBytes: email.size,
  ...(email.receivedAtMs === null ? {} : { timeMs: email.receivedAtMs }),
  ...email.flags,
  blobId: email.blobId,
  threadId: email.threadId,
});

/** By the names that a mailbox over IMAP has for the same, so that it can be given back there. */
export const emailMetadata = (sighting: EmailSighting): JsonObject => ({
  flags: sighting.flags,
  keywords: sighting.keywords,
  internalDate: sighting.timeMs === undefined ? null : new Date(sighting.timeMs).toISOString(),
  size: sighting.sizeBytes,
  emailId: sighting.key,
  threadId: sighting.threadId,
});

function asEmail(row: unknown): RemoteEmail {
  const email = said(row, 'email');
  return {
    id: id(email['id'], 'email'),
    blobId: id(email['blobId'], 'blob'),
    threadId: id(email['threadId'], 'thread'),
    mailboxIds: new Set(ids(names(email['mailboxIds'], 'mailboxIds'), 'mailbox')),
    flags: sortFlags(names(email['keywords'], 'keywords').map((keyword) => systemFlags.get(keyword.toLowerCase()) ?? keyword)),
    size: count(email['size'], 'size'),
    receivedAtMs: timeOf(email['receivedAt']),
  };
}

/** RFC 8621, section 4.1.1. */
const systemFlags: ReadonlyMap<string, string> = new Map([
  ['$seen', '\\Seen'],
  ['$answered', '\\Answered'],
  ['$flagged', '\\Flagged'],
  ['$draft', '\\Draft'],
]);

function timeOf(value: unknown): number | null {
  const ms = typeof value === 'string' && value.length < 40 ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}
