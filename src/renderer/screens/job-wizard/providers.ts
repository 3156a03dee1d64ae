import { domainOfAddress, type MailProvider, providerOfDomain, type SignInWay } from '../../../shared/domain/mail-providers.ts';

export interface MailServer extends Pick<MailProvider, 'imap'> {
  readonly user: string;
}

/** Empty: it has none yet. */
export const domainOf = (address: string): string => domainOfAddress(address) ?? '';

export const isAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());

/** A provider's server by the table; of any other domain the name that most servers have, until somebody is asked. */
export function mailServerOf(address: string): MailServer {
  const typed = address.trim();
  const known = providerOfDomain(domainOf(typed));
  const user = known?.user === 'local-part' ? typed.slice(0, typed.lastIndexOf('@')) : typed;
  return { imap: known?.imap ?? { host: `imap.${domainOf(typed)}`, port: 993, tls: 'implicit' }, user };
}

/** What a person has to know before typing a password: which one is wanted, or that none is taken. Null: the usual one is. */
export function hintOf(ways: readonly SignInWay[]): 'app-password' | 'browser-only' | 'bridge' | null {
  const [first = 'password'] = ways;
  if (first === 'password' || ways.includes('password')) return null;
  return first === 'oauth' ? 'browser-only' : first;
}
