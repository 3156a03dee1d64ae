import type { Summary } from '../../shared/domain/item.ts';
import type { Property } from './calendar-property.ts';
import { cardProperty } from './card-property.ts';
import { type Component, readComponents } from './components.ts';
import { lineText } from './content-lines.ts';
import { plainLine } from './plain-line.ts';

/**
 * What lists show of a vCard: the name, the mail addresses as `from`, the telephone numbers as `to`. Never fails: where nothing can
 * be understood, the title is `fallback`. Of several cards the first, and how many more there are.
 */
export function summarizeContact(bytes: Uint8Array, fallback = ''): { readonly summary: Summary } {
  const cards = cardsOf(readComponents(bytes));
  const [card] = cards;
  if (card === undefined) return { summary: { title: plainLine(fallback, titleLimit) } };
  const name = nameOf(card) || fallback;
  const from = plainLine(textsOf(card, 'EMAIL').join(', '), peopleLimit);
  const to = plainLine(textsOf(card, 'TEL').join(', '), peopleLimit);
  const timeMs = revisedMs(textsOf(card, 'REV')[0]);
  return {
    summary: {
      title: plainLine(cards.length === 1 ? name : `${name} (+${cards.length - 1})`, titleLimit),
      ...(from === '' ? {} : { from }),
      ...(to === '' ? {} : { to }),
      ...(timeMs === undefined ? {} : { timeMs }),
    },
  };
}

const titleLimit = 1000;
const peopleLimit = 500;
/** A card inside a card is somebody's agent (vCard 2.1), not one of these. */
export const cardsOf = (components: readonly Component[]): Component[] => components.filter(({ name }) => name === 'VCARD');

/** `3.0`, or nothing where the card does not say. */
function versionOf(card: Component): string {
  const line = card.lines.find(({ name }) => name === 'VERSION');
  return line === undefined ? '' : lineText(line).slice('VERSION:'.length).trim();
}

export const propertiesOf = (card: Component, wanted: string): Property[] => {
  const version = versionOf(card);
  return card.lines.filter(({ name }) => name === wanted).map((line) => cardProperty(line, version));
};

/** As it was written, parts of structured values in their order. */
export const textsOf = (card: Component, name: string): string[] =>
  propertiesOf(card, name)
    .map((property) => partsOf(property).flat().filter(Boolean).join(', '))
    // ical.js leaves the escaped semicolon of values that have no parts.
    .map((text) =>
      text
        .replaceAll('\\;', ';')
        .replace(/^(?:tel|mailto):/i, '')
        .trim(),
    )
    .filter((text) => text !== '');

/** The parts of a structured value, each with its texts. */
export const partsOf = ({ values }: Property): string[][] =>
  values.flat().map((part) => [part].flat().filter((text) => typeof text === 'string'));

/** As a person would say it; what else there is, where nobody wrote a name. */
export function nameOf(card: Component): string {
  const others = ['NICKNAME', 'ORG', 'EMAIL', 'TEL', 'UID'];
  const names = [textsOf(card, 'FN')[0] ?? '', structuredName(card), ...others.map((name) => textsOf(card, name)[0] ?? '')];
  return names.find((name) => name.trim() !== '') ?? '';
}

function structuredName(card: Component): string {
  const [property] = propertiesOf(card, 'N');
  if (property === undefined) return '';
  const [family = [], given = [], more = [], before = [], after = []] = partsOf(property);
  return [before, given, more, family, after]
    .flat()
    .map((part) => part.trim())
    .filter(Boolean)
    .join(' ');
}

/** `20260301T100000Z` and `2026-03-01T10:00:00Z` are both in use. */
function revisedMs(text = ''): number | undefined {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}):?(\d{2}):?(\d{2}))?/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = 0, minute = 0, second = 0] = match;
  const timeMs = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return timeMs >= 0 ? timeMs : undefined;
}
