import type { ItemId, StorageId } from '../../shared/domain/ids.ts';
import { isStrataError } from '../../shared/domain/strata-error.ts';
import { decodeUnlabelled } from '../sources/encoded-words.ts';
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
/** A hostile message may nest without end (50 parts deep is more than any mail program makes). */
const nestingLimit = 50;
/** 1,000 headers of 64 KiB at most: what reads mail elsewhere gives up earlier. */
const headerLimitBytes = 4 * 1024 * 1024;

/** Never fails for what an item holds: what cannot be shown says why. The raw bytes can always be had. */
export async function preview(browse: Browse, storage: StorageId, item: ItemId, version: number | null): Promise<Preview> {
  try {
    const { manifest, bytes } = await browse.whole(storage, item, version);
    if (bytes === undefined || bytes.length === 0) return nothing('no-content');
    switch (manifest.kind) {
      case 'message':
        return await previewMessage(bytes);
      case 'event':
      case 'task':
      case 'note':
        return await previewCalendar(bytes);
      case 'contact':
        return await previewContacts(bytes);
      default:
        return previewFile(bytes);
    }
  } catch (error) {
    if (isStrataError(error) && error.code === 'item.too-large') return nothing('too-large');
    throw error;
  }
}

async function previewMessage(bytes: Uint8Array): Promise<Preview> {
  try {
    const { default: postalMime } = await import('postal-mime');
    const message = await postalMime.parse(bytes, { maxNestingDepth: nestingLimit, maxHeadersSize: headerLimitBytes });
    return {
      ...nothing(null),
      kind: 'message',
      headers: message.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
      text: message.text ?? null,
      html: message.html ?? null,
      attachments: message.attachments.map(({ filename, mimeType, content }) => ({
        name: filename ?? '',
        type: mimeType,
        sizeBytes: typeof content === 'string' ? content.length : content.byteLength,
      })),
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
