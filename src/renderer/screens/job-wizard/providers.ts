/** What is known of a mail provider: its IMAP server, and what a person has to know before signing in. */
export interface Provider {
  readonly host: string;
  readonly port: number;
  readonly tls: 'implicit' | 'starttls';
  /** `app-password`: the account's own password is refused. `browser-only`: no password is accepted at all. `bridge`: needs a program of the provider's. */
  readonly hint: 'app-password' | 'browser-only' | 'bridge' | null;
}

const implicit = (host: string, hint: Provider['hint'] = null): Provider => ({ host, port: 993, tls: 'implicit', hint });

// From the providers' own help pages.
const providers: readonly (readonly [domains: string, provider: Provider])[] = [
  ['gmail.com googlemail.com', implicit('imap.gmail.com', 'app-password')],
  ['icloud.com me.com mac.com', implicit('imap.mail.me.com', 'app-password')],
  ['yahoo.com yahoo.de yahoo.co.uk yahoo.fr ymail.com', implicit('imap.mail.yahoo.com', 'app-password')],
  ['aol.com', implicit('imap.aol.com', 'app-password')],
  ['fastmail.com fastmail.fm', implicit('imap.fastmail.com', 'app-password')],
  ['outlook.com outlook.de hotmail.com hotmail.de live.com live.de msn.com', implicit('outlook.office365.com', 'browser-only')],
  ['proton.me protonmail.com pm.me', { host: '127.0.0.1', port: 1143, tls: 'starttls', hint: 'bridge' }],
  ['gmx.de gmx.net gmx.at gmx.ch', implicit('imap.gmx.net')],
  ['gmx.com', implicit('imap.gmx.com')],
  ['web.de', implicit('imap.web.de')],
  ['t-online.de magenta.de', implicit('secureimap.t-online.de')],
  ['freenet.de', implicit('mx.freenet.de')],
  ['posteo.de posteo.net', implicit('posteo.de')],
  ['mailbox.org', implicit('imap.mailbox.org')],
  ['zoho.com', implicit('imap.zoho.com')],
  ['zoho.eu', implicit('imap.zoho.eu')],
  ['orange.fr', implicit('imap.orange.fr')],
  ['free.fr', implicit('imap.free.fr')],
  ['libero.it', implicit('imapmail.libero.it')],
];

const byDomain = new Map(
  providers.flatMap(([domains, provider]) => domains.split(' ').map((domain) => [domain, provider] as const)),
);

export const domainOf = (address: string): string =>
  address
    .slice(address.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase();

export const isAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());

/** A known provider's server; of any other domain the name that most servers have. A guess either way: it can be changed. */
export function providerOf(address: string): Provider {
  const domain = domainOf(address);
  return byDomain.get(domain) ?? implicit(`imap.${domain}`);
}
