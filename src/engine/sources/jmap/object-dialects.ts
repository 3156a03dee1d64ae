import type { ItemKind } from '../../../shared/domain/item.ts';

/** What lies in calendars and address books, and under which names a server tells of it. */
export interface ObjectType {
  readonly type: 'CalendarEvent' | 'ContactCard' | 'Contact' | 'ContactGroup';
  /** The collection that it lies in, or a set of them. */
  readonly liesIn: 'calendarId' | 'calendarIds' | 'addressbookId' | 'addressBookIds';
  /** The object as it was put there: iCalendar or vCard. */
  readonly blob?: string;
  readonly size?: string;
  /** Where the server has no blob of it, the address at which it lies over CalDAV or CardDAV. */
  readonly address?: string;
}

/** How a server speaks of calendars, or of contacts. */
export interface Dialect {
  /** All of these an account must offer. */
  readonly capabilities: readonly [string, ...string[]];
  readonly kind: ItemKind & ('event' | 'contact');
  /** What the folder of all of them is called. */
  readonly name: string;
  /** Undefined: it knows address books only as something that contacts lie in. */
  readonly collections: 'Calendar' | 'AddressBook' | undefined;
  readonly types: readonly [ObjectType, ...ObjectType[]];
}

const calendars = 'urn:ietf:params:jmap:calendars';
const contacts = 'urn:ietf:params:jmap:contacts';
/** What the standards leave out, and a backup needs: the object's own bytes. */
const cyrusCalendars = 'https://cyrusimap.org/ns/jmap/calendars';
const cyrusContacts = 'https://cyrusimap.org/ns/jmap/contacts';

/** The newer before the older: a server that offers both is asked in the newer. */
const dialects: readonly Dialect[] = [
  {
    capabilities: [calendars, cyrusCalendars],
    kind: 'event',
    name: 'Calendars',
    collections: 'Calendar',
    types: [{ type: 'CalendarEvent', liesIn: 'calendarIds', blob: 'blobId' }],
  },
  {
    capabilities: [cyrusCalendars],
    kind: 'event',
    name: 'Calendars',
    collections: 'Calendar',
    types: [{ type: 'CalendarEvent', liesIn: 'calendarId', blob: 'blobId' }],
  },
  {
    // RFC 9610.
    capabilities: [contacts, cyrusContacts],
    kind: 'contact',
    name: 'Contacts',
    collections: 'AddressBook',
    types: [{ type: 'ContactCard', liesIn: 'addressBookIds', blob: 'cyrusimap.org:blobId', size: 'cyrusimap.org:size' }],
  },
  {
    capabilities: [cyrusContacts],
    kind: 'contact',
    name: 'Contacts',
    collections: undefined,
    types: [
      { type: 'Contact', liesIn: 'addressbookId', blob: 'blobId', size: 'size' },
      { type: 'ContactGroup', liesIn: 'addressbookId', address: 'x-href' },
    ],
  },
];

/** One for calendars and one for contacts, as far as the account has them in a form that can be kept. */
export function dialectsOf(offers: ReadonlySet<string>): readonly Dialect[] {
  const offered = dialects.filter(({ capabilities }) => capabilities.every((one) => offers.has(one)));
  return offered.filter(({ kind }, at) => offered.findIndex((other) => other.kind === kind) === at);
}

/** What the account has over JMAP not at all, or not whole, so that it needs a source of its own. */
export function missingOver(offers: ReadonlySet<string>): readonly ('caldav' | 'carddav')[] {
  const found = dialectsOf(offers);
  const has = (kind: Dialect['kind']): boolean => found.some((one) => one.kind === kind);
  return [
    // Tasks and notes: no dialect has them.
    ...(has('event') || offers.has(calendars) ? (['caldav'] as const) : []),
    ...(!has('contact') && offers.has(contacts) ? (['carddav'] as const) : []),
  ];
}
