import { davAddress, type DavSettings } from '../../../shared/domain/source-settings.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';

/** Where a person says that the account is. Without a scheme it is https. */
export function addressOf({ url }: Pick<DavSettings, 'url'>): URL {
  const address = davAddress.test(url) ? URL.parse(/^https?:/i.test(url) ? url : `https://${url}`) : null;
  if (address === null) throw new StrataError('usage.invalid', 'never', { reason: url });
  return address;
}

export const portOf = ({ port, protocol }: URL): number => (port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port));

/**
 * The path that a server's answer names, spelled as it does. Undefined where it names another host: nothing is asked there, and
 * no password goes there. Another scheme or port is a server behind a proxy that does not know its own address.
 */
export function pathOn(origin: URL, href: string, base: string): string | undefined {
  const target = URL.parse(href.trim(), new URL(base, origin).href);
  return target?.hostname === origin.hostname ? target.pathname : undefined;
}

/** Servers spell one path in several ways (`@` and `%40`); this is the one to compare by. */
export const samePath = (path: string): string => path.split('/').map(decoded).map(encodeURIComponent).join('/');

export const asCollection = (path: string): string => (path.endsWith('/') ? path : `${path}/`);

/** What a path says below a collection, decoded. Empty: the collection itself. Undefined: it does not lie there. */
export function keyIn(collection: string, path: string): string | undefined {
  const [above, below] = [samePath(asCollection(collection)), samePath(path)];
  if (asCollection(below) === above) return '';
  return below.startsWith(above) ? below.slice(above.length).split('/').map(decoded).join('/') : undefined;
}

export const lastSegment = (path: string): string => decoded(path.split('/').findLast((segment) => segment !== '') ?? '');

/** What is no valid encoding stands for itself. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // Some servers put a bare per cent sign into a path.
    return segment;
  }
}
