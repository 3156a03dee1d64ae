import ICAL from 'ical.js';
import type { JsonObject } from '../../../shared/domain/json.ts';
import type { BookCard, BookList } from './address-book-rows.ts';

type Property = readonly [name: string, parameters: Readonly<Record<string, string>>, type: string, ...values: unknown[]];
type Values = ReadonlyMap<string, string>;

/** Thunderbird's name → the property of a card, with its type. */
const plain: readonly (readonly [name: string, property: string, type?: string])[] = [
  ['NickName', 'nickname'],
  ['PrimaryEmail', 'email'],
  ['SecondEmail', 'email'],
  ['HomePhone', 'tel', 'home'],
  ['WorkPhone', 'tel', 'work'],
  ['CellularNumber', 'tel', 'cell'],
  ['FaxNumber', 'tel', 'fax'],
  ['PagerNumber', 'tel', 'pager'],
  ['WebPage1', 'url', 'work'],
  ['WebPage2', 'url', 'home'],
  ['JobTitle', 'title'],
  ['Notes', 'note'],
  ...(['1', '2', '3', '4'] as const).map((n) => [`Custom${n}`, `x-custom${n}`] as const),
];
const addressParts = ['Address2', 'Address', 'City', 'State', 'ZipCode', 'Country'];
const days = ['Birth', 'Anniversary'] as const;
const inCard: ReadonlySet<string> = new Set([
  ...['_vCard', 'DisplayName', 'FirstName', 'LastName', 'Company', 'Department'],
  ...plain.map(([name]) => name),
  ...['Home', 'Work'].flatMap((where) => addressParts.map((part) => `${where}${part}`)),
  ...days.flatMap((day) => ['Year', 'Month', 'Day'].map((part) => `${day}${part}`)),
]);
/** Counts and indexes that Thunderbird makes by itself. */
const passing: ReadonlySet<string> = new Set([
  ...['PopularityIndex', 'LowercasePrimaryEmail', 'LowercaseSecondEmail', 'DbRowID', 'RecordKey'],
]);

/** As Thunderbird keeps it since version 102; made of its single values before that. */
export function cardText({ uid, values }: BookCard): string {
  const kept = values.get('_vCard');
  if (kept !== undefined && kept !== '') return kept;
  return stringified([
    ['uid', {}, 'text', uid],
    ['fn', {}, 'text', nameOf(values)],
    ...structured('n', {}, ['LastName', 'FirstName'], values),
    ...plain.flatMap(([name, property, type]) => texts(property, type, values.get(name))),
    ...['Home', 'Work'].flatMap((where) => address(where, values)),
    ...structured('org', {}, ['Company', 'Department'], values),
    ...days.flatMap((day) => date(day, values)),
  ]);
}

/** What is not in the card: a key for CardDAV, whether remote pictures may be shown. */
export const cardMetadata = ({ values }: BookCard): JsonObject => ({
  properties: Object.fromEntries(
    [...values].filter(([name]) => !inCard.has(name) && !passing.has(name)).sort(([one], [other]) => (one < other ? -1 : 1)),
  ),
});

/** A group, whose members are named by their ids (RFC 6350, sections 6.1.4 and 6.6.5). */
export const listText = ({ uid, name, nickName, description, members }: BookList): string =>
  stringified([
    ['kind', {}, 'text', 'group'],
    ['uid', {}, 'text', uid],
    ['fn', {}, 'text', clean(name)],
    ...texts('nickname', undefined, nickName),
    ...texts('note', undefined, description),
    ...members.map((member): Property => ['member', {}, 'uri', `urn:uuid:${clean(member)}`]),
  ]);

const stringified = (properties: readonly Property[]): string =>
  ICAL.stringify(['vcard', [['version', {}, 'text', '4.0'], ...properties], []] as never);

/** Lines end in one way, and what no text holds is not in it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const clean = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ');

const valueOf = (values: Values, name: string): string => clean(values.get(name) ?? '').trim();

function nameOf(values: Values): string {
  const full = ['FirstName', 'LastName'].map((name) => valueOf(values, name)).filter(Boolean);
  const names = [
    valueOf(values, 'DisplayName'),
    full.join(' '),
    ...['NickName', 'PrimaryEmail', 'Company'].map((name) => valueOf(values, name)),
  ];
  return names.find((name) => name !== '') ?? '';
}

function texts(property: string, type: string | undefined, value: string | undefined): Property[] {
  const text = clean(value ?? '').trim();
  return text === '' ? [] : [[property, type === undefined ? {} : { type }, 'text', text]];
}

function structured(property: string, parameters: Record<string, string>, names: readonly string[], values: Values): Property[] {
  const parts = names.map((name) => valueOf(values, name));
  return parts.every((part) => part === '') ? [] : [[property, parameters, 'text', parts]];
}

/** The post box, which nobody has, stands first. */
const address = (where: string, values: Values): Property[] =>
  structured('adr', { type: where.toLowerCase() }, ['', ...addressParts.map((part) => `${where}${part}`)], values);

function date(day: (typeof days)[number], values: Values): Property[] {
  const [year, month, dayOfMonth] = ['Year', 'Month', 'Day'].map((part) => Number(valueOf(values, `${day}${part}`)));
  if (!isWithin(month, 12) || !isWithin(dayOfMonth, 31)) return [];
  const two = (number: number): string => String(number).padStart(2, '0');
  const known = isWithin(year, 9999) ? String(year).padStart(4, '0') : '--';
  return [[day === 'Birth' ? 'bday' : 'anniversary', {}, 'text', `${known}${two(month)}${two(dayOfMonth)}`]];
}

const isWithin = (number: number | undefined, most: number): number is number =>
  number !== undefined && Number.isInteger(number) && number >= 1 && number <= most;
