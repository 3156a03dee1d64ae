import type { Property } from '../sources/calendar-property.ts';
import { type Component, readComponents } from '../sources/components.ts';
import { cardsOf, nameOf, partsOf, propertiesOf, textsOf } from '../sources/contact-summary.ts';
import { type Image, imageType } from './images.ts';

export interface Labelled {
  text: string;
  /** `home`, `work`, `cell`: as the card says, in small letters. */
  labels: string[];
}

export interface ContactCard {
  name: string;
  nickname: string;
  organisation: string;
  role: string;
  mails: Labelled[];
  phones: Labelled[];
  /** Lines of the address. */
  addresses: { lines: string[]; labels: string[] }[];
  pages: string[];
  birthday: string;
  note: string;
  photo: Image | null;
  /** Of a group. */
  members: number;
}

export interface ContactsPreview {
  cards: ContactCard[];
  total: number;
}

const cardLimit = 50;
const textLimit = 20_000;
const listLimit = 50;
/** Decoded. */
const photoLimit = 10 * 1024 * 1024;
/** A photo as text takes four characters for three bytes; folding and parameters add little. */
const lineBytes = Math.ceil((photoLimit * 4) / 3) + 4096;

/** Undefined: there is no card in it. */
export function contactsPreview(bytes: Uint8Array): ContactsPreview | undefined {
  const cards = cardsOf(readComponents(bytes, lineBytes));
  if (cards.length === 0) return undefined;
  // Photos of the first cards only: fifty of them would be half a gigabyte.
  return { cards: cards.slice(0, cardLimit).map((card, index) => cardOf(card, index < 5)), total: cards.length };
}

function cardOf(card: Component, withPhoto: boolean): ContactCard {
  const first = (name: string): string => (textsOf(card, name)[0] ?? '').slice(0, textLimit);
  return {
    name: nameOf(card).slice(0, textLimit),
    nickname: first('NICKNAME'),
    organisation: first('ORG'),
    role: first('TITLE') || first('ROLE'),
    mails: labelled(card, 'EMAIL'),
    phones: labelled(card, 'TEL'),
    addresses: propertiesOf(card, 'ADR').slice(0, listLimit).map(addressOf),
    pages: textsOf(card, 'URL').slice(0, listLimit),
    birthday: first('BDAY'),
    note: first('NOTE'),
    photo: withPhoto ? photoOf(card) : null,
    members: (card.counts.get('MEMBER') ?? 0) + (card.counts.get('X-ADDRESSBOOKSERVER-MEMBER') ?? 0),
  };
}

const labelled = (card: Component, name: string): Labelled[] =>
  propertiesOf(card, name)
    .slice(0, listLimit)
    .map((property) => ({
      text: partsOf(property)
        .flat()
        .join(', ')
        .replace(/^(?:tel|mailto):/i, ''),
      labels: labelsOf(property),
    }))
    .filter(({ text }) => text.trim() !== '');

/** What every mail address is said to be is no label. */
const labelsOf = ({ parameters }: Property): string[] =>
  (parameters['type'] ?? '')
    .toLowerCase()
    .split(',')
    .filter((label) => /^[a-z-]{1,30}$/.test(label) && !['internet', 'voice', 'pref'].includes(label));

function addressOf(property: Property): ContactCard['addresses'][number] {
  const [box = [], more = [], street = [], town = [], region = [], code = [], country = []] = partsOf(property);
  const line = (...parts: string[][]): string =>
    parts
      .flat()
      .map((part) => part.trim())
      .filter(Boolean)
      .join(' ');
  return {
    lines: [line(box, more), line(street), line(code, town), line(region), line(country)].filter(Boolean),
    labels: labelsOf(property),
  };
}

/** Only what the card itself holds: whoever fetched one from elsewhere would tell that he reads it. */
function photoOf(card: Component): Image | null {
  const line = card.lines.find(({ name }) => name === 'PHOTO');
  if (line === undefined || line.isCut) return null;
  const [value] = propertiesOf(card, 'PHOTO')[0]?.values ?? [];
  const text = typeof value === 'string' ? value.replace(/^data:[^,]{0,200},/, '') : '';
  const bytes = Buffer.from(text, 'base64');
  const type = imageType(bytes);
  return type === undefined || bytes.length > photoLimit ? null : { type, bytes };
}
