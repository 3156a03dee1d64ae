import type { ItemKind } from '../../shared/domain/item.ts';
import { firstText } from '../sources/calendar-property.ts';
import { calendarNames } from '../sources/calendar-summary.ts';
import { componentsNamed, readComponents } from '../sources/components.ts';
import { cardsOf, textsOf } from '../sources/contact-summary.ts';
import { decodeUnlabelled } from '../sources/encoded-words.ts';
import { htmlText } from './html-text.ts';

/** So much of an item is looked at: larger messages are large by what hangs at their end. */
export const lookedAtBytes = 2 * 1024 * 1024;
/** A PDF file says at its end what it is made of: a larger one is not read to any use. */
const lookedAtPdfBytes = 16 * 1024 * 1024;
/** So much of what it says is kept: forty pages. */
export const mostLetters = 128 * 1024;
/** As the preview: what nests deeper, or has larger headers, is no mail. */
const nestingLimit = 50;
const headerLimitBytes = 1024 * 1024;
const mostAttachments = 100;
const mostPdfs = 10;
/** The parser pays by the line, and a part has three: this many have room for all that is looked at, as mail programs break lines. */
const mostLines = 30_000;

const calendarWords = ['SUMMARY', 'DESCRIPTION', 'LOCATION', 'COMMENT', 'CATEGORIES'];
const cardWords = ['FN', 'NICKNAME', 'ORG', 'TITLE', 'ROLE', 'ADR', 'NOTE', 'CATEGORIES'];

const plainNames = 'txt text md markdown csv tsv json jsonl xml yaml yml toml ini conf cfg log tex rst adoc org srt vtt sql';
const codeNames = 'js mjs cjs ts tsx jsx py rb php java kt c h cpp hpp cs go rs swift sh bash ps1 bat pl lua r css scss';
/** What only a thread of its own has, because no bound but its own ends it. */
export interface TextHelp {
  /** Never fails. */
  readonly pdfText: (bytes: Uint8Array, mostLetters: number) => Promise<string>;
  /** Told before what may take too much: what the item says without it. */
  readonly soFar: (text: string) => void;
}
const alone: TextHelp = { pdfText: () => Promise.resolve(''), soFar: () => undefined };

type Reader = (bytes: Uint8Array, help: TextHelp) => string | Promise<string>;
const endings: Readonly<Record<string, Reader>> = {
  ...Object.fromEntries(`${plainNames} ${codeNames}`.split(' ').map((ending) => [ending, plainText])),
  ...Object.fromEntries(['html', 'htm', 'xhtml'].map((ending) => [ending, pageText])),
  ...{ ics: calendarText, vcf: cardText, eml: messageText },
  pdf: pdfFileText,
};

/** Whether there is anything to read: of a file its name tells, so that no picture is fetched from the storage. */
export const maySay = (kind: ItemKind, name: string): boolean => kind !== 'file' || endingOf(name) !== undefined;

/** So many bytes of its beginning are looked at. */
export const lookedAt = (kind: ItemKind, name: string): number =>
  kind === 'file' && endingOf(name) === pdfFileText ? lookedAtPdfBytes : lookedAtBytes;

/**
 * What an item says, for an index of words: the text of a message, or of its HTML, and of its attachments that are text or PDF; of
 * appointments and contacts what people write into them. Never fails, whatever the bytes are; where nothing can be understood it is empty.
 * @param bytes The item, or its beginning.
 * @param help Without it PDF documents say nothing.
 */
export async function itemText(kind: ItemKind, name: string, bytes: Uint8Array, help: TextHelp = alone): Promise<string> {
  switch (kind) {
    case 'message':
      return tidy(await messageText(bytes, help));
    case 'event':
    case 'task':
    case 'note':
      return tidy(calendarText(bytes));
    case 'contact':
      return tidy(cardText(bytes));
    default:
      return tidy((await endingOf(name)?.(bytes, help)) ?? '');
  }
}

function endingOf(name: string): Reader | undefined {
  const ending = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(endings, ending) ? endings[ending] : undefined;
}

async function messageText(bytes: Uint8Array, help: TextHelp): Promise<string> {
  try {
    const { default: postalMime } = await import('postal-mime');
    const limits = { maxNestingDepth: nestingLimit, maxHeadersSize: headerLimitBytes };
    const message = await postalMime.parse(firstLines(bytes), limits);
    const own = message.text?.trim() ? message.text : htmlText(message.html ?? '', mostLetters);
    const pieces = [own];
    const pdfs: Uint8Array[] = [];
    for (const { filename, mimeType, content } of message.attachments.slice(0, mostAttachments)) {
      pieces.push(filename ?? '');
      const read = readerOf(filename ?? '', mimeType);
      const held = typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content);
      if (read === pdfFileText) pdfs.push(held);
      else if (read !== undefined) pieces.push(await read(held, help));
    }
    // Last, and not without having told the rest: of one that is hostile nothing else may be lost.
    if (pdfs.length > 0) help.soFar(tidy(pieces.join('\n')));
    for (const pdf of pdfs.slice(0, mostPdfs)) pieces.push(await help.pdfText(pdf, mostLetters));
    return pieces.join('\n');
  } catch {
    // Any parser may fail on any bytes; what can be read of it by itself is read.
    return plainText(bytes);
  }
}

function firstLines(bytes: Uint8Array): Uint8Array {
  let end = 0;
  for (let lines = 0; lines < mostLines; lines += 1) {
    end = bytes.indexOf(10, end) + 1;
    if (end === 0) return bytes;
  }
  return bytes.subarray(0, end);
}

const ofTypes: Readonly<Record<string, string>> = {
  'text/html': 'html',
  'text/calendar': 'ics',
  'application/ics': 'ics',
  'text/vcard': 'vcf',
  'text/x-vcard': 'vcf',
  'application/json': 'json',
  'application/xml': 'xml',
  'application/pdf': 'pdf',
};

/** Undefined: it says nothing. A message inside a message is in the text of the outer one already. */
function readerOf(name: string, type: string): Reader | undefined {
  const ending = ofTypes[type.toLowerCase()] ?? (type.toLowerCase().startsWith('text/') ? 'txt' : undefined);
  const read = endings[ending ?? ''] ?? endingOf(name);
  return read === messageText ? undefined : read;
}

function pdfFileText(bytes: Uint8Array, { pdfText }: TextHelp): Promise<string> {
  return pdfText(bytes, mostLetters);
}

function pageText(bytes: Uint8Array): string {
  return htmlText(plainText(bytes), mostLetters);
}

function calendarText(bytes: Uint8Array): string {
  const all = componentsNamed(readComponents(bytes), calendarNames);
  return lines(all.flatMap((one) => calendarWords.map((name) => firstText(one, name))));
}

function cardText(bytes: Uint8Array): string {
  const cards = cardsOf(readComponents(bytes));
  return lines(cards.flatMap((card) => cardWords.flatMap((name) => textsOf(card, name))));
}

const lines = (texts: readonly string[]): string => texts.filter((text) => text !== '').join('\n');

/** With a zero byte it is no text, unless a mark says that it is in two bytes a letter. */
function plainText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.includes(0)) return '';
  try {
    // The end may be inside a letter, where only the beginning was read.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return decodeUnlabelled(bytes); // not UTF-8
  }
}

/** What is encoded has no words: keys, pictures, signatures. */
const runs = /[A-Za-z0-9+/=_-]+/g;
const longestWord = 200;

const tidy = (text: string): string =>
  text
    .slice(0, mostLetters * 2)
    .replace(runs, (run) => (run.length > longestWord ? ' ' : run))
    .replace(/[^\S\n]+|\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, mostLetters);
