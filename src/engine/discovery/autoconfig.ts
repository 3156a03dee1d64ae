import type { SignInWay } from '../../shared/domain/mail-providers.ts';
import type { Account } from './account.ts';
import { readXml, type XmlElement } from './plain-xml.ts';

/** What a file of settings proposes (the format of Thunderbird's autoconfiguration, version 1.1). */
export type Configured =
  | {
      readonly service: 'imap';
      readonly host: string;
      readonly port: number;
      readonly tls: 'implicit' | 'starttls';
      readonly user: string;
      readonly signIn: readonly SignInWay[];
    }
  | {
      readonly service: 'caldav' | 'carddav';
      readonly url: string;
      readonly user: string;
      readonly signIn: readonly SignInWay[];
    };

export function readAutoconfig(bytes: Uint8Array, account: Account): readonly Configured[] {
  const root = readXml(new TextDecoder().decode(bytes));
  if (root?.name !== 'clientConfig') return [];
  const below = root.children.flatMap((one) => (one.name === 'emailProvider' ? one.children : [one]));
  const found = below.flatMap((element) => {
    const { type = '' } = element.attributes;
    if (element.name === 'incomingServer' && type === 'imap') return mailServer(element, account);
    if (element.name === 'calendar' && type === 'caldav') return davServer('caldav', element, account);
    if (/^addressbook$/i.test(element.name) && type === 'carddav') return davServer('carddav', element, account);
    return [];
  });
  return found.slice(0, 20);
}

const hostRule = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i;
const modes: Readonly<Record<string, 'implicit' | 'starttls'>> = { SSL: 'implicit', STARTTLS: 'starttls' };

function mailServer(element: XmlElement, account: Account): Configured[] {
  const host = filled(textOf(element, 'hostname'), account).toLowerCase();
  const port = Number(textOf(element, 'port'));
  const tls = modes[textOf(element, 'socketType').toUpperCase()];
  if (tls === undefined || !hostRule.test(host) || !Number.isInteger(port) || port < 1 || port > 65_535) return [];
  return [{ service: 'imap', host, port, tls, ...whoIn(element, account) }];
}

function davServer(service: 'caldav' | 'carddav', element: XmlElement, account: Account): Configured[] {
  const url = textOf(element, 'serverURL');
  return /^https:\/\/[^\s/@]+\S*$/.test(url) ? [{ service, url, ...whoIn(element, account) }] : [];
}

function whoIn(element: XmlElement, account: Account): { user: string; signIn: readonly SignInWay[] } {
  const ways = element.children.filter(({ name }) => name === 'authentication').map(({ text }) => wayOf(text.trim()));
  const known = ways.filter((way) => way !== undefined);
  return {
    user: filled(textOf(element, 'username'), account) || account.address,
    signIn: known.length === 0 ? ['password'] : [...new Set(known)],
  };
}

function wayOf(text: string): SignInWay | undefined {
  if (/^OAuth2$/i.test(text)) return 'oauth';
  return /^password-|^plain$|^secure$/i.test(text) ? 'password' : undefined;
}

const textOf = (element: XmlElement, name: string): string =>
  element.children
    .find((child) => child.name === name)
    ?.text.trim()
    .slice(0, 1000) ?? '';

/** Here, on this computer: nobody was told more than the domain. */
const filled = (text: string, { address, local, domain }: Account): string =>
  text.replaceAll('%EMAILADDRESS%', address).replaceAll('%EMAILLOCALPART%', local).replaceAll('%EMAILDOMAIN%', domain);
