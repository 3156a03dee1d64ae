import type { ItemId, StorageId } from '../../shared/domain/ids.ts';
import type { ItemKind } from '../../shared/domain/item.ts';
import { isStrataError } from '../../shared/domain/strata-error.ts';
import { decodeUnlabelled } from '../sources/encoded-words.ts';
import { attachmentOf, kindOf, noAttachment, takeApart } from './attachments.ts';
import type { Browse } from './browse.ts';
import { type Image, imageType } from './images.ts';
import type { CalendarPreview } from './preview-calendar.ts';
import type { ContactsPreview } from './preview-contacts.ts';

export interface Preview {
  kind: 'message' | 'calendar' | 'contacts' | 'text' | 'image' | 'none';
  reason: 'too-large' | 'binary' | 'no-content' | 'unparsable' | null;
  headers: { name: string; value: string }[];
  /** Of a calendar's item or a contact: as it is written. */
  text: string | null;
  /** As it came: hostile. */
  html: string | null;
  image: Image | null;
  attachments: { name: string; type: string; sizeBytes: number }[];
  calendar: CalendarPreview | null;
  contacts: ContactsPreview | null;
}

/** Nobody reads more in a pane; what is longer is saved and opened. */
const textLimitBytes = 1024 * 1024;
/** An item, or what hangs at a message; see {@link attachmentOf}. */
export interface Part {
  readonly storage: StorageId;
  readonly item: ItemId;
  readonly version: number | null;
  readonly within?: readonly number[] | undefined;
}

/** Never fails for what an item holds: what cannot be shown says why. The raw bytes can always be had. */
export async function preview(browse: Browse, part: Part): Promise<Preview> {
  try {
    const { kind, bytes } = await partOf(browse, part);
    return bytes.length === 0 ? nothing('no-content') : await previewOf(kind, bytes);
  } catch (error) {
    if (isStrataError(error) && error.code === 'item.too-large') return nothing('too-large');
    throw error;
  }
}

/** As it was saved, or as it hangs at what was saved. */
export const rawBytes = async (browse: Browse, part: Part): Promise<Uint8Array> => (await partOf(browse, part)).bytes;

async function partOf(browse: Browse, { storage, item, version, within = [] }: Part) {
  const { manifest, bytes = new Uint8Array() } = await browse.whole(storage, item, version);
  if (within.length === 0) return { kind: manifest.kind, bytes };
  if (manifest.kind !== 'message') throw noAttachment(within);
  const attachment = await attachmentOf(bytes, within);
  return { kind: kindOf(attachment), bytes: attachment.bytes };
}

async function previewOf(kind: ItemKind, bytes: Uint8Array): Promise<Preview> {
  switch (kind) {
    case 'message':
      return previewMessage(bytes);
    case 'event':
    case 'task':
    case 'note':
      return previewCalendar(bytes);
    case 'contact':
      return previewContacts(bytes);
    default:
      return previewFile(bytes);
  }
}

async function previewMessage(bytes: Uint8Array): Promise<Preview> {
  try {
    const { message, attachments } = await takeApart(bytes);
    return {
      ...nothing(null),
      kind: 'message',
      headers: message.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
      text: message.text ?? null,
      html: message.html ?? null,
      attachments: attachments.map(({ name, type, bytes: { length } }) => ({ name, type, sizeBytes: length })),
    };
  } catch {
    // Any parser may fail on any bytes; the raw message is kept and can be saved all the same.
    return { ...nothing('unparsable'), text: new TextDecoder('latin1').decode(bytes.subarray(0, textLimitBytes)) };
  }
}

async function previewCalendar(bytes: Uint8Array): Promise<Preview> {
  const { calendarPreview } = await import('./preview-calendar.ts');
  const calendar = calendarPreview(bytes);
  return calendar === undefined ? previewFile(bytes) : { ...nothing(null), kind: 'calendar', calendar, text: asWritten(bytes) };
}

async function previewContacts(bytes: Uint8Array): Promise<Preview> {
  const { contactsPreview } = await import('./preview-contacts.ts');
  const contacts = contactsPreview(bytes);
  return contacts === undefined ? previewFile(bytes) : { ...nothing(null), kind: 'contacts', contacts, text: asWritten(bytes) };
}

const asWritten = (bytes: Uint8Array): string => decodeUnlabelled(bytes.subarray(0, textLimitBytes));

function previewFile(bytes: Uint8Array): Preview {
  const type = imageType(bytes);
  if (type !== undefined) return { ...nothing(null), kind: 'image', image: { type, bytes } };
  const head = bytes.subarray(0, textLimitBytes);
  if (head.includes(0)) return nothing('binary');
  try {
    // The cut may fall inside a character: stream mode keeps that quiet.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: head.length < bytes.length });
    return { ...nothing(bytes.length > textLimitBytes ? 'too-large' : null), kind: 'text', text };
  } catch {
    return nothing('binary'); // not UTF-8
  }
}

const nothing = (reason: Preview['reason']): Preview => ({
  kind: 'none',
  reason,
  headers: [],
  text: null,
  html: null,
  image: null,
  attachments: [],
  calendar: null,
  contacts: null,
});
