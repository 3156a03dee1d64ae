import { StrataError } from '../../../shared/domain/strata-error.ts';
import { isRefused, Unintelligible } from '../web-failure.ts';
import { samePath } from './address.ts';
import type { Row } from './multistatus.ts';
import type { ReadOnlyDav } from './read-only-dav.ts';
import type { Service } from './service.ts';
import { child, davName, textOf, type XmlElement } from './xml.ts';

/** Where an account's collections lie. */
export interface Account {
  /** Null: the server does not say. */
  readonly principal: string | null;
  readonly homes: readonly string[];
  /** The address is that of one collection, and all there is. */
  readonly only: string | undefined;
}

/** From what a person typed to the places of the collections: RFC 6764, section 6, and RFC 5397. */
export async function discover(dav: ReadOnlyDav, service: Service, typed: string): Promise<Account> {
  const tries = typed === '/' ? [service.wellKnown, '/'] : [typed, service.wellKnown, '/'];
  for (const path of tries) {
    const found = await look(dav, service, path);
    if (found === undefined) continue;
    const account = await accountAt(dav, service, found);
    if (account !== undefined) return account;
  }
  throw new StrataError('source.not-offered', 'after-user-action', {
    host: dav.origin.hostname,
    service: service.extension === '.ics' ? 'CalDAV' : 'CardDAV',
  });
}

interface Look {
  readonly path: string;
  readonly row: Row;
}

/** Undefined: there is nothing of the kind at that path. A refused sign-in is none, and ends the search. */
async function look(dav: ReadOnlyDav, service: Service, path: string): Promise<Look | undefined> {
  const properties = [davName('current-user-principal'), davName('resourcetype'), service.homeSet];
  try {
    const listed = await dav.propfind(path, 0, properties);
    const row =
      listed.rows.find(({ href }) => samePath(dav.pathOf(href, listed.path)) === samePath(listed.path)) ?? listed.rows[0];
    return row && { path: dav.pathOf(row.href, listed.path), row };
  } catch (error) {
    if (isRefused(error) || error instanceof Unintelligible) return undefined;
    throw error;
  }
}

async function accountAt(dav: ReadOnlyDav, service: Service, { path, row }: Look): Promise<Account | undefined> {
  const [principal] = hrefsIn(dav, row.properties.get(davName('current-user-principal')), path);
  const homes = hrefsIn(dav, row.properties.get(service.homeSet), path);
  if (homes.length > 0) return { principal: principal ?? path, homes, only: undefined };
  const own = principal === undefined ? undefined : await look(dav, service, principal);
  if (principal !== undefined && own !== undefined) {
    const homesOfOwn = hrefsIn(dav, own.row.properties.get(service.homeSet), own.path);
    if (homesOfOwn.length > 0) return { principal, homes: homesOfOwn, only: undefined };
  }
  const isCollection = child(row.properties.get(davName('resourcetype')), service.collection) !== undefined;
  return isCollection ? { principal: principal ?? null, homes: [], only: path } : undefined;
}

const hrefsIn = (dav: ReadOnlyDav, property: XmlElement | undefined, base: string): string[] => [
  ...new Set(
    (property?.children ?? [])
      .filter(({ name }) => name === davName('href'))
      .flatMap((href) => textOf(href) ?? [])
      .map((href) => dav.pathOf(href, base)),
  ),
];
