import net from 'node:net';
import { StrataError } from '../../shared/domain/strata-error.ts';

/** Where to send, and what to show there: `https://user:password@host/…`, or `https://:token@host/…` for a token. */
export interface Address {
  readonly url: string;
  readonly host: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Reads an address that a person was given. What lets in there does not stay in it: it would be in every log on the way. */
export function addressOf(text: string): Address {
  if (!URL.canParse(text)) throw unusable();
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw unusable();
  if (url.protocol === 'http:' && !isNear(url.hostname)) {
    throw new StrataError('alert.open-line', 'after-user-action', { host: url.hostname });
  }
  const [user, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  [url.username, url.password, url.hash] = ['', '', ''];
  const basic = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const authorization = user === '' ? `Bearer ${password}` : basic;
  return { url: url.href, host: url.host, headers: user === '' && password === '' ? {} : { authorization } };
}

/** Of an address what may be shown. */
export const placeOf = (text: string): string => addressOf(text).host;

const unusable = (): StrataError => new StrataError('alert.address', 'after-user-action');

const nearNames = /^[^.]+$|[.](?:local|lan|home[.]arpa|internal|localhost)$/i;
const nearNumbers = /^(?:127[.]|10[.]|192[.]168[.]|172[.](?:1[6-9]|2\d|3[01])[.])/;

/** In this computer, or in the network at home: there an open line is a person's own. */
export function isNear(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (net.isIPv4(host)) return nearNumbers.test(host);
  if (net.isIPv6(host)) return host === '::1' || /^f[cd]/i.test(host);
  return nearNames.test(host);
}
