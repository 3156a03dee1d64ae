import type { Email } from 'postal-mime';
import type { ItemKind } from '../../shared/domain/item.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';

/** A hostile message may nest without end (50 parts deep is more than any mail program makes). */
const nestingLimit = 50;
/** 1,000 headers of 64 KiB at most: what reads mail elsewhere gives up earlier. */
const headerLimitBytes = 4 * 1024 * 1024;

/**
 * What hangs at a message, as it names itself. Its bytes are those that were attached where it was encoded (base64), as all is that is
 * no text. What stands in a message as lines of text has each line end, and its last, as a line feed; calendars come in UTF-8.
 */
export interface Attachment {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface TakenApart {
  readonly message: Email;
  readonly attachments: readonly Attachment[];
}

/** A message that hangs at another is an attachment, whether it is to be shown with it or not. Throws what the parser throws. */
export async function takeApart(bytes: Uint8Array): Promise<TakenApart> {
  const { default: postalMime } = await import('postal-mime');
  const limits = { maxNestingDepth: nestingLimit, maxHeadersSize: headerLimitBytes };
  const message = await postalMime.parse(bytes, { ...limits, rfc822Attachments: true });
  const attachments = message.attachments.map(({ filename, mimeType, content }) => ({
    name: filename ?? '',
    type: mimeType,
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content),
  }));
  return { message, attachments };
}

/**
 * One attachment. `within` counts from the outermost message on, from 0: [1, 0] is the first that hangs at the message that is the
 * second attachment. Fails with `name.unknown` where nothing is there.
 */
export async function attachmentOf(message: Uint8Array, within: readonly number[]): Promise<Attachment> {
  let found: Attachment = { name: '', type: 'message/rfc822', bytes: message };
  for (const index of within) {
    const next = kindOf(found) === 'message' ? (await attachmentsOf(found.bytes))[index] : undefined;
    if (next === undefined) throw noAttachment(within);
    found = next;
  }
  return found;
}

export const noAttachment = (within: readonly number[]): StrataError =>
  new StrataError('name.unknown', 'never', { kind: 'attachment', name: within.map((index) => index + 1).join('.') });

/** Of what cannot be taken apart nothing hangs. */
const attachmentsOf = (bytes: Uint8Array): Promise<readonly Attachment[]> =>
  takeApart(bytes).then(
    ({ attachments }) => attachments,
    () => [],
  );

const kinds: readonly { readonly types: readonly string[]; readonly ending: string; readonly kind: ItemKind }[] = [
  { types: ['message/rfc822', 'message/global'], ending: '.eml', kind: 'message' },
  { types: ['text/calendar', 'application/ics'], ending: '.ics', kind: 'event' },
  { types: ['text/vcard', 'text/x-vcard', 'text/directory'], ending: '.vcf', kind: 'contact' },
];

/** As which it is read: what it says that it is, or else how its name ends. */
export function kindOf({ name, type }: Pick<Attachment, 'name' | 'type'>): ItemKind {
  const [said, ending] = [type.toLowerCase(), name.toLowerCase()];
  return kinds.find((one) => one.types.includes(said) || ending.endsWith(one.ending))?.kind ?? 'file';
}
