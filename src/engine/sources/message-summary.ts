import type { Summary } from '../../shared/domain/item.ts';
import { describedBytes } from '../kernel/describe.ts';
import { decodeEncodedWords, decodeUnlabelled } from './encoded-words.ts';
import { plainLine } from './plain-line.ts';

/**
 * Draws a {@link Summary} from a message's header block, without parsing the message: the body is never looked at.
 * Never throws, whatever the bytes are; what cannot be understood is left out or shown as it is.
 */
export function summarizeMessage(bytes: Uint8Array, fallbackTimeMs?: number): Summary {
  const header = readHeader(bytes);
  const from = headerText(header.from, 500);
  const to = headerText(header.to, 500);
  const timeMs = messageTimeMs(plain(header.date)) ?? fallbackTimeMs;
  return {
    title: headerText(header.subject, 1000),
    ...(from === '' ? {} : { from }),
    ...(to === '' ? {} : { to }),
    ...(timeMs === undefined ? {} : { timeMs }),
    hasAttachment: suggestsAttachment(plain(header['content-type']), plain(header['content-disposition'])),
  };
}

const headerLimit = 1000;
/** A single header may be as long as it likes; this much of it is read. */
const valueLimit = 4096;

const wanted = ['subject', 'from', 'to', 'date', 'content-type', 'content-disposition'] as const;
type Header = Partial<Record<(typeof wanted)[number], Uint8Array>>;

const lineFeed = 10;
const space = 32;
const tab = 9;

/** Walks line by line; the search for line ends is the system's, so that long headers that nobody wants cost nothing. */
function readHeader(bytes: Uint8Array): Header {
  const header: Header = {};
  const end = Math.min(bytes.length, describedBytes);
  let start = skipEnvelopeLine(bytes);
  for (let count = 0; count < headerLimit && start < end; count++) {
    if (bytes[start] === lineFeed || (bytes[start] === 13 && bytes[start + 1] === lineFeed)) break;
    const next = fieldEnd(bytes, start, end);
    const name = wantedName(bytes, start);
    // The first of its kind counts: what a relay put on top of a duplicate is what mail programs show.
    if (name !== undefined && header[name] === undefined) {
      const from = start + name.length + 1;
      header[name] = bytes.subarray(from, next - from <= valueLimit ? next : cutBetweenCharacters(bytes, from + valueLimit));
    }
    start = next;
  }
  return header;
}

/** So that UTF-8 stays UTF-8. */
function cutBetweenCharacters(bytes: Uint8Array, end: number): number {
  let at = end;
  while (at > end - 4 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at--;
  return at;
}

/** An mbox separator that some delivery agents leave in front. */
function skipEnvelopeLine(bytes: Uint8Array): number {
  const isEnvelope = bytes[0] === 0x46 && bytes[1] === 0x72 && bytes[2] === 0x6f && bytes[3] === 0x6d && bytes[4] === space;
  return isEnvelope ? bytes.indexOf(lineFeed) + 1 : 0;
}

/** After the line and those that continue it (RFC 5322, section 2.2.3). */
function fieldEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  do {
    const line = bytes.indexOf(lineFeed, at);
    if (line < 0 || line >= end) return end;
    at = line + 1;
  } while (bytes[at] === space || bytes[at] === tab);
  return at;
}

function wantedName(bytes: Uint8Array, start: number): (typeof wanted)[number] | undefined {
  return wanted.find((name) => {
    if (bytes[start + name.length] !== 0x3a) return false;
    for (let at = 0; at < name.length; at++) if (((bytes[start + at] ?? 0) | 0x20) !== name.charCodeAt(at)) return false;
    return true;
  });
}

const plain = (value: Uint8Array | undefined): string => (value === undefined ? '' : decodeUnlabelled(value));

function headerText(value: Uint8Array | undefined, limit: number): string {
  if (value === undefined) return '';
  // Raw 8-bit headers are UTF-8 (RFC 6532) or, in old mail, nearly always Windows-1252.
  const raw = decodeUnlabelled(value).replace(/\r?\n(?=[ \t])/g, '');
  return plainLine(raw.includes('=?') ? decodeEncodedWords(raw) : raw, limit);
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** RFC 5322, section 4.3; other letters mean that nothing is known, which counts as UTC. */
const zoneHours: Readonly<Record<string, number>> = { EDT: -4, EST: -5, CDT: -5, CST: -6, MDT: -6, MST: -7, PDT: -7, PST: -8 };
const dateForm =
  /(\d{1,2})\s+([a-z]{3})[a-z]*\s+(\d{2,4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([+-])(\d{2}):?(\d{2})|\s+([a-z]+))?/i;

/** RFC 5322, section 3.3 and its obsolete forms. Undefined for anything outside 1970 to 9999: no mail was sent then. */
export function messageTimeMs(date: string): number | undefined {
  const match = dateForm.exec(date);
  if (match === null) return undefined;
  const [, day, monthName, yearText = '', hour, minute, second, sign, zoneHour, zoneMinute, zoneName] = match;
  const month = months.indexOf((monthName ?? '').toLowerCase());
  if (month < 0) return undefined;
  const year = Number(yearText) + (yearText.length === 4 ? 0 : yearText.length === 3 || Number(yearText) >= 50 ? 1900 : 2000);
  const offset =
    sign === undefined
      ? (zoneHours[(zoneName ?? '').toUpperCase()] ?? 0) * 60
      : (sign === '-' ? -1 : 1) * (Number(zoneHour) * 60 + Number(zoneMinute));
  const timeMs = Date.UTC(year, month, Number(day), Number(hour), Number(minute), Number(second ?? 0)) - offset * 60_000;
  return timeMs >= 0 && timeMs < Date.UTC(10_000, 0) ? timeMs : undefined;
}

/**
 * What the header alone can say. `multipart/mixed` is how nearly every program sends attachments (and how mailing lists add a
 * footer: a false yes); `multipart/related` is pictures of the text, `alternative` the same text twice, `signed` and `report` machinery.
 */
function suggestsAttachment(contentType: string, disposition: string): boolean {
  if (/^\s*attachment\b/i.test(disposition)) return true;
  const type = /^\s*([a-z0-9.+-]+)\/([a-z0-9.+-]+)/i.exec(contentType);
  if (type === null) return false;
  const [main = '', sub = ''] = [type[1]?.toLowerCase(), type[2]?.toLowerCase()];
  if (main === 'multipart') return sub === 'mixed';
  if (main === 'application') return !sub.startsWith('pkcs7') && !sub.startsWith('x-pkcs7');
  return main !== 'text' && main !== 'message';
}
