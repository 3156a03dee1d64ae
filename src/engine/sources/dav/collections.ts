import type { JsonObject, JsonValue } from '../../../shared/domain/json.ts';
import { folderPatterns } from '../folder-patterns.ts';
import { asCollection, keyIn, lastSegment, samePath } from './address.ts';
import type { Account } from './discovery.ts';
import { asSourceFailure, isRefused, protocolFailure } from '../web-failure.ts';
import type { Row } from './multistatus.ts';
import type { Listed, ReadOnlyDav } from './read-only-dav.ts';
import type { Service } from './service.ts';
import { calendarName, child, contactsName, davName, localNames, textOf, type XmlElement } from './xml.ts';

/** A calendar or an address book as the server lists it. */
export interface RemoteCollection {
  /** Its path, in the one spelling that paths are compared by: the folder's key, and what outlives a new name. */
  readonly key: string;
  /** As the server spells it. */
  readonly path: string;
  /** Unique in the account. */
  readonly name: string;
  /** The server says that it is one. Otherwise nothing is known of it but that it is there. */
  readonly isTold: boolean;
  readonly metadata: JsonObject;
  /** What can be in it; empty: the server does not say. */
  readonly components: readonly string[];
  /** Changes with every change in it, as far as the server keeps that promise. */
  readonly ctag: string | undefined;
  /** From before anything was listed, so that whatever changes meanwhile is newer. */
  readonly syncToken: string | undefined;
  readonly excluded: boolean;
}

interface At {
  readonly path: string;
  readonly row: Row;
}

const calendarServer = (local: string): string => `{http://calendarserver.org/ns/}${local}`;
const apple = (local: string): string => `{http://apple.com/ns/ical/}${local}`;
const addressBookColor = '{http://inf-it.com/ns/ab/}addressbook-color';

/** Texts that are kept as they are: the name under which they are kept, and the property. */
export const keptTexts: Readonly<Record<string, readonly string[]>> = {
  displayName: [davName('displayname')],
  description: [calendarName('calendar-description'), contactsName('addressbook-description')],
  color: [apple('calendar-color'), addressBookColor],
  order: [apple('calendar-order')],
  timezone: [calendarName('calendar-timezone')],
};

const asked = [
  davName('resourcetype'),
  ...Object.values(keptTexts).flat(),
  calendarName('supported-calendar-component-set'),
  calendarName('schedule-calendar-transp'),
  davName('owner'),
  davName('current-user-privilege-set'),
  davName('supported-report-set'),
  davName('sync-token'),
  calendarServer('getctag'),
  calendarServer('invite'),
];

/** Who may do what (RFC 3744, section 5.5). */
const acl = davName('acl');

/** All of the account, in a fixed order. A list that lacks the row of the place itself is not an answer. */
export async function listCollections(
  dav: ReadOnlyDav,
  service: Service,
  account: Account,
  exclude: readonly string[],
): Promise<RemoteCollection[]> {
  const found = new Map<string, At>();
  try {
    for (const place of [...account.homes, ...(account.only === undefined ? [] : [account.only])]) {
      const { listed, hasRights } = await listPlace(dav, asCollection(place), place === account.only ? 0 : 1);
      for (const one of rowsAt(dav, listed))
        if (mayBeOurs(one.row, service, place !== account.only && keyIn(listed.path, one.path) === ''))
          found.set(asCollection(samePath(one.path)), hasRights ? one : await withRights(dav, one));
    }
  } catch (error) {
    throw asSourceFailure(error, dav.origin);
  }
  const names = uniqueNames([...found].map(([key, { row }]) => [key, textOf(row.properties.get(davName('displayname')))]));
  const isExcluded = folderPatterns(exclude);
  return [...found]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, { path, row }]) => {
      const name = names.get(key) ?? key;
      return { ...asRemote(row, account), key, path, name, excluded: isExcluded([name]) || isExcluded([lastSegment(path)]) };
    });
}

/** SOGo (5.8) breaks a list of calendars off with 501 where it asks for rights, and tells those of one calendar. */
async function listPlace(
  dav: ReadOnlyDav,
  path: string,
  depth: 0 | 1,
): Promise<{ readonly listed: Listed; readonly hasRights: boolean }> {
  try {
    return { listed: await dav.propfind(path, depth, [...asked, acl]), hasRights: true };
  } catch (error) {
    if (!isRefused(error, 500, 501)) throw error;
    return { listed: await dav.propfind(path, depth, asked), hasRights: false };
  }
}

/** Asked of one alone. Who may not be told has none. */
async function withRights(dav: ReadOnlyDav, { path, row }: At): Promise<At> {
  try {
    const [alone] = (await dav.propfind(asCollection(path), 0, [acl])).rows;
    const rights = alone?.properties.get(acl);
    return { path, row: rights === undefined ? row : { ...row, properties: new Map([...row.properties, [acl, rights]]) } };
  } catch (error) {
    if (!isRefused(error)) throw error;
    return { path, row };
  }
}

function rowsAt(dav: ReadOnlyDav, listed: Listed): At[] {
  const rows = listed.rows.map((row) => ({ path: dav.pathOf(row.href, listed.path), row }));
  // Some lie elsewhere on the same host (Cyrus names the account's notifications); on another host none do.
  if (!rows.some(({ path }) => keyIn(listed.path, path) === '')) throw protocolFailure(dav.origin, 'a list without its place');
  if (rows.some(({ row: { status } }) => status === 507)) throw protocolFailure(dav.origin, 'a list that was cut');
  return rows;
}

/** What does not say what it is may be one that was backed up: it must not seem to be gone. */
const mayBeOurs = ({ status, properties }: Row, service: Service, isHome: boolean): boolean => {
  const type = properties.get(davName('resourcetype'));
  return type === undefined ? status !== 404 && !isHome : child(type, service.collection) !== undefined;
};

function asRemote(
  { properties }: Row,
  { principal }: Account,
): Pick<RemoteCollection, 'isTold' | 'metadata' | 'components' | 'ctag' | 'syncToken'> {
  const components = componentsOf(properties.get(calendarName('supported-calendar-component-set')));
  const reports = properties.get(davName('supported-report-set'));
  const canSync = reports?.children.some((one) => localNames(child(one, davName('report'))).includes('sync-collection')) === true;
  const token = textOf(properties.get(davName('sync-token')));
  const owner = textOf(child(properties.get(davName('owner')), davName('href')));
  const isShared =
    owner !== undefined && principal !== null && samePath(asCollection(owner)) !== samePath(asCollection(principal));
  const known: Record<string, JsonValue | undefined> = {
    ...Object.fromEntries(
      Object.entries(keptTexts).map(([name, from]) => [name, from.map((one) => textOf(properties.get(one))).find(Boolean)]),
    ),
    components: components.length > 0 ? components : undefined,
    transparency: localNames(properties.get(calendarName('schedule-calendar-transp')))[0],
    privileges: privilegesOf(properties.get(davName('current-user-privilege-set'))),
    acl: aclOf(properties.get(acl)),
    owner,
    ...(isShared ? { sharedBy: owner } : {}),
    sharees: shareesOf(properties.get(calendarServer('invite'))),
  };
  return {
    isTold: properties.has(davName('resourcetype')),
    metadata: Object.fromEntries(Object.entries(known).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined)),
    components,
    ctag: textOf(properties.get(calendarServer('getctag'))),
    // The property alone is no promise: some servers show one and know no report.
    syncToken: canSync ? token : undefined,
  };
}

const componentsOf = (set: XmlElement | undefined): string[] =>
  (set?.children ?? []).flatMap(({ attributes }) => attributes.get('name')?.toUpperCase() ?? []).sort();

const privilegesOf = (set: XmlElement | undefined): string[] | undefined =>
  set && [...new Set(set.children.flatMap(localNames))].sort();

/** As far as the server tells it. */
function aclOf(rights: XmlElement | undefined): JsonValue | undefined {
  return rights?.children.map((ace) => {
    const principal = child(ace, davName('principal'))?.children[0];
    const which = (verb: string): string[] =>
      [...new Set((child(ace, davName(verb))?.children ?? []).flatMap(localNames))].sort();
    const who =
      principal === undefined ? '' : (textOf(principal) ?? localNames({ ...principal, children: [principal] })[0] ?? '');
    const [grant, deny] = [which('grant'), which('deny')];
    return { principal: who, ...(grant.length > 0 ? { grant } : {}), ...(deny.length > 0 ? { deny } : {}) };
  });
}

/** With whom it is shared: a convention of many servers, never written down as a standard. */
function shareesOf(invite: XmlElement | undefined): JsonValue | undefined {
  const users = (invite?.children ?? []).filter(({ name }) => name === calendarServer('user'));
  if (users.length === 0) return undefined;
  return users.map((user) => ({
    href: textOf(child(user, davName('href'))) ?? '',
    access: localNames(child(user, calendarServer('access')))[0] ?? '',
  }));
}

/** What people see. Where two have the same name, or one has none, its place tells them apart. */
function uniqueNames(shown: ReadonlyArray<readonly [key: string, name: string | undefined]>): Map<string, string> {
  const named = shown.map(([key, name]) => [key, name ?? lastSegment(key)] as const);
  const isAlone = (name: string): boolean => named.filter(([, other]) => other === name).length === 1;
  return new Map(named.map(([key, name]) => [key, isAlone(name) ? name : `${name} (${lastSegment(key)})`]));
}
