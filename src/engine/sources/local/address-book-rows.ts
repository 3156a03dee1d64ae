import { StrataError } from '../../../shared/domain/strata-error.ts';
import type { ForeignDatabase } from './place.ts';

/** Of a card: what Thunderbird has written down of it, by its own names. */
export interface BookCard {
  readonly uid: string;
  readonly values: ReadonlyMap<string, string>;
  /** The size of a value that is none a person wrote; undefined: all are fine. */
  readonly tooLarge: number | undefined;
}

export interface BookList {
  readonly uid: string;
  readonly name: string;
  readonly nickName: string;
  readonly description: string;
  /** Ids of cards. */
  readonly members: readonly string[];
}

export interface BookRows {
  readonly cards: readonly BookCard[];
  readonly lists: readonly BookList[];
}

/** A card holds its picture. */
const longestValue = 32 * 1024 * 1024;
/** A hundred thousand cards of twenty values. */
const mostRows = 2_000_000;

type PropertyRow = readonly [card: string | null, name: string | null, value: string | null, length: number | null];
type ListRow = readonly [uid: string | null, name: string | null, nickName: string | null, description: string | null];

/** All of it, or a failure: `path` is for people. */
export function readBook(database: ForeignDatabase, path: string): BookRows {
  const rows = <Row extends readonly unknown[]>(sql: string, ...values: readonly number[]): readonly Row[] => {
    const found = database.rows<Row>(`${sql} LIMIT ${mostRows + 1}`, ...values);
    if (found.length > mostRows) throw unreadable(path, 'EFBIG');
    return found;
  };
  if (!database.tables.has('properties')) throw unreadable(path, 'no address book');
  const properties = rows<PropertyRow>(
    `SELECT CAST(card AS TEXT), CAST(name AS TEXT), CASE WHEN length(value) <= ? THEN CAST(value AS TEXT) END, length(value)
     FROM properties`,
    longestValue,
  );
  const hasLists = database.tables.has('lists') && database.tables.has('list_cards');
  const members = hasLists ? rows<[string, string]>('SELECT CAST(list AS TEXT), CAST(card AS TEXT) FROM list_cards') : [];
  const lists = hasLists
    ? rows<ListRow>('SELECT CAST(uid AS TEXT), CAST(name AS TEXT), CAST(nickName AS TEXT), CAST(description AS TEXT) FROM lists')
    : [];
  return { cards: cardsIn(properties), lists: listsIn(lists, members) };
}

const unreadable = (folder: string, reason: string): StrataError =>
  new StrataError('folder.unreadable', 'later', { folder, reason });

function cardsIn(rows: readonly PropertyRow[]): BookCard[] {
  const cards = new Map<string, { values: Map<string, string>; tooLarge: number | undefined }>();
  for (const [uid, name, value, length] of rows) {
    const card = cards.get(uid ?? '') ?? { values: new Map<string, string>(), tooLarge: undefined };
    cards.set(uid ?? '', card);
    if (value !== null && name !== null) card.values.set(name, value);
    else if (length !== null && length > longestValue) card.tooLarge = length;
  }
  return [...cards].map(([uid, card]) => ({ uid, ...card }));
}

function listsIn(lists: readonly ListRow[], rows: readonly (readonly [list: string, card: string])[]): BookList[] {
  const members = new Map<string, string[]>();
  for (const [list, card] of rows) members.set(list, [...(members.get(list) ?? []), card]);
  return lists.map(([uid, name, nickName, description]) => ({
    uid: uid ?? '',
    name: name ?? '',
    nickName: nickName ?? '',
    description: description ?? '',
    // The order of rows means nothing.
    members: (members.get(uid ?? '') ?? []).toSorted(),
  }));
}
