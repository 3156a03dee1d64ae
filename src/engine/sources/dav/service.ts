import type { ItemKind } from '../../../shared/domain/item.ts';
import type { DavSettings } from '../../../shared/domain/source-settings.ts';
import { calendarName, contactsName } from './xml.ts';

/** What the two protocols call the same things. */
export interface Service {
  /** RFC 6764, section 5. */
  readonly wellKnown: string;
  /** Names where an account's collections lie. */
  readonly homeSet: string;
  /** What a collection is called that is one of ours. */
  readonly collection: string;
  readonly description: string;
  readonly contentType: string;
  readonly extension: string;
  /** Of an object of which nobody says what it is. */
  readonly kind: ItemKind;
}

const caldav: Service = {
  wellKnown: '/.well-known/caldav',
  homeSet: calendarName('calendar-home-set'),
  collection: calendarName('calendar'),
  description: calendarName('calendar-description'),
  contentType: 'text/calendar; charset=utf-8',
  extension: '.ics',
  kind: 'event',
};

const carddav: Service = {
  wellKnown: '/.well-known/carddav',
  homeSet: contactsName('addressbook-home-set'),
  collection: contactsName('addressbook'),
  description: contactsName('addressbook-description'),
  contentType: 'text/vcard; charset=utf-8',
  extension: '.vcf',
  kind: 'contact',
};

export const serviceOf = ({ kind }: Pick<DavSettings, 'kind'>): Service => (kind === 'caldav' ? caldav : carddav);

const kinds: Readonly<Record<string, ItemKind>> = { VEVENT: 'event', VTODO: 'task', VJOURNAL: 'note', VCARD: 'contact' };

export const kindOfComponent = (component: string): ItemKind | undefined => kinds[component.toUpperCase()];
